package dev.cenote.cli.bench;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One caller: acquire, call, release, again and again. Read by others only once its thread has ended. */
final class Caller implements Runnable {
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 1;

    /**
     * What is counted: calls that end in it.
     *
     * @param from its beginning, in nanoseconds
     * @param to its end
     */
    record Window(long from, long to) {
        boolean has(long now) {
            return now - from >= 0 && now - to < 0;
        }
    }

    private final Pool<?> pool;
    private final Load load;
    private final Window window;
    private final CountDownLatch begin;
    private final Histogram calls = new Histogram(3);
    private final Histogram uses = new Histogram(3);
    private long failures;

    Caller(Pool<?> pool, Load load, Window window, CountDownLatch begin) {
        this.pool = pool;
        this.load = load;
        this.window = window;
        this.begin = begin;
    }

    @Override
    public void run() {
        try {
            begin.await();
            while (System.nanoTime() - window.to() < 0) {
                call();
            }
        } catch (InterruptedException over) {
            // The time is up.
        }
    }

    private void call() throws InterruptedException {
        long start = System.nanoTime();
        long acquired;
        long used;
        try (Lease<?> lease = pool.acquire()) {
            acquired = System.nanoTime();
            load.call(lease);
            used = System.nanoTime();
        } catch (RuntimeException failure) {
            if (window.has(System.nanoTime())) {
                failures++;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE_MILLIS);
            return;
        }
        long end = System.nanoTime();
        if (window.has(end)) {
            calls.recordValue((end - start) / 1_000);
            uses.recordValue((used - acquired) / 1_000);
        }
    }

    /** What all of them saw. */
    static Sample sum(List<Caller> callers, Duration duration, double processors) {
        var calls = new Histogram(3);
        var uses = new Histogram(3);
        long failures = 0;
        for (Caller caller : callers) {
            calls.add(caller.calls);
            uses.add(caller.uses);
            failures += caller.failures;
        }
        return new Sample(
                calls.getTotalCount(),
                failures,
                calls.getTotalCount() / (duration.toNanos() / 1e9),
                calls.getValueAtPercentile(50),
                calls.getValueAtPercentile(99),
                uses.getValueAtPercentile(50),
                uses.getValueAtPercentile(99),
                processors);
    }
}
