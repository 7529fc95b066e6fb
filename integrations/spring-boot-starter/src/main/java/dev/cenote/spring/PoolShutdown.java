package dev.cenote.spring;

import dev.cenote.PoolRegistry;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.springframework.context.SmartLifecycle;

/**
 * The end of the pools, in two steps that share one time.
 *
 * <p>First, in the last phase of the context's lifecycle, when the web server has finished its requests and schedulers,
 * executors and listeners of messages have stopped: waits until nobody holds a connection. The pools still serve, for beans
 * that are destroyed after this may need them: a {@code @PreDestroy} that writes, Hibernate's {@code create-drop}.
 *
 * <p>Then, as the bean of each pool is destroyed, after all beans that depend on it: refuses acquires, waits for what was
 * leased since, closes, and aborts what does not end.
 *
 * <p>Called by the thread that closes the context. The first step waits on a thread of its own, so that whatever else stops in
 * its phase does so meanwhile, and that the time-out of the phase bounds it; the second then has what is left of the time.
 */
final class PoolShutdown implements SmartLifecycle {
    /** Below all that is usual, and above the least, so that an application can still stop something later. */
    static final int PHASE = Integer.MIN_VALUE + 1024;

    private static final Logger LOG = System.getLogger(PoolShutdown.class.getName());
    private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

    private final PoolRegistry registry;
    private final long timeoutNanos;
    private final LongSupplier clock;
    private volatile boolean running;
    private volatile boolean begun;
    private volatile long endNanos;

    PoolShutdown(PoolRegistry registry, Duration timeout) {
        this(registry, timeout, System::nanoTime);
    }

    PoolShutdown(PoolRegistry registry, Duration timeout, LongSupplier clock) {
        this.registry = registry;
        this.timeoutNanos = Check.positive("cenote.shutdown.timeout", timeout).toNanos();
        this.clock = clock;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void start() {
        running = true;
        begun = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A pause of the context, as of a test's that is kept for later, is not its end. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public void stop(Runnable callback) {
        begin();
        running = false;
        var thread = new Thread(
                () -> {
                    try {
                        awaitUnused();
                    } finally {
                        callback.run();
                    }
                },
                "cenote-shutdown");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits on the calling thread; an interrupt ends the wait, and stays set. */
    @Override
    public void stop() {
        begin();
        running = false;
        awaitUnused();
    }

    private void awaitUnused() {
        while (remaining() > 0 && registry.all().values().stream().anyMatch(PoolShutdown::isUsed)) {
            LockSupport.parkNanos(this, Math.min(STEP_NANOS, remaining()));
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
    }

    private static boolean isUsed(Pool<?> pool) {
        PoolStats stats = pool.stats();
        return stats.state() != PoolState.CLOSED && stats.leased() + stats.waiters() > 0;
    }

    private void begin() {
        if (!begun) {
            endNanos = clock.getAsLong() + timeoutNanos;
            begun = true;
        }
    }

    private long remaining() {
        return endNanos - clock.getAsLong();
    }

    /** Ends a pool, whose bean is being destroyed: with the application, or before it, which then is not the end of the others. */
    void end(Pool<?> pool) {
        if (!running) {
            begin();
        }
        registry.unregister(pool);
        long leftNanos = running ? timeoutNanos : remaining();
        if (!pool.drain(Duration.ofNanos(Math.max(1, leftNanos)))) {
            LOG.log(
                    Level.WARNING,
                    "pool {0} was closed while connections were in use; what ran on them was aborted",
                    pool.name());
        }
    }
}
