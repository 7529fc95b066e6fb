package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.subjects.PoolSpec;
import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.benchmarks.subjects.Subjects;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A scenario of {@link Crowd}s. */
public abstract class Crowded extends Forked {
    /** Cycles in a millisecond. */
    public static final String CYCLES = Crowd.CYCLES;

    /** The wait that one in a thousand exceeds. */
    public static final String P999 = Crowd.P999;

    /** The longest wait by the ideal one. */
    public static final String OVER_IDEAL = Crowd.OVER_IDEAL;

    /** What a use of 100 µs takes where a timer wakes the thread; only the number of cycles depends on it. */
    private static final double USE_MILLIS_ON_VIRTUAL = 0.8;

    private static final double USE_MILLIS_ON_PLATFORM = 0.16;
    private static final Duration USE = Duration.ofNanos(100_000);

    @Override
    public List<Metric> metrics() {
        return Crowd.METRICS;
    }

    /** All but the lower bound, for whom nobody waits. */
    static List<String> waiters() {
        return Subjects.all().stream()
                .filter(name -> !name.equals(Subjects.LOWER_BOUND))
                .toList();
    }

    static Case withoutUse(boolean virtual, int threads, int connections, Effort effort) {
        var shape = Crowd.Shape.endless(virtual, threads, connections);
        return of(row(shape), shape, Duration.ofMillis(effort.choose(100, 700, 4_000)), effort);
    }

    /** As many cycles as take about that long; the limit is for who takes much longer. */
    static Case withUse(boolean virtual, int threads, int connections, Effort effort) {
        double seconds = effort.choose(0.1, 1.0, 8.0);
        double useMillis = virtual ? USE_MILLIS_ON_VIRTUAL : USE_MILLIS_ON_PLATFORM;
        int cycles = (int) Math.max(2, seconds * 1_000 * connections / (threads * useMillis));
        var shape = new Crowd.Shape(virtual, threads, connections, USE, cycles);
        return of(row(shape), shape, Duration.ofMillis((long) (seconds * 3_000)), effort);
    }

    private static Case of(String row, Crowd.Shape shape, Duration limit, Effort effort) {
        Case made = Case.of(row, waiters(), subject -> Map.of(row, measure(subject, shape, limit, effort)));
        return shape.virtual() ? made.onVirtualThreads() : made;
    }

    private static Map<String, Double> measure(String subject, Crowd.Shape shape, Duration limit, Effort effort)
            throws Exception {
        PoolSpec spec = PoolSpec.fixed(shape.connections()).forVirtualThreads(shape.virtual());
        try (Subject pool = Subjects.openFull(subject, spec)) {
            return new Crowd(pool, shape).run(Duration.ofMillis(effort.choose(50, 500, 2_000)), limit);
        }
    }

    static String row(boolean virtual, int threads, int connections, boolean use) {
        return String.format(
                "%,d %s threads on %d, use %s",
                threads, virtual ? "virtual" : "platform", connections, use ? "100 µs" : "none");
    }

    private static String row(Crowd.Shape shape) {
        return row(
                shape.virtual(),
                shape.threads(),
                shape.connections(),
                !shape.use().isZero());
    }
}
