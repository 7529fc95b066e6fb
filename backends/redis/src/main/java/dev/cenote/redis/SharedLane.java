package dev.cenote.redis;

import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The connections that many callers share, beside the pool's own.
 *
 * <p>It only ever adds: where none of its connections can take an operation at once (none is there yet, the server has
 * been silent, too much is under way), the operation gets a lease as if there were no lane. So all waiting, time-outs,
 * backoff and reports are the engine's, and the lane has no queue and no timer of its own to connect by: it opens what it
 * lacks when an operation on a lease has just shown that the server serves.
 *
 * <p>A connection that has brought nothing for as long as the pool validates after, with or without operations under way,
 * must answer a PING before it takes more; one that does not is given up, and what runs on it fails.
 */
final class SharedLane implements PoolListener {
    /** After a connect that failed, the lane leaves the server to the pool for so long. */
    private static final long BACKOFF_NANOS = Duration.ofMillis(200).toNanos();

    private final PoolEngine<RedisConnection> engine;
    private final RedisConnector connector;
    private final TimeSource clock;
    private final RandomGenerator random;
    private final int maxInFlight;
    private final long provenForNanos;
    private final AtomicReferenceArray<@Nullable SharedRail> rails;
    private final AtomicBoolean[] connecting;
    /** All that are not closed yet, those that take nothing new included. */
    private final List<SharedRail> open = new CopyOnWriteArrayList<>();

    private final LongAdder executed = new LongAdder();
    private volatile boolean complete;
    private volatile boolean ended;
    private volatile long notBeforeNanos;

    SharedLane(PoolEngine<RedisConnection> engine, RedisConnector connector, PoolRuntime runtime, LaneOptions options) {
        PoolOptions pool = engine.options();
        this.engine = engine;
        this.connector = connector;
        this.clock = runtime.clock();
        this.random = runtime.random();
        this.maxInFlight = options.maxInFlight();
        this.provenForNanos = pool.validateAfterIdle().toNanos();
        this.rails = new AtomicReferenceArray<>(options.connections());
        this.connecting = new AtomicBoolean[options.connections()];
        for (int i = 0; i < connecting.length; i++) {
            connecting[i] = new AtomicBoolean();
        }
        this.notBeforeNanos = clock.nanoTime();
        engine.addListener(this);
    }

    // ---- taking part

    /** A connection that takes one more operation now, entered: to be left when the operation has ended. Null if none does. */
    @Nullable
    SharedRail enter() {
        if (!engine.isServing()) {
            return null;
        }
        long now = clock.nanoTime();
        int count = rails.length();
        int first = count == 1 ? 0 : Math.floorMod(Thread.currentThread().hashCode(), count);
        for (int i = 0; i < count; i++) {
            int at = first + i < count ? first + i : first + i - count;
            SharedRail rail = rails.get(at);
            if (rail == null) {
                continue;
            }
            if (!rail.isOpen()) {
                giveUp(rail);
            } else if (!rail.isProven(now, provenForNanos)) {
                prove(rail);
            } else if (rail.enter(maxInFlight)) {
                executed.increment();
                return rail;
            }
        }
        return null;
    }

    /** An operation on a lease has succeeded: whatever the lane lacks can be opened now. Costs nothing if it lacks nothing. */
    void serverHasAnswered() {
        if (complete || notBeforeNanos - clock.nanoTime() > 0) {
            return;
        }
        for (int i = 0; i < rails.length(); i++) {
            if (rails.get(i) == null) {
                connect(i, null);
            }
        }
    }

    /** An operation has failed: whether the server is silent, or only this operation was slow, is found out. */
    void hasFailed(SharedRail rail) {
        if (!rail.isOpen()) {
            giveUp(rail);
        } else {
            prove(rail);
        }
    }

    // ---- the life of a connection

    private void connect(int at, @Nullable SharedRail replaced) {
        if (!connecting[at].compareAndSet(false, true)) {
            return;
        }
        engine.workers().execute(() -> {
            try {
                open(at, replaced);
            } catch (Exception | Error failed) {
                // The pool's own connects tell of a server that is down; here it is enough to try later.
                notBeforeNanos = clock.nanoTime() + BACKOFF_NANOS;
                System.getLogger(SharedLane.class.getName())
                        .log(
                                System.Logger.Level.DEBUG,
                                "connecting for the shared lane of pool " + engine.name(),
                                failed);
            } finally {
                connecting[at].set(false);
            }
        });
    }

