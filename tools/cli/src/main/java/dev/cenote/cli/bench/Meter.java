package dev.cenote.cli.bench;

import dev.cenote.Pools;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Measures one pool size at a time, each with a pool of its own. */
final class Meter {
    private static final Duration TO_OPEN = Duration.ofSeconds(5);

    private final BenchUri uri;
    private final Load load;
    private final int callers;

    Meter(BenchUri uri, Load load, int callers) {
        this.uri = uri;
        this.load = load;
        this.callers = callers;
    }

    /**
     * Runs the load with {@code size} connections.
     *
     * @param leadIn how long it runs before it is measured
     * @param duration how long it is measured
     * @throws dev.cenote.protocols.errors.AcquireTimeoutException if so many connections cannot be opened
     */
    Sample measure(int size, Duration leadIn, Duration duration) throws InterruptedException {
        try (Pool<?> pool = Pools.open(uri.withSize(size))) {
            fill(pool, size);
            long now = System.nanoTime();
            long from = now + leadIn.toNanos();
            var window = new Caller.Window(from, from + duration.toNanos());
            List<Caller> all = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            var begin = new CountDownLatch(1);
            for (int i = 0; i < callers; i++) {
                var caller = new Caller(pool, load, window, begin);
                all.add(caller);
                var thread = new Thread(caller, "bench-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            begin.countDown();
            sleepUntil(window.from());
            long busy = processorNanos();
            sleepUntil(window.to());
            double processors = (processorNanos() - busy) / (double) duration.toNanos();
            end(threads);
            return Caller.sum(all, duration, processors);
        }
    }

    /** Opens all connections, so that opening them is no part of what is measured. */
    private static void fill(Pool<?> pool, int size) {
        List<Lease<?>> leases = new ArrayList<>();
        try {
            while (leases.size() < size) {
                leases.add(pool.acquire(TO_OPEN));
            }
        } finally {
            leases.forEach(Lease::close);
        }
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** Whoever waits for a connection goes at once; whoever uses one ends by the pool's time-outs. */
    private static void end(List<Thread> threads) throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
