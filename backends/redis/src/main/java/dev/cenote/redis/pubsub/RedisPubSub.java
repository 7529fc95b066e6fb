package dev.cenote.redis.pubsub;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publish and subscribe of a pool, on a connection of its own beside all others, which is opened with the first
 * subscription and closed with the last. Thread-safe.
 *
 * <pre>{@code
 * Subscription news = pool.pubSub().subscribe(message -> show(message.payload()), Topic.channel("news"));
 * }</pre>
 *
 * <p><b>Loss.</b> Redis keeps no message for who is not there. When the connection is lost, or has not answered a PING in
 * time, another is opened, with backoff, and subscribed to the same topics; then every subscriber is told the {@link
 * PubSubSignal.Gap} in which messages may have been missed. Nothing is missed outside of gaps, nothing comes twice, and
 * messages of one channel come in the order in which the server took them.
 *
 * <p><b>Slow subscribers.</b> Each has a buffer and a thread while it is being told something, so that it holds up nobody
 * else. What becomes of messages that its buffer has no room for it says itself: {@link OverflowPolicy}.
 *
 * <p>How it works: one lock orders what happens to the connection and to the subscriptions. Whatever an older connection
 * still brings is ignored once the lock has seen it replaced, so that no message can come after the gap it lies in.
 */
