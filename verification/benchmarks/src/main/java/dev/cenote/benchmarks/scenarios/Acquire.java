package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.subjects.Subjects;
import java.util.ArrayList;
import java.util.List;

/** {@link AcquireRelease} on pools that suffice for all threads, and on pools that do not. */
public final class Acquire extends Throughput {
    /** Its name. */
    public static final String NAME = "acquire";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "One acquire and release a cycle on platform threads, without any use in between.";
    }

    @Override
    Class<?> benchmark() {
        return AcquireRelease.class;
    }

    @Override
    public List<String> subjects() {
        return Subjects.all();
    }

    @Override
    List<Row> rows(Effort effort) {
        var rows = new ArrayList<>(List.of(new Row(32, 1)));
        if (effort != Effort.SMOKE) {
            rows.addAll(List.of(new Row(32, 2), new Row(32, 8), new Row(8, 32)));
        }
        if (effort == Effort.FULL) {
            rows.addAll(List.of(new Row(32, 32), new Row(8, 1), new Row(8, 2), new Row(8, 8)));
        }
        return rows;
    }

    /** The rows of few threads on more connections. */
    public static List<String> uncontendedRows() {
        return List.of(new Row(32, 1).title(), new Row(32, 2).title(), new Row(32, 8).title());
    }
}
