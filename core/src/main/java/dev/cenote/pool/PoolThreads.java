package dev.cenote.pool;

import dev.cenote.protocols.PoolRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The threads of one pool: those it was given, and those it made and will end. All of its own are daemons. */
final class PoolThreads implements Executor {
    private final ScheduledExecutorService scheduler;
    private final Executor workers;
    private final boolean ownsScheduler;
    private final boolean ownsWorkers;

    PoolThreads(String pool, PoolRuntime runtime) {
        ownsScheduler = runtime.scheduler().isEmpty();
        ownsWorkers = runtime.workers().isEmpty();
        scheduler = runtime.scheduler().orElseGet(() -> newScheduler(pool));
        workers = runtime.workers().orElseGet(() -> newWorkers(pool));
    }

    private static ScheduledExecutorService newScheduler(String pool) {
        var scheduler = new ScheduledThreadPoolExecutor(1, daemons("cenote-" + pool + "-keeper"));
        // Most timers are cancelled; without this they would stay in the queue until they are due.
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private static Executor newWorkers(String pool) {
        // Unbounded, but never more than there are slots and leases: each slot has one task at a time.
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("cenote-" + pool + "-worker"));
    }

    private static ThreadFactory daemons(String prefix) {
        var count = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, prefix + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Runs the task on a worker; on this thread where the workers refuse or no thread can be made, so that nothing is lost.
     */
    @Override
    public void execute(Runnable task) {
        var once = new AtomicReference<@Nullable Runnable>(task);
        try {
            workers.execute(() -> runOnce(once));
        } catch (RuntimeException | OutOfMemoryError refused) {
            runOnce(once); // unless it was run, and this is what it threw
        }
    }

    private static void runOnce(AtomicReference<@Nullable Runnable> once) {
        Runnable task = once.getAndSet(null);
        if (task != null) {
            task.run();
        }
    }

    /** Runs the task, which must not block, after a delay. Where the scheduler has been shut down, never. */
    Future<?> schedule(Runnable task, long delayNanos) {
        try {
            return scheduler.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException refused) {
            return CompletableFuture.completedFuture(null);
        }
    }

    Future<?> scheduleRepeatedly(Runnable task, long intervalNanos) {
        return scheduler.scheduleWithFixedDelay(task, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
    }

    /** Ends the threads that are the pool's own, after what they have begun. */
    void shutdown() {
        if (ownsScheduler) {
            scheduler.shutdownNow();
        }
        if (ownsWorkers && workers instanceof ExecutorService service) {
            service.shutdown();
        }
    }
}