    private void open(int at, @Nullable SharedRail replaced) throws Exception {
        long generation = engine.generation();
        connector.retain();
        SharedRail rail;
        try {
            RedisConnection connection =
                    connector.open(Deadline.after(engine.timeouts().connect(), clock));
            TrackedClient.share(connection.driver());
            rail = new SharedRail(engine.share(connection, generation), clock, this::close);
        } catch (Throwable failure) {
            connector.release();
            throw failure;
        }
        synchronized (rails) {
            open.add(rail);
            rails.set(at, rail);
            complete = isComplete();
            if (ended || !engine.isServing() || engine.generation() != generation) { // it came too late to be seen
                retire(rail, false);
            }
        }
        if (replaced != null) {
            retire(replaced, false);
        }
        engine.options().maxLifetime().ifPresent(lifetime -> {
            var shortened = Duration.ofNanos(
                    (long) (lifetime.toNanos() * (1 - engine.options().lifetimeJitter() * random.nextDouble())));
            engine.schedule(() -> replace(at, rail), shortened);
        });
    }

    private void replace(int at, SharedRail expired) {
        if (!ended && rails.get(at) == expired) {
            connect(at, expired);
        }
    }

    private boolean isComplete() {
        for (int i = 0; i < rails.length(); i++) {
            if (rails.get(i) == null) {
                return false;
            }
        }
        return true;
    }

    /** Lets nothing new begin on it; it is closed when the last operation has ended, or at once. */
    private void retire(SharedRail rail, boolean atOnce) {
        synchronized (rails) {
            for (int i = 0; i < rails.length(); i++) {
                if (rails.compareAndSet(i, rail, null)) {
                    complete = false;
                }
            }
        }
        rail.retire();
        if (atOnce) {
            connector.abort(rail.connection());
        }
    }

    private void giveUp(SharedRail rail) {
        retire(rail, true);
    }

    /** Nobody uses it any more. */
    private void close(SharedRail rail) {
        engine.workers().execute(() -> {
            try {
                connector.close(rail.connection());
            } finally {
                open.remove(rail);
                connector.release();
            }
        });
    }

    /** Asks the server for a sign of life through it, once at a time. */
    private void prove(SharedRail rail) {
        if (!rail.beginProof()) {
            return;
        }
        var answer = rail.connection().commands().ping();
        var timer = engine.schedule(
                () -> {
                    if (!answer.toCompletableFuture().isDone()) {
                        engine.workers().execute(() -> giveUp(rail));
                    }
                },
                engine.timeouts().validate());
        var unused = answer.whenComplete((pong, failure) -> {
            timer.cancel(false);
            rail.endProof(failure == null || RedisClassifier.isAnswer(failure));
            if (!rail.isOpen()) {
                giveUp(rail);
            }
        });
    }

    // ---- the life of the pool

    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.PoolCleared) {
            retireAll(false);
        } else if (event instanceof PoolEvent.PoolClosed) {
            end();
        }
    }

    @Override
    public boolean wantsAcquires() {
        return false;
    }

    /** Before the caller of {@code clear} goes on, nothing is sent on an older connection any more. */
    @Override
    public boolean isDirect() {
        return true;
    }

    void retireAll(boolean atOnce) {
        for (SharedRail rail : open) {
            retire(rail, atOnce);
        }
    }

    /** Takes no more operations. What is under way goes on. */
    void end() {
        synchronized (rails) {
            ended = true;
        }
        retireAll(false);
    }

    /** After {@link #end}: waits for what is under way, and aborts what still is by the deadline. True if nothing was. */
    boolean awaitEnd(Deadline deadline) throws InterruptedException {
        CompletableFuture<?>[] ends = open.stream().map(SharedRail::whenUnused).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException late) {
            return false;
        } finally {
            retireAll(true);
        }
    }

    SharedLaneStats stats() {
        int inFlight = 0;
        int connections = 0;
        for (SharedRail rail : open) {
            connections++;
            inFlight += rail.inFlight();
        }
        return new SharedLaneStats(rails.length(), connections, inFlight, executed.sum());
    }
}
