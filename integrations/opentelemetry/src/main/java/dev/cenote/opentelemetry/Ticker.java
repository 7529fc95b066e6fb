package dev.cenote.opentelemetry;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that reads all pools' figures each second. A daemon, which ends when there is no pool left. */
final class Ticker {
    static final ScheduledExecutorService SHARED = create();

    private Ticker() {}

    private static ScheduledExecutorService create() {
        var ticker = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "cenote-opentelemetry");
            thread.setDaemon(true);
            thread.setContextClassLoader(null); // that of an application would be kept from being unloaded
            return thread;
        });
        ticker.setRemoveOnCancelPolicy(true);
        ticker.setKeepAliveTime(10, TimeUnit.SECONDS);
        ticker.allowCoreThreadTimeOut(true);
        return ticker;
    }
}
