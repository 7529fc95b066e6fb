package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.subjects.Subject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * More threads than connections: each acquires, uses, releases, again and again. Every wait is measured, which costs each
 * subject the same two readings of the clock.
 */
final class Crowd {
    static final String CYCLES = "cyclesPerMs";
    static final String P999 = "p999Us";
    static final String LONGEST = "longestUs";
    static final String OVER_IDEAL = "longestOverIdeal";

    /** Of the calling thread, for each cycle; the JDK tells that of platform threads only. */
    static final String CPU = "cpuUs";

    static final List<Metric> METRICS = List.of(
            Metric.rate(CYCLES, "cycles/ms"),
            Metric.cost("p50Us", "wait p50, µs"),
            Metric.cost("p99Us", "p99, µs"),
            Metric.cost(P999, "p99.9, µs"),
            Metric.cost(LONGEST, "longest, µs"),
            Metric.cost("idealUs", "ideal, µs"),
            Metric.cost(OVER_IDEAL, "longest : ideal"),
            Metric.cost("failed", "failed"));

    private static final long LONGEST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Subject pool;
    private final Shape shape;
    private volatile boolean measuring;
    private volatile boolean stopped;

    Crowd(Subject pool, Shape shape) {
        this.pool = pool;
        this.shape = shape;
    }

    /**
     * @param use how long each holds its connection, parked; a timer makes it longer, which is why it is measured
     * @param cycles of each thread, unless the limit comes first
     */
    record Shape(boolean virtual, int threads, int connections, Duration use, int cycles) {
        /** Without end but the limit. */
        static Shape endless(boolean virtual, int threads, int connections) {
            return new Shape(virtual, threads, connections, Duration.ZERO, Integer.MAX_VALUE);
        }
    }

    /**
     * Warms up; then, with the same threads still at it, measures for as long as the cycles take, but no longer than the
     * limit. Once only.
     */
    Map<String, Double> run(Duration warmup, Duration limit) throws InterruptedException {
        var start = new CountDownLatch(1);
        var workers = new ArrayList<Worker>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < shape.threads(); i++) {
            var worker = new Worker(start);
            workers.add(worker);
            threads.add(VirtualThreads.start(shape.virtual(), worker));
        }
        start.countDown();
        Thread.sleep(warmup.toMillis());
        long begin = System.nanoTime();
        measuring = true;
        for (Thread thread : threads) {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, begin + limit.toNanos() - System.nanoTime()));
        }
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return values(workers, System.nanoTime() - begin);
    }

    private Map<String, Double> values(List<Worker> workers, long elapsedNanos) {
        var waits = new Histogram(LONGEST_WAIT_NANOS, 2);
        long useNanos = 0;
        long failed = 0;
        for (Worker worker : workers) {
            waits.add(worker.waits);
            useNanos += worker.useNanos;
            failed += worker.failed;
        }
        double done = waits.getTotalCount();
        double longest = micros(waits.getMaxValue());
        var values = new LinkedHashMap<String, Double>();
        values.put(CYCLES, done / (elapsedNanos / 1e6));
        values.put("p50Us", micros(waits.getValueAtPercentile(50)));
        values.put("p99Us", micros(waits.getValueAtPercentile(99)));
        values.put(P999, micros(waits.getValueAtPercentile(99.9)));
        values.put(LONGEST, longest);
        if (!shape.use().isZero()) {
            int queue = shape.threads() - shape.connections();
            double ideal = useNanos / done / 1e3 * queue / shape.connections();
            values.put("idealUs", ideal);
            values.put(OVER_IDEAL, longest / ideal);
        }
        if (!shape.virtual()) {
            double cpuNanos =
                    workers.stream().mapToLong(worker -> worker.cpuNanos).sum();
            values.put(CPU, cpuNanos / 1e3 / done);
        }
        values.put("failed", (double) failed);
        return values;
    }

    private static double micros(long nanos) {
        return nanos / 1e3;
    }

    private final class Worker implements Runnable {
        private final CountDownLatch start;
        private final Histogram waits = new Histogram(LONGEST_WAIT_NANOS, 2);
        private long useNanos;
        private long failed;
        private long cpuNanos;

        Worker(CountDownLatch start) {
            this.start = start;
        }

        @Override
        public void run() {
            try {
                start.await();
            } catch (InterruptedException ended) {
                return;
            }
            while (!measuring) {
                cycle();
            }
            waits.reset();
            useNanos = 0;
            failed = 0;
            long cpuBegin = cpu();
            for (int i = 0; i < shape.cycles() && !stopped; i++) {
                cycle();
            }
            cpuNanos = cpu() - cpuBegin;
        }

        private long cpu() {
            return shape.virtual() ? 0 : ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        private void cycle() {
            long begin = System.nanoTime();
            try {
                Object held = pool.acquire();
                long acquired = System.nanoTime();
                waits.recordValue(Math.min(acquired - begin, LONGEST_WAIT_NANOS));
                use(acquired);
                pool.release(held);
            } catch (Exception refused) {
                failed++;
            }
        }

        private void use(long acquired) {
            long use = shape.use().toNanos();
            if (use > 0) {
                LockSupport.parkNanos(use);
                useNanos += System.nanoTime() - acquired;
            }
        }
    }
}
