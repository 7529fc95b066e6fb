package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.subjects.Subjects;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A server to which nobody gets through, and then it is well again. */
public final class Outage extends Forked {
    /** Its name. */
    public static final String NAME = "outage";

    /** Connects hang; when the server gets well, those that hang come through. */
    public static final String HANGS = "connect hangs";

    /** Connects hang; when the server gets well, those that hang go on hanging. */
    public static final String HANGS_ON = "connect hangs, earlier ones hang on";

    /** Connects fail at once. */
    public static final String REFUSED = "connect refused";

    /** One caller's call. */
    public static final String ONE = "oneMs";

    /** A call of ten at once. */
    public static final String TEN = "tenMs";

    /** From the server's getting well to the first call that succeeds. */
    public static final String WELL = "wellAfterMs";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "A pool of 10 that is empty, an acquire time-out of 1 s, and a server on which each connect hangs for 6 s and"
                + " then fails, or fails at once. Medians of what a call takes, one after another and ten at once; then the"
                + " server is well, and callers try until one succeeds. A call is given up after 12 s, recovery after 15.";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.cost(ONE, "a call alone, ms"),
                Metric.cost(TEN, "one of ten, ms"),
                Metric.cost("tenLongestMs", "longest of ten, ms"),
                Metric.cost(WELL, "well again after, ms"));
    }

    /** They do nothing but wait. */
    @Override
    int sideBySide() {
        return 6;
    }

    @Override
    List<Case> cases(Effort effort) {
        int calls = effort.choose(1, 3, 5);
        return List.of(Case.of(NAME, Subjects.pools(), subject -> measure(subject, calls)));
    }

    /** All three at once, each with a pool and a server of its own. */
    private static Map<String, Map<String, Double>> measure(String subject, int calls) throws Exception {
        OutageOfOne.warmUp(subject);
        var rows = new TreeMap<String, Map<String, Double>>();
        ExecutorService executor = Executors.newCachedThreadPool();
        Map<String, Callable<Map<String, Double>>> kinds = Map.of(
                HANGS, () -> OutageOfOne.hanging(subject, calls, true),
                HANGS_ON, () -> OutageOfOne.hanging(subject, calls, false),
                REFUSED, () -> OutageOfOne.refused(subject, calls));
        var running = new TreeMap<String, Future<Map<String, Double>>>();
        kinds.forEach((row, kind) -> running.put(row, executor.submit(kind)));
        for (var each : running.entrySet()) {
            rows.put(each.getKey(), each.getValue().get());
        }
        return rows;
    }
}
