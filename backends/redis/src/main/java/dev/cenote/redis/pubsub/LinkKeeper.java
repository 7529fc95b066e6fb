package dev.cenote.redis.pubsub;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.TimeSource;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection open as long as its owner wants it: opens it, with backoff after failures, asks it for signs of
 * life, and gives it up where there are none. Its state by the lock of its owner, which callers hold.
 */
final class LinkKeeper {
    /** Whom the connection is for. All but {@link #locked} are called under the lock. */
    interface Owner {
        /** Runs {@code change} under the lock, and what it leaves to be done after it. */
        void locked(Consumer<List<Runnable>> change);

        boolean isWanted();

        /** It can be used from now on. */
        void opened(Link link);

        /** Nothing that it still brings counts from now on. */
        void dropped(Link link);
    }

    private final PoolEngine<?> engine;
    private final PubSubConnector connector;
    private final TimeSource clock;
    private final RandomGenerator random;
    private final Duration heartbeat;
    private final Owner owner;
    private final Link.Ear ear;

    /** Written under the lock. */
    private volatile @Nullable Link link;

    private boolean connecting;
    private int failuresInARow;
    private @Nullable Throwable lastFailure;

    LinkKeeper(
            PoolEngine<?> engine,
            PubSubConnector connector,
            PoolRuntime runtime,
            Duration heartbeat,
            Owner owner,
            Link.Ear ear) {
        this.engine = engine;
        this.connector = connector;
        this.clock = runtime.clock();
        this.random = runtime.random();
        this.heartbeat = heartbeat;
        this.owner = owner;
        this.ear = ear;
    }

    /** The connection, if it is there. */
    @Nullable
    Link link() {
        return link;
    }

    /** Why it is not there, where that is known. */
    @Nullable
    Throwable lastFailure() {
        return link == null ? lastFailure : null;
    }

    void connectIfWanted() {
        if (link == null && !connecting && owner.isWanted()) {
            connecting = true;
            engine.workers().execute(this::connect);
        }
    }

    /** Listens to it no more. */
    void drop() {
        Link dropped = link;
        if (dropped != null) {
            link = null;
            owner.dropped(dropped);
            connector.close(dropped.connection);
        }
    }

    private void connect() {
        try {
            var connection = connector.open(Deadline.after(engine.timeouts().connect(), clock));
            var made = new Link(connection, clock.now());
            made.listen(ear);
            owner.locked(after -> {
                connecting = false;
                failuresInARow = 0;
                lastFailure = null;
                if (owner.isWanted()) {
                    link = made;
                    owner.opened(made);
                } else {
                    after.add(() -> connector.close(connection));
                }
            });
            connection.addListener(new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> gone) {
                    lose(made, null);
                }
            });
            if (!connection.isOpen()) {
                lose(made, null);
            }
            beat(made);
        } catch (Throwable failure) { // whatever it is: somebody waits for the next attempt
            owner.locked(after -> {
                connecting = false;
                lastFailure = failure;
                Duration pause = backoff();
                after.add(() -> engine.schedule(() -> owner.locked(later -> connectIfWanted()), pause));
            });
        }
    }

    private Duration backoff() {
        Duration base = engine.options().connectBackoffBase();
        Duration cap = engine.options().connectBackoffCap();
        Duration most = base.multipliedBy(1L << Math.min(failuresInARow++, 16));
        long nanos = (most.compareTo(cap) < 0 ? most : cap).toNanos();
        return Duration.ofNanos(nanos / 2 + (long) (nanos / 2.0 * random.nextDouble()));
    }

    /** Sends a PING. Once it is answered, all has arrived that was published before it was sent. */
    private void beat(Link beating) {
        if (link != beating) {
            return;
        }
        Instant sent = clock.now();
        CompletableFuture<?> answer = beating.ping().toCompletableFuture();
        Future<?> timer = engine.schedule(
                () -> {
                    if (!answer.isDone()) {
                        lose(beating, new TimeoutException("a PING was not answered"));
                    }
                },
                engine.timeouts().validate());
        answer.whenComplete((pong, failure) -> {
            timer.cancel(false);
            if (failure == null || failure instanceof RedisCommandExecutionException) {
                owner.locked(after -> beating.provenUntil = sent);
                engine.schedule(() -> beat(beating), heartbeat);
            } else {
                lose(beating, failure);
            }
        });
    }

    private void lose(Link lost, @Nullable Throwable why) {
        owner.locked(after -> {
            if (link == lost) {
                drop();
                lastFailure = why;
                connectIfWanted();
            }
        });
    }
}
