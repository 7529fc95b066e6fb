package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.subjects.MeteredSubjects;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@link MeteredCycle}: what it costs an acquire that Micrometer or OpenTelemetry publishes the figures. */
public final class Metering extends Throughput {
    /** Its name. */
    public static final String NAME = "metering";

    private static final Row ONE = new Row(32, 1);
    private static final Row TWO = new Row(32, 2);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "One acquire and release a cycle, with nobody who listens, with Micrometer bound or OpenTelemetry"
                + " registered, which take a snapshot each second, and after both have ended.";
    }

    @Override
    Class<?> benchmark() {
        return MeteredCycle.class;
    }

    @Override
    public List<String> subjects() {
        return MeteredSubjects.names();
    }

    @Override
    public String reference(String row) {
        return MeteredSubjects.NONE;
    }

    @Override
    List<Row> rows(Effort effort) {
        return effort == Effort.SMOKE ? List.of(ONE) : List.of(ONE, TWO);
    }

    /** How many threads there are, by row. */
    public static Map<String, Integer> threads() {
        return new TreeMap<>(Map.of(ONE.title(), ONE.threads(), TWO.title(), TWO.threads()));
    }
}
