package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.subjects.TracedSubjects;
import java.util.List;

/** {@link TracedCycle}: what it costs an acquire, and a call, that OpenTelemetry is told. */
public final class Tracing extends Throughput {
    /** Its name. */
    public static final String NAME = "tracing";

    private static final List<Row> ROWS = List.of(new Row(32, 1), new Row(32, 2));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "An acquire and release, and a call that succeeds at once, with nobody who listens and with OpenTelemetry,"
                + " which collects each second and, but for one subject, samples no span.";
    }

    @Override
    Class<?> benchmark() {
        return TracedCycle.class;
    }

    @Override
    public List<String> subjects() {
        return TracedSubjects.names();
    }

    @Override
    List<Row> rows(Effort effort) {
        return effort == Effort.SMOKE ? ROWS.subList(0, 1) : ROWS;
    }
}