public final class RedisPubSub {
    private static final Verdict NOT_EXECUTED = new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED);

    private final PoolEngine<?> engine;
    private final PubSubConnector connector;
    private final TimeSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Topic, Audience> audiences = new HashMap<>();
    private final Set<Subscriber<?>> subscribers = new HashSet<>();
    private final LinkKeeper keeper;
    /** What the thread that has the lock does after it. */
    private List<Runnable> due = new ArrayList<>(0);

    private boolean ended;
    private long messages;
    private long gaps;
    private long droppedByGone;

    /** Only a pool makes one. {@code heartbeat} is how often the connection must answer a PING. */
    public RedisPubSub(PoolEngine<?> engine, PubSubConnector connector, PoolRuntime runtime, Duration heartbeat) {
        this.engine = engine;
        this.connector = connector;
        this.clock = runtime.clock();
        this.keeper = new LinkKeeper(engine, connector, runtime, heartbeat, new Owner(), new Ear());
        engine.addListener(new Life());
    }

    // ---- subscribing

    /** As {@link #subscribe(SubscriptionOptions, PubSubListener, Topic...)}, with {@link SubscriptionOptions#text()}. */
    public Subscription subscribe(PubSubListener<String> listener, Topic... topics) {
        return subscribe(SubscriptionOptions.text(), listener, topics);
    }

    /**
     * Has {@code listener} told the messages of {@code topics}, and blocks until the server has confirmed all of them, but
     * no longer than the operation time-out or the deadline of the current thread. Messages may come before this returns.
     *
     * @throws OperationTimeoutException if it was not confirmed in time; nothing stays subscribed then
     * @throws OperationFailedException if the server refuses, or the thread is interrupted, whose flag then stays set
     * @throws PoolPausedException if the pool is paused
     * @throws PoolClosedException if the pool is closed
     * @throws dev.cenote.protocols.errors.ConfigurationException if there is no topic
     * @throws IllegalStateException if the current thread is one of the driver's
     */
    public <V> Subscription subscribe(SubscriptionOptions<V> options, PubSubListener<V> listener, Topic... topics) {
        connector.admitBlocking("subscribe");
        CompletableFuture<Subscription> joining = subscribeAsync(options, listener, topics);
        try {
            return joining.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new CompletionException(failed.getCause());
        } catch (InterruptedException interrupted) {
            joining.cancel(false);
            Thread.currentThread().interrupt();
            throw new OperationFailedException("subscribe " + List.of(topics), NOT_EXECUTED, interrupted);
        }
    }

    /**
     * As {@link #subscribe(SubscriptionOptions, PubSubListener, Topic...)}, without blocking. Cancelling the future ends
     * what was begun.
     */
    public <V> CompletableFuture<Subscription> subscribeAsync(
            SubscriptionOptions<V> options, PubSubListener<V> listener, Topic... topics) {
        var subscriber = new Subscriber<>(
                wanted(topics), options, Sink.of(listener), Subscriber.UNBOUNDED, engine.workers(), this::remove);
        subscriber.release();
        return join(subscriber);
    }

    /**
     * A publisher of the signals of {@code topics}. Each of its subscribers is a subscription of its own, with a buffer of
     * its own for what it has not requested yet; {@code onSubscribe} is called when the server has confirmed. It completes
     * when the pool is closed.
     */
    public <V> Flow.Publisher<PubSubSignal<V>> publisher(SubscriptionOptions<V> options, Topic... topics) {
        Set<Topic> wanted = wanted(topics);
        return flow -> new FlowSink<V>(flow).begin(sink -> {
            var subscriber = new Subscriber<>(wanted, options, sink, 0, engine.workers(), this::remove);
            return new FlowSink.Begun<>(subscriber, join(subscriber));
        });
    }

    private static Set<Topic> wanted(Topic... topics) {
        Check.atLeast("topics.size", 1, topics.length);
        return Set.copyOf(new LinkedHashSet<>(List.of(topics)));
    }

    private <V> CompletableFuture<Subscription> join(Subscriber<V> subscriber) {
        var joining = new Joining<>(subscriber);
        CompletableFuture<Subscription> joined = joining.joined();
        Deadline deadline =
                Deadline.current().earlier(Deadline.after(engine.timeouts().operation(), clock));
        locked(after -> {
            PoolException refused = refusal();
            if (refused != null) {
                after.add(() -> joined.completeExceptionally(refused));
                return;
            }
            subscribers.add(subscriber);
            for (Topic topic : subscriber.topics()) {
                Audience there = audiences.get(topic);
                Audience audience = there == null ? new Audience(topic) : there;
                audience.add(joining); // before the server is asked: it may have refused when ask returns
                if (there == null) {
                    audiences.put(topic, audience);
                    ask(audience);
                }
            }
            settle(joining, after);
            keeper.connectIfWanted();
        });
        Future<?> timer = engine.schedule(() -> timeOut(joining, deadline), deadline.remaining());
        joined.whenComplete((subscription, failure) -> {
            timer.cancel(false);
            if (failure != null) {
                subscriber.close();
            }
        });
        return joined;
    }

    private @Nullable PoolException refusal() {
        if (ended) {
            return new PoolClosedException(engine.name(), "is closed");
        }
        return engine.isServing() ? null : new PoolPausedException(engine.name(), "is paused or drains");
    }

    private void timeOut(Joining<?> joining, Deadline deadline) {
        Throwable cause;
        lock.lock();
        try {
            Throwable known = keeper.lastFailure();
            cause = known != null ? known : new TimeoutException("the server had not confirmed it");
        } finally {
            lock.unlock();
        }
        joining.joined()
                .completeExceptionally(new OperationTimeoutException(
                        "subscribe " + joining.subscriber().topics(), NOT_EXECUTED, deadline.elapsed(), cause));
    }

    private void settle(Joining<?> joining, List<Runnable> after) {
        if (joining.isComplete()) {
            after.add(() -> joining.joined().complete(joining.subscriber()));
        }
    }

    /** A subscriber leaves; the last one of a topic takes the subscription with it, the last of all the connection. */
    private void remove(Subscriber<?> subscriber) {
        locked(after -> {
            if (!subscribers.remove(subscriber)) {
                return;
            }
            droppedByGone += subscriber.dropped();
            for (Topic topic : subscriber.topics()) {
                Audience audience = audiences.get(topic);
                if (audience == null) {
                    continue;
                }
                audience.remove(subscriber);
                if (audience.isEmpty()) {
                    audiences.remove(topic);
                    Link link = keeper.link();
                    if (link != null) {
                        link.unsubscribe(topic);
                    }
                }
            }
            if (audiences.isEmpty()) {
                keeper.drop();
            }
        });
    }

    // ---- the connection

    private final class Owner implements LinkKeeper.Owner {
        @Override
        public void locked(Consumer<List<Runnable>> change) {
            RedisPubSub.this.locked(change);
        }

        @Override
        public boolean isWanted() {
            return !audiences.isEmpty() && refusal() == null;
        }

        @Override
        public void opened(Link link) {
            audiences.values().forEach(RedisPubSub.this::ask);
        }

        @Override
        public void dropped(Link link) {
            if (!audiences.isEmpty()) {
                gaps++;
            }
            audiences.values().forEach(audience -> audience.lose(link.provenUntil));
        }
    }

    private void ask(Audience audience) {
        Link asked = keeper.link();
        if (asked == null) {
            return;
        }
        audience.asked(clock.now());
        asked.subscribe(audience.topic).whenComplete((nothing, failure) -> {
            if (failure instanceof RedisCommandExecutionException refused) {
                refuse(asked, audience, refused);
            }
        });
    }

    private void refuse(Link by, Audience audience, RedisCommandExecutionException refused) {
        locked(after -> {
            by.isAnsweredLast(audience.topic); // else the reply to a later one would be taken for this one's
            if (keeper.link() != by || audiences.get(audience.topic) != audience) {
                return;
            }
            var error = new OperationFailedException(
                    "subscribe " + audience.topic, engine.classify(refused, Phase.EXECUTE), refused);
            audience.waiting()
                    .forEach(joining -> after.add(() -> joining.joined().completeExceptionally(error)));
            for (Subscriber<?> subscriber : audience.hearing()) {
                after.add(() -> subscriber.fail(error));
            }
        });
    }

    private final class Ear implements Link.Ear {
        @Override
        public void message(Link from, Topic topic, String channel, byte[] payload) {
            List<Subscriber<?>> tooSlow;
            lock.lock();
            try {
                Audience audience = keeper.link() == from ? audiences.get(topic) : null;
                if (audience == null) {
                    return;
                }
                messages++;
                tooSlow = audience.offer(channel, payload);
            } finally {
                lock.unlock();
            }
            tooSlow.forEach(RedisPubSub.this::remove);
        }

        @Override
        public void subscribed(Link from, Topic topic) {
            locked(after -> {
                boolean last = from.isAnsweredLast(topic);
                Audience audience = keeper.link() == from && last ? audiences.get(topic) : null;
                if (audience != null) {
                    List<Joining<?>> waiting = audience.waiting();
                    audience.confirm(clock.now());
                    waiting.forEach(joining -> settle(joining, after));
                }
            });
        }
    }

    // ---- the pool

    private final class Life implements PoolListener {
        @Override
        public void onEvent(PoolEvent event) {
            if (event instanceof PoolEvent.PoolCleared) {
                locked(after -> {
                    if (keeper.link() != null) {
                        keeper.drop();
                        keeper.connectIfWanted();
                    }
                });
            } else if (event instanceof PoolEvent.PoolReady) {
                locked(after -> keeper.connectIfWanted());
            } else if (event instanceof PoolEvent.PoolClosed) {
                end();
            }
        }

        @Override
        public boolean wantsAcquires() {
            return false;
        }

        @Override
        public boolean isDirect() {
            return true;
        }
    }

    private void end() {
        locked(after -> {
            ended = true;
            keeper.drop();
            for (Audience audience : audiences.values()) {
                audience.waiting()
                        .forEach(joining -> after.add(() -> joining.joined()
                                .completeExceptionally(new PoolClosedException(engine.name(), "is closed"))));
            }
            for (Subscriber<?> subscriber : subscribers) {
                after.add(() -> subscriber.end(Optional.empty()));
            }
            audiences.clear();
            subscribers.clear();
        });
    }

    /** What it does at this moment. Does not block for longer than a message takes to be buffered. */
    public PubSubStats stats() {
        lock.lock();
        try {
            long dropped = droppedByGone;
            for (Subscriber<?> subscriber : subscribers) {
                dropped += subscriber.dropped();
            }
            return new PubSubStats(
                    keeper.link() != null, subscribers.size(), audiences.size(), messages, gaps, dropped);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs {@code change} under the lock, and what it leaves to be done after it: after the outermost if this is within
     * another. Who waits for a reply that is there already is called at once, in the midst of the change that asked for it.
     */
    private void locked(Consumer<List<Runnable>> change) {
        if (lock.isHeldByCurrentThread()) {
            change.accept(due);
            return;
        }
        var after = new ArrayList<Runnable>(0);
        lock.lock();
        try {
            due = after;
            change.accept(after);
        } finally {
            lock.unlock();
        }
        after.forEach(Runnable::run);
    }
}
