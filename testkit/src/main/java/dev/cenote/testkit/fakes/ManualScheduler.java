package dev.cenote.testkit.fakes;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose time is a {@link ManualClock}: {@link #advance} turns the clock and runs what falls due, in order, on
 * the calling thread. Thread-safe.
 */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final ManualClock clock;
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>(
            Comparator.<Task<?>>comparingLong(task -> task.dueNanos).thenComparingLong(task -> task.number));
    private long count;
    private boolean shutdown;

    /** A scheduler that turns {@code clock}. */
    public ManualScheduler(ManualClock clock) {
        this.clock = clock;
    }

    /** Turns the clock forward by {@code time}, stopping at each task that falls due to run it. */
    public void advance(Duration time) {
        long endNanos = clock.nanoTime() + time.toNanos();
        for (Task<?> task = next(endNanos); task != null; task = next(endNanos)) {
            clock.advance(Duration.ofNanos(Math.max(0, task.dueNanos - clock.nanoTime())));
            task.runNow();
        }
        clock.advance(Duration.ofNanos(Math.max(0, endNanos - clock.nanoTime())));
    }

    private synchronized @Nullable Task<?> next(long endNanos) {
        tasks.removeIf(Task::isCancelled);
        Task<?> first = tasks.peek();
        return first != null && first.dueNanos <= endNanos ? tasks.poll() : null;
    }

    /** Number of tasks that wait, cancelled ones not counted. */
    public synchronized int pending() {
        tasks.removeIf(Task::isCancelled);
        return tasks.size();
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long periodNanos;
        private final long number;
        private volatile long dueNanos;

        Task(Callable<V> body, long delayNanos, long periodNanos) {
            super(body);
            this.dueNanos = clock.nanoTime() + delayNanos;
            this.periodNanos = periodNanos;
            synchronized (ManualScheduler.this) {
                this.number = count++;
            }
        }

        void runNow() {
            if (periodNanos == 0) {
                run();
            } else if (runAndReset()) {
                dueNanos = clock.nanoTime() + periodNanos;
                add(this);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - clock.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private <V> Task<V> add(Task<V> task) {
        synchronized (this) {
            if (!shutdown) {
                tasks.add(task);
            }
        }
        return task;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(new Task<>(Executors.callable(command), unit.toNanos(delay), 0));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(new Task<>(callable, unit.toNanos(delay), 0));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return add(new Task<>(Executors.callable(command), unit.toNanos(initialDelay), unit.toNanos(period)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return add(new Task<>(Executors.callable(command), unit.toNanos(initialDelay), unit.toNanos(delay)));
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void shutdown() {
        shutdown = true;
        tasks.clear();
    }

    @Override
    public synchronized List<Runnable> shutdownNow() {
        List<Runnable> left = List.copyOf(tasks);
        shutdown();
        return left;
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown();
    }
}
