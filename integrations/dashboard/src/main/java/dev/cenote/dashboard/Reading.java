package dev.cenote.dashboard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Closes connections whose request takes too long to come. The JDK's server reads a request on a worker, for as long as it
 * takes, and its time-outs are properties of the whole JVM; an interrupt closes the channel on which the worker is blocked.
 * Thread-safe.
 */
final class Reading {
    private final LongSupplier nanoTime;
    private final long limitNanos;
    private final long crowdedLimitNanos;
    private final Map<Thread, Long> since = new ConcurrentHashMap<>();

    /**
     * @param limitNanos how long a request may take
     * @param crowdedLimitNanos the same, while others wait for a worker
     */
    Reading(LongSupplier nanoTime, long limitNanos, long crowdedLimitNanos) {
        this.nanoTime = nanoTime;
        this.limitNanos = limitNanos;
        this.crowdedLimitNanos = crowdedLimitNanos;
    }

    /** That task, watched while it runs. */
    Runnable watch(Runnable task) {
        return () -> {
            Thread worker = Thread.currentThread();
            since.put(worker, nanoTime.getAsLong());
            try {
                task.run();
            } finally {
                end(worker);
            }
        };
    }

    /** Runs what may take its time and is not to be interrupted; what comes after it is watched anew. */
    <E extends Exception> void unwatched(Step<E> step) throws E {
        Thread worker = Thread.currentThread();
        since.remove(worker);
        try {
            step.run();
        } finally {
            since.put(worker, nanoTime.getAsLong());
        }
    }

    /** Once it is gone from the map nobody interrupts it: {@link #closeLate} does so while it holds the entry. */
    private void end(Thread worker) {
        since.remove(worker);
        Thread.interrupted(); // was for this request
    }

    /** Interrupts those that take too long. */
    void closeLate(boolean crowded) {
        long limit = crowded ? crowdedLimitNanos : limitNanos;
        long now = nanoTime.getAsLong();
        for (Thread worker : since.keySet()) {
            since.computeIfPresent(worker, (reader, began) -> {
                if (now - began > limit) {
                    reader.interrupt();
                }
                return began;
            });
        }
    }

    /**
     * Something to do.
     *
     * @param <E> what it may throw
     */
    interface Step<E extends Exception> {
        void run() throws E;
    }
}
