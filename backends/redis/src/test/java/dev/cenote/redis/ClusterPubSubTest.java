package dev.cenote.redis;

import static dev.cenote.redis.ClusterFixture.another;
import static dev.cenote.redis.ClusterFixture.assertAtRest;
import static dev.cenote.redis.ClusterFixture.builder;
import static dev.cenote.redis.ClusterFixture.owner;
import static dev.cenote.redis.RedisOperations.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.redis.pubsub.PubSubListener;
import dev.cenote.redis.pubsub.PubSubSignal.Gap;
import dev.cenote.redis.pubsub.PubSubSignal.Message;
import dev.cenote.redis.pubsub.Subscription;
import dev.cenote.redis.pubsub.SubscriptionOptions;
import dev.cenote.redis.pubsub.Topic;
import dev.cenote.testkit.servers.RedisCluster;
import dev.cenote.testkit.servers.TestServer;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Publish and subscribe in a cluster: what is heard from anywhere, and what lives on the node of its slot. */
@Tag("oldest-lettuce")
class ClusterPubSubTest {
    private static RedisCluster cluster;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private RedisClusterPool pool;

    @BeforeAll
    static void startCluster() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void open() {
        pool = builder(cluster).build();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static RedisOperation<Long> spublish(String channel, String message) {
        return RedisOperations.text().spublish(channel, message);
    }

    private final PubSubListener<String> ear = new PubSubListener<>() {
        @Override
        public void onMessage(Message<String> message) {
            heard.add(message.payload());
        }

        @Override
        public void onGap(Gap<String> gap) {
            heard.add("gap");
        }
    };

    @Test
    void aChannelIsHeardFromWhateverNodeItIsPublishedOn() {
        try (Subscription all = pool.pubSub().subscribe(ear, Topic.channel("news"), Topic.pattern("sport.*"))) {
            pool.executeOnAll(publish("news", "n"));
            pool.executeOnAll(publish("sport.chess", "s"));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("n", "n", "n", "s", "s", "s"));
            assertThat(pool.pubSub().stats().connected()).isTrue();
            assertThat(pool.pubSub().stats().topics()).isEqualTo(2);
        }
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(pool.pubSub().stats().connected()).isFalse());
        assertAtRest(pool);
    }

    @Test
    void aShardedChannelIsHeardOnTheNodeOfItsSlot() {
        for (String channel : List.of("a", "b", "c", "d")) {
            pool.pubSub().subscribe(ear, Topic.shard(channel));
            assertThat(pool.execute(spublish(channel, channel))).isEqualTo(1);
        }
        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("a", "b", "c", "d"));
        assertThat(pool.pubSub().stats().subscriptions()).isEqualTo(4);
    }

    @Test
    void aShardedSubscriptionFollowsItsSlotAndTellsTheGap() {
        String channel = "travelling";
        int slot = SlotHash.getSlot(channel);
        TestServer from = owner(cluster, slot);
        TestServer to = another(cluster, from);
        pool.pubSub().subscribe(SubscriptionOptions.text(), ear, Topic.shard(channel));
        assertThat(pool.execute(spublish(channel, "before"))).isEqualTo(1);
        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("before"));
        cluster.moveSlot(slot, from, to);
        Awaitility.await("it is subscribed where the slot is")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(CenoteException.class)
                .until(() -> pool.execute(spublish(channel, "after")) == 1);
        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("before", "gap", "after"));
        cluster.moveSlot(slot, to, from);
    }

    @Test
    void aSubscriptionIsOfOneSlotOrOfNone() {
        assertThatThrownBy(() -> pool.pubSub().subscribe(ear, Topic.shard("a"), Topic.shard("b")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("of slots [" + SlotHash.getSlot("a") + ", " + SlotHash.getSlot("b") + "]");
        assertThatThrownBy(() -> pool.pubSub().subscribe(ear, Topic.shard("a"), Topic.channel("b")))
                .isInstanceOf(ConfigurationException.class);
        pool.pubSub().subscribe(ear, Topic.shard("{a}1"), Topic.shard("{a}2"));
        assertThat(pool.execute(spublish("{a}2", "both"))).isEqualTo(1);
        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("both"));
    }
}
