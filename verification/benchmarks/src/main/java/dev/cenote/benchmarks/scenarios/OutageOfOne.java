package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.stub.StubServer;
import dev.cenote.benchmarks.subjects.PoolSpec;
import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.benchmarks.subjects.Subjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@link Outage} of one kind, for one subject. */
final class OutageOfOne {
    private static final int SIZE = 10;
    private static final int CALL_SECONDS = 12;
    private static final int RECOVERY_SECONDS = 15;
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration HANG = Duration.ofSeconds(6);

    private final StubServer server;
    private final Subject pool;
    private final int calls;

    private OutageOfOne(String subject, StubServer server, int calls) throws Exception {
        this.server = server;
        this.calls = calls;
        pool = Subjects.open(subject, new PoolSpec(0, SIZE, ACQUIRE_TIMEOUT, server, false));
    }

    /** A pool whose server is well loads the classes. */
    static void warmUp(String subject) throws Exception {
        try (Subject pool = Subjects.open(subject, new PoolSpec(0, SIZE, ACQUIRE_TIMEOUT, new StubServer(), false))) {
            pool.release(pool.acquire());
        }
    }

    static Map<String, Double> hanging(String subject, int calls, boolean freed) throws Exception {
        var server = new StubServer();
        Runnable free = server.hang(HANG);
        return new OutageOfOne(subject, server, calls).measure(freed ? free : () -> {});
    }

    static Map<String, Double> refused(String subject, int calls) throws Exception {
        var server = new StubServer();
        server.refuse();
        return new OutageOfOne(subject, server, calls).measure(() -> {});
    }

    private Map<String, Double> measure(Runnable whenWell) throws Exception {
        double[] alone = new double[calls];
        for (int i = 0; i < calls; i++) {
            alone[i] = await(call(), CALL_SECONDS, System.nanoTime());
        }
        double[] atOnce = tenAtOnce();
        server.getWell(Duration.ZERO);
        whenWell.run();
        double well = await(callUntilServed(), RECOVERY_SECONDS, System.nanoTime());
        return Map.of(
                Outage.ONE,
                middle(alone),
                Outage.TEN,
                middle(atOnce),
                "tenLongestMs",
                Arrays.stream(atOnce).max().orElseThrow(),
                Outage.WELL,
                well);
    }

    private double[] tenAtOnce() throws Exception {
        List<CompletableFuture<Double>> running = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            running.add(call());
        }
        double[] millis = new double[SIZE];
        long begin = System.nanoTime();
        for (int i = 0; i < SIZE; i++) {
            millis[i] = await(running.get(i), CALL_SECONDS, begin);
        }
        return millis;
    }

    /** One call on a thread of its own, so that one that never ends can be left alone. */
    private CompletableFuture<Double> call() {
        var done = new CompletableFuture<Double>();
        VirtualThreads.start(false, () -> {
            long begin = System.nanoTime();
            tryOnce();
            done.complete((System.nanoTime() - begin) / 1e6);
        });
        return done;
    }

    private CompletableFuture<Double> callUntilServed() {
        var done = new CompletableFuture<Double>();
        VirtualThreads.start(false, () -> {
            long begin = System.nanoTime();
            while (!tryOnce() && !done.isDone()) {
                Thread.onSpinWait();
            }
            done.complete((System.nanoTime() - begin) / 1e6);
        });
        return done;
    }

    private boolean tryOnce() {
        try {
            pool.release(pool.acquire());
            return true;
        } catch (Exception refused) {
            return false;
        }
    }

    private static double await(CompletableFuture<Double> millis, int seconds, long begin) throws Exception {
        try {
            long end = begin + TimeUnit.SECONDS.toNanos(seconds);
            return millis.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException givenUp) {
            millis.complete(Double.NaN);
            return TimeUnit.SECONDS.toMillis(seconds);
        }
    }

    private static double middle(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
