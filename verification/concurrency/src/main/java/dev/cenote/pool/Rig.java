package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A whole engine without threads of its own: what it hands to a worker runs at once on the calling thread, its timers never
 * fall due, its clock is turned by the test. Cheap enough to be made for each try.
 */
final class Rig implements Connector<Rig.Plain>, TimeSource {
    /** A connection that knows how often it was closed. */
    static final class Plain implements Connection {
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(this);
        }
    }

    private static final NoTimers TIMERS = new NoTimers();

    final PoolEngine<Plain> engine;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger closedTwice = new AtomicInteger();
    private volatile long nanos;

    Rig(int size) {
        this(size, List.of());
    }

    /** One that measures uses, as pools do whose figures somebody wants. */
    static Rig withUseTimes(int size) {
        return new Rig(size, List.of(new PoolListener() {
            @Override
            public void onEvent(PoolEvent event) {}

            @Override
            public boolean wantsAcquires() {
                return false;
            }

            @Override
            public boolean wantsUseTimes() {
                return true;
            }
        }));
    }

    private Rig(int size, List<PoolListener> listeners) {
        engine = new PoolEngine<>(
                PoolOptions.builder().name("rig").maxSize(size).build(),
                this,
                (error, phase) -> new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN),
                PoolRuntime.system().withClock(this).withScheduler(TIMERS).withWorkers(Runnable::run),
                listeners);
    }

    /** Connections open now. */
    int open() {
        return open.get();
    }

    /** Most connections that were open at once. */
    int mostOpen() {
        return mostOpen.get();
    }

    /** Makes all deadlines pass. */
    void endTime() {
        nanos = Long.MAX_VALUE / 4;
    }

    /**
     * What is true of an engine at rest, whatever was done to it: nobody holds or waits, nothing was closed twice, and as
     * many are open as it counts. Says what is wrong, or "sound".
     */
    String verdict() {
        var stats = engine.stats();
        if (stats.waiters() != 0) {
            return "a waiter is left";
        } else if (stats.leased() != 0) {
            return "a slot is lost";
        } else if (stats.acquired() != stats.released()) {
            return "acquired and released differ";
        } else if (closedTwice.get() != 0) {
            return "closed twice";
        } else if (stats.size() != open()) {
            return "counts " + stats.size() + " but " + open() + " are open";
        }
        return "sound";
    }

    /** Ends the lease if there is one; true if there was. */
    static boolean end(CompletableFuture<Lease<Plain>> acquired) {
        if (acquired.isDone() && !acquired.isCompletedExceptionally()) {
            acquired.join().close();
            return true;
        }
        return false;
    }

    @Override
    public Plain open(Deadline deadline) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return new Plain();
    }

    @Override
    public void validate(Plain connection, Deadline deadline) {}

    @Override
    public boolean needsReset(Plain connection) {
        return false;
    }

    @Override
    public void reset(Plain connection, Deadline deadline) {}

    @Override
    public void close(Plain connection) {
        if (connection.closed.getAndIncrement() == 0) {
            open.decrementAndGet();
        } else {
            closedTwice.incrementAndGet();
        }
    }

    @Override
    public void abort(Plain connection) {}

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }
}
