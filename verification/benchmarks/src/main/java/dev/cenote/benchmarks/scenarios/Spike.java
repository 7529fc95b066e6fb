package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.stub.StubServer;
import dev.cenote.benchmarks.subjects.PoolSpec;
import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.benchmarks.subjects.Subjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Many callers at once on a pool that has few connections, or none, where connecting takes long. */
public final class Spike extends Forked {
    /** Its name. */
    public static final String NAME = "spike";

    /** On an empty pool. */
    public static final String EMPTY = "50 callers, none idle";

    /** On one that has some connections. */
    public static final String SOME_IDLE = "50 callers, 5 idle";

    /** When the last caller was done. */
    public static final String SERVED = "servedMs";

    /** Connects begun until half a second later. */
    public static final String OPENED = "opened";

    private static final int CALLERS = 50;
    private static final int USE_MILLIS = 2;
    private static final Duration CONNECT = Duration.ofMillis(150);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "50 callers at once on a pool of up to 50, a connect takes 150 ms, a use 2 ms. Connections that were"
                + " already there count as opened.";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.cost(SERVED, "all served after, ms"),
                Metric.cost("openedByThen", "opened by then"),
                Metric.cost(OPENED, "opened in all"));
    }

    /** A spike is short: its median costs little. */
    @Override
    int rounds(Effort effort) {
        return effort.choose(1, 1, 5);
    }

    @Override
    List<Case> cases(Effort effort) {
        return List.of(
                Case.of(EMPTY, Subjects.pools(), subject -> Map.of(EMPTY, measure(subject, 0))),
                Case.of(SOME_IDLE, Subjects.pools(), subject -> Map.of(SOME_IDLE, measure(subject, 5))));
    }

    private static Map<String, Double> measure(String subject, int idle) throws Exception {
        // A first one, with connects that take no time, loads the classes and lets the compiler look at them.
        try (Subject pool = Subjects.open(subject, spec(0, new StubServer()))) {
            callAtOnce(pool);
        }
        var server = new StubServer(CONNECT);
        try (Subject pool = Subjects.open(subject, spec(idle, server))) {
            if (idle > 0) {
                settle(pool, server, idle);
            }
            double millis = callAtOnce(pool);
            int openedByThen = server.begun();
            Thread.sleep(500);
            return Map.of(SERVED, millis, "openedByThen", (double) openedByThen, OPENED, (double) server.begun());
        }
    }

    private static PoolSpec spec(int idle, StubServer server) {
        return new PoolSpec(idle, CALLERS, Duration.ofSeconds(30), server, false);
    }

    /** Waits until nothing is being opened any more, and has those opened that the pool has not. */
    private static void settle(Subject pool, StubServer server, int idle) throws Exception {
        Thread.sleep(CONNECT.toMillis() * 2);
        if (server.begun() < idle) {
            var held = new ArrayList<>();
            for (int i = 0; i < idle; i++) {
                held.add(pool.acquire());
            }
            for (Object each : held) {
                pool.release(each);
            }
        }
        int seen;
        do {
            seen = server.begun();
            Thread.sleep(CONNECT.toMillis() * 2);
        } while (server.begun() > seen || server.opened() < server.begun());
    }

    private static double callAtOnce(Subject pool) throws InterruptedException {
        var start = new CountDownLatch(1);
        var served = new CountDownLatch(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            VirtualThreads.start(false, () -> {
                try {
                    start.await();
                    Object held = pool.acquire();
                    Thread.sleep(USE_MILLIS);
                    pool.release(held);
                    served.countDown();
                } catch (Exception refused) {
                    refused.printStackTrace();
                }
            });
        }
        Thread.sleep(100);
        long begin = System.nanoTime();
        start.countDown();
        served.await();
        return (System.nanoTime() - begin) / 1e6;
    }
}
