package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Measurement;
import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.servers.ServerCalls;
import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.benchmarks.subjects.Subjects;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Real servers on loopback. */
public final class Servers extends Forked {
    private static final String PROPERTY = "benchmarks.uri.";
    private static final String REDIS_ROW = "Redis GET";

    private final Map<String, String> properties = new HashMap<>();

    @Override
    public String name() {
        return "servers";
    }

    @Override
    public String about() {
        return "One small question to a real server on loopback: acquire, ask, release. Pools of " + ServerCalls.SIZE
                + "; no-pool is one connection for each thread.";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.rate(Crowd.CYCLES, "calls/ms"),
                Metric.cost("p50Us", "p50, µs"),
                Metric.cost("p99Us", "p99, µs"),
                Metric.cost(Crowd.P999, "p99.9, µs"),
                Metric.cost("failed", "failed"));
    }

    @Override
    public String reference(String row) {
        return row.startsWith(REDIS_ROW) ? "jedispool" : Subjects.REFERENCE;
    }

    @Override
    Map<String, String> properties() {
        return properties;
    }

    @Override
    public void run(Session session) throws Exception {
        try {
            properties.put(
                    PROPERTY + Product.POSTGRES,
                    TestServers.shared(Product.POSTGRES).uri());
            properties.put(
                    PROPERTY + Product.REDIS, TestServers.shared(Product.REDIS).uri());
        } catch (IllegalStateException unavailable) {
            String reason = String.valueOf(unavailable.getMessage());
            session.sink().accept(new Measurement(name(), "servers", "all", 1, Map.of(), reason));
            return;
        }
        super.run(session);
    }

    @Override
    List<Case> cases(Effort effort) {
        var cases = new ArrayList<Case>();
        for (int threads : effort == Effort.FULL ? new int[] {1, 8, 32} : new int[] {1, 8}) {
            cases.add(of("PostgreSQL select 1", threads, Product.POSTGRES, ServerCalls.postgres(), effort));
            cases.add(of(REDIS_ROW, threads, Product.REDIS, ServerCalls.redis(), effort));
        }
        return cases;
    }

    private static Case of(String what, int threads, Product product, List<String> subjects, Effort effort) {
        String row = what + (threads == 1 ? ", 1 thread" : ", " + threads + " threads");
        return Case.of(row, subjects, subject -> Map.of(row, measure(subject, threads, product, effort)));
    }

    private static Map<String, Double> measure(String subject, int threads, Product product, Effort effort)
            throws Exception {
        try (Subject call = ServerCalls.open(subject, System.getProperty(PROPERTY + product))) {
            var shape = Crowd.Shape.endless(false, threads, ServerCalls.SIZE);
            return new Crowd(call, shape)
                    .run(
                            Duration.ofMillis(effort.choose(1_200, 1_200, 3_000)),
                            Duration.ofMillis(effort.choose(200, 1_000, 5_000)));
        }
    }
}
