package dev.cenote.micrometer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread that all bound pools share; it is there while there is one. */
final class Ticker {
    static final String THREAD = "cenote-micrometer";

    private static final Map<Runnable, ScheduledFuture<?>> TASKS = new HashMap<>();
    private static @Nullable ScheduledExecutorService executor;

    private Ticker() {}

    /** Has {@code task}, which must not throw, run each second. */
    static synchronized void add(Runnable task) {
        ScheduledExecutorService running = executor;
        if (running == null) {
            running = Executors.newSingleThreadScheduledExecutor(Ticker::thread);
            executor = running;
        }
        TASKS.put(task, running.scheduleWithFixedDelay(task, 1, 1, TimeUnit.SECONDS));
    }

    static synchronized void remove(Runnable task) {
        ScheduledFuture<?> scheduled = TASKS.remove(task);
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        if (TASKS.isEmpty() && executor != null) {
            executor.shutdown();
            executor = null;
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, THREAD);
        thread.setDaemon(true);
        return thread;
    }
}
