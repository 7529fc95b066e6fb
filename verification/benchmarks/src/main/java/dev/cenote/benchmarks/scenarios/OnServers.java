package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Measurement;
import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.servers.ServerCalls;
import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A scenario of calls to real servers on loopback, which it starts. */
abstract class OnServers extends Forked {
    static final List<Metric> CALLS = List.of(
            Metric.rate(Crowd.CYCLES, "calls/ms"),
            Metric.cost("p50Us", "p50, µs"),
            Metric.cost("p99Us", "p99, µs"),
            Metric.cost(Crowd.P999, "p99.9, µs"),
            Metric.cost(Crowd.CPU, "processor time of the caller, µs"),
            Metric.cost("failed", "failed"));

    private static final String PROPERTY = "benchmarks.uri.";

    private final List<Product> products;
    private final Map<String, String> properties = new HashMap<>();

    OnServers(Product... products) {
        this.products = List.of(products);
    }

    @Override
    Map<String, String> properties() {
        return properties;
    }

    @Override
    public void run(Session session) throws Exception {
        try {
            for (Product product : products) {
                properties.put(PROPERTY + product, TestServers.shared(product).uri());
            }
        } catch (IllegalStateException unavailable) {
            String reason = String.valueOf(unavailable.getMessage());
            session.sink().accept(new Measurement(name(), "servers", "all", 1, Map.of(), reason));
            return;
        }
        super.run(session);
    }

    /** What a crowd of that many callers sees that makes a call by that subject. */
    static Case of(String row, String call, Product product, boolean virtual, int callers, Effort effort) {
        var shape = Crowd.Shape.endless(virtual, callers, ServerCalls.SIZE);
        Case made = Case.of(
                row,
                ServerCalls.subjects(call),
                subject -> Map.of(row, measure(subject, call, product, shape, effort)));
        return virtual ? made.onVirtualThreads() : made;
    }

    /** In the JVM that measures. */
    private static Map<String, Double> measure(
            String subject, String call, Product product, Crowd.Shape shape, Effort effort) throws Exception {
        try (Subject caller = ServerCalls.open(call, subject, System.getProperty(PROPERTY + product))) {
            return new Crowd(caller, shape)
                    .run(
                            Duration.ofMillis(effort.choose(1_200, 1_200, 3_000)),
                            Duration.ofMillis(effort.choose(200, 1_000, 5_000)));
        }
    }
}
