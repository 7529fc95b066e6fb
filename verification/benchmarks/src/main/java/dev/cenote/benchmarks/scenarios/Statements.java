package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.subjects.Subjects;
import java.util.ArrayList;
import java.util.List;

/** {@link StatementCycle} through the wrappers of each JDBC pool. */
public final class Statements extends Throughput {
    /** Its name. */
    public static final String NAME = "statement";

    /** The stub alone. */
    static final String NO_POOL = "no-pool";

    private static final List<Row> ROWS = List.of(new Row(8, 1), new Row(8, 8));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "A statement prepared, executed and closed through the pool's wrappers, on a connection that is held.";
    }

    @Override
    Class<?> benchmark() {
        return StatementCycle.class;
    }

    @Override
    public List<String> subjects() {
        var subjects = new ArrayList<>(Subjects.dataSources());
        subjects.add(NO_POOL);
        return subjects;
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
