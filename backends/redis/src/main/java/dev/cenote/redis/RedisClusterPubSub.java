package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.redis.ClusterCall.Surroundings;
import dev.cenote.redis.pubsub.PubSubConnector;
import dev.cenote.redis.pubsub.PubSubListener;
import dev.cenote.redis.pubsub.PubSubSignal;
import dev.cenote.redis.pubsub.PubSubStats;
import dev.cenote.redis.pubsub.RedisPubSub;
import dev.cenote.redis.pubsub.Subscription;
import dev.cenote.redis.pubsub.SubscriptionOptions;
import dev.cenote.redis.pubsub.Topic;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;

/**
 * Publish and subscribe of a cluster. Channels and patterns are heard from any node, since the nodes pass messages on to one
 * another: one connection serves all. A sharded channel lives on the node of its slot, and each slot that is subscribed to
 * has a connection of its own, which follows the slot to another node, with the {@link PubSubSignal.Gap} told. All else is as
 * with {@link RedisPubSub}. Thread-safe.
 */
public final class RedisClusterPubSub {
    private final Surroundings cluster;
    private final RedisConnector connector;
    private final PoolRuntime runtime;
    private final Duration heartbeat;
    private final RedisPubSub anywhere;
    private final Map<Integer, RedisPubSub> bySlot = new ConcurrentHashMap<>();

    RedisClusterPubSub(Surroundings cluster, RedisConnector connector, PoolRuntime runtime, Duration heartbeat) {
        this.cluster = cluster;
        this.connector = connector;
        this.runtime = runtime;
        this.heartbeat = heartbeat;
        this.anywhere = new RedisPubSub(cluster.root(), new Anywhere(), runtime, heartbeat);
    }

    /** As {@link #subscribe(SubscriptionOptions, PubSubListener, Topic...)}, with {@link SubscriptionOptions#text()}. */
    public Subscription subscribe(PubSubListener<String> listener, Topic... topics) {
        return subscribe(SubscriptionOptions.text(), listener, topics);
    }

    /**
     * As {@link RedisPubSub#subscribe(SubscriptionOptions, PubSubListener, Topic...)}.
     *
     * @throws ConfigurationException unless the topics are channels and patterns, or sharded channels of one slot
     */
    public <V> Subscription subscribe(SubscriptionOptions<V> options, PubSubListener<V> listener, Topic... topics) {
        return of(topics).subscribe(options, listener, topics);
    }

    /**
     * As {@link RedisPubSub#subscribeAsync}.
     *
     * @throws ConfigurationException unless the topics are channels and patterns, or sharded channels of one slot
     */
    public <V> CompletableFuture<Subscription> subscribeAsync(
            SubscriptionOptions<V> options, PubSubListener<V> listener, Topic... topics) {
        return of(topics).subscribeAsync(options, listener, topics);
    }

    /**
     * As {@link RedisPubSub#publisher}.
     *
     * @throws ConfigurationException unless the topics are channels and patterns, or sharded channels of one slot
     */
    public <V> Flow.Publisher<PubSubSignal<V>> publisher(SubscriptionOptions<V> options, Topic... topics) {
        return of(topics).publisher(options, topics);
    }

    /** What all its connections do at this moment together; connected if each is that somebody needs. */
    public PubSubStats stats() {
        PubSubStats sum = anywhere.stats();
        boolean connected = sum.topics() == 0 || sum.connected();
        boolean any = sum.connected();
        for (RedisPubSub one : bySlot.values()) {
            PubSubStats more = one.stats();
            connected &= more.topics() == 0 || more.connected();
            any |= more.connected();
            sum = new PubSubStats(
                    false,
                    sum.subscriptions() + more.subscriptions(),
                    sum.topics() + more.topics(),
                    sum.messages() + more.messages(),
                    sum.gaps() + more.gaps(),
                    sum.dropped() + more.dropped());
        }
        return new PubSubStats(
                connected && any, sum.subscriptions(), sum.topics(), sum.messages(), sum.gaps(), sum.dropped());
    }

    private RedisPubSub of(Topic... topics) {
        List<Integer> slots = Arrays.stream(topics)
                .filter(topic -> topic.kind() == Topic.Kind.SHARD)
                .map(topic -> SlotHash.getSlot(topic.name()))
                .distinct()
                .toList();
        if (slots.isEmpty()) {
            return anywhere;
        }
        boolean mixed = Arrays.stream(topics).anyMatch(topic -> topic.kind() != Topic.Kind.SHARD);
        if (mixed || slots.size() > 1) {
            throw new ConfigurationException(
                    "topics of one subscription must be channels and patterns, or sharded channels"
                            + " of one slot, were " + Arrays.toString(topics) + (mixed ? "" : " of slots " + slots));
        }
        return bySlot.computeIfAbsent(
                slots.get(0),
                slot -> new RedisPubSub(cluster.root(), new AtSlot(slot, topics[0].name()), runtime, heartbeat));
    }

    private abstract class Opening implements PubSubConnector {
        @Override
        public void close(StatefulRedisPubSubConnection<String, byte[]> connection) {
            connector.pubSub().close(connection);
        }

        @Override
        public void admitBlocking(String what) {
            IoThread.admitBlocking(what);
        }

        StatefulRedisPubSubConnection<String, byte[]> open(ClusterNode node, Deadline deadline) throws Exception {
            return connector.pubSub(node::address).open(deadline);
        }
    }

    private final class Anywhere extends Opening {
        @Override
        public StatefulRedisPubSubConnection<String, byte[]> open(Deadline deadline) throws Exception {
            cluster.watch().awaitKnown(deadline);
            ClusterNode node = cluster.nodes().any();
            if (node == null) {
                throw new IllegalStateException("pool " + cluster.root().name() + " knows of no node");
            }
            return open(node, deadline);
        }
    }

    private final class AtSlot extends Opening {
        private final int slot;
        /** Some channel of the slot; as a key it is asked for only to see who answers. */
        private final String channel;

        AtSlot(int slot, String channel) {
            this.slot = slot;
            this.channel = channel;
        }

        /** Who has the slot, as the node itself says. */
        private CompletableFuture<ClusterNode> owner(Deadline deadline) {
            var exists = RedisOperations.exists(channel);
            return new ClusterCall<>(cluster, exists, OptionalInt.of(slot), deadline)
                    .start()
                    .handle((answer, failure) -> {
                        ClusterNode owner = cluster.nodes().owner(slot);
                        // A user without the right to read keys is told so by whoever is asked: what is known must do.
                        if (owner == null || failure != null && !RedisClassifier.isAnswer(failure)) {
                            throw new IllegalStateException("nobody is known to have slot " + slot, failure);
                        }
                        return owner;
                    });
        }

        @Override
        public StatefulRedisPubSubConnection<String, byte[]> open(Deadline deadline) throws Exception {
            ClusterNode owner = RedisConnector.await(owner(deadline), deadline, "finding the node of slot " + slot);
            StatefulRedisPubSubConnection<String, byte[]> connection = open(owner, deadline);
            connection.addListener(new RedisPubSubAdapter<>() {
                /** Told when the subscriber leaves, and when the slot does. */
                @Override
                public void sunsubscribed(String shard, long count) {
                    leaveIfMoved(owner, connection);
                }
            });
            return connection;
        }

        private void leaveIfMoved(ClusterNode from, StatefulRedisPubSubConnection<String, byte[]> connection) {
            Deadline deadline = Deadline.after(cluster.root().timeouts().connect(), runtime.clock());
            owner(deadline).whenComplete((owner, failure) -> {
                if (owner != from) {
                    var unused = connection.closeAsync();
                }
            });
        }
    }
}
