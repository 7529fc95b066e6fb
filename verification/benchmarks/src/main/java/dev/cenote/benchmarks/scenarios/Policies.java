package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.subjects.PolicySubjects;
import java.util.List;

/** {@link PolicyCall}: what retry, circuit and deadline cost a call that succeeds. */
public final class Policies extends Throughput {
    /** Its name. */
    public static final String NAME = "policies";

    private static final List<Row> ROWS = List.of(new Row(32, 1), new Row(32, 8));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "A call that succeeds at once: acquire, run, release, with retry, circuit and deadline round it. All on"
                + " Cenote's engine; resilience4j has no deadline for calls on the caller's thread.";
    }

    @Override
    Class<?> benchmark() {
        return PolicyCall.class;
    }

    @Override
    public List<String> subjects() {
        return PolicySubjects.names();
    }

    @Override
    List<Row> rows(Effort effort) {
        return effort == Effort.SMOKE ? ROWS.subList(0, 1) : ROWS;
    }

    /** All rows that there may be. */
    public static List<String> allRows() {
        return ROWS.stream().map(Row::title).toList();
    }
}
