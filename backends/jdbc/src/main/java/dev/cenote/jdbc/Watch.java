package dev.cenote.jdbc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends the operations of a connector that near their deadline. One daemon thread looks through all flights and then
 * sleeps until the earliest instant of interest.
 *
 * <p>A queue of timers would take a lock and often wake a thread for each operation. Here an operation writes its
 * instants into its own flight and wakes the thread only if they come before the instant it sleeps to: with equal
 * time-outs that is once in a time-out's length, not once in an operation.
 *
 * <p>The thread runs while the connector has connections.
 */
final class Watch {
    static final long NEVER = Long.MAX_VALUE;

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int MAX_CANCELLERS = 8;

    private final Set<Flight> flights = ConcurrentHashMap.newKeySet();
    private final int number = COUNT.incrementAndGet();
    private final ThreadPoolExecutor cancellers = new ThreadPoolExecutor(
            0,
            MAX_CANCELLERS,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(task, "cenote-jdbc-cancel-" + number));

    private final Object startStop = new Object();
    private @Nullable Thread thread;

    /** Nanoseconds of {@link System#nanoTime()} since {@link #epoch} to which the thread sleeps. */
    private volatile long wakeAt = NEVER;

    private final long epoch = System.nanoTime();

    /** Now, counted from this watch's beginning so that instants can be compared and {@link #NEVER} is later than all. */
    long now() {
        return System.nanoTime() - epoch;
    }

    void add(Flight flight) {
        flights.add(flight);
        synchronized (startStop) {
            if (thread == null) {
                thread = daemon(this::run, "cenote-jdbc-watch-" + number);
                thread.start();
            }
        }
    }

    void remove(Flight flight) {
        if (flights.remove(flight) && flights.isEmpty()) {
            wake();
        }
    }

    /** Told by a flight after it has published its instants. */
    void armed(long at) {
        if (at < wakeAt) {
            wake();
        }
    }

    private void wake() {
        synchronized (startStop) {
            LockSupport.unpark(thread);
        }
    }

    /** Where blocking calls of the watch run; a task that finds no thread is refused. */
    boolean offer(Runnable task) {
        try {
            cancellers.execute(task);
            return true;
        } catch (RejectedExecutionException busy) {
            return false;
        }
    }

    /** As {@link #offer}, on a thread of its own if all others are busy. */
    Executor must() {
        return task -> {
            if (!offer(task)) {
                daemon(task, "cenote-jdbc-abort-" + number).start();
            }
        };
    }

    private void run() {
        while (!stopIfUnused()) {
            // Newcomers that publish after this line see NEVER and wake us; those before it are seen by the look below.
            wakeAt = NEVER;
            long now = now();
            long earliest = NEVER;
            for (Flight flight : flights) {
                earliest = Math.min(earliest, flight.check(now));
            }
            wakeAt = earliest;
            if (earliest == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, Math.max(1, earliest - now()));
            }
        }
    }

    private boolean stopIfUnused() {
        synchronized (startStop) {
            if (flights.isEmpty()) {
                thread = null;
                return true;
            }
            return false;
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
