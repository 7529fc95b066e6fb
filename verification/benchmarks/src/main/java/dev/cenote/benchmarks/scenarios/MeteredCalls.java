package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.subjects.MeteredSubjects;
import java.util.List;

/** {@link MeteredCycle} of calls: what it costs them to be measured and traced. */
public final class MeteredCalls extends Throughput {
    /** Its name. */
    public static final String NAME = "metered-calls";

    private static final Row ROW = new Row(32, 1);

    /** Its one row. */
    public static final String ONLY = ROW.title();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "A call that succeeds at once, with nobody who listens, measured by Micrometer, measured and traced by"
                + " OpenTelemetry without being sampled, sampled, and after all that has ended.";
    }

    @Override
    Class<?> benchmark() {
        return MeteredCycle.class;
    }

    @Override
    public List<String> subjects() {
        return MeteredSubjects.calls();
    }

    @Override
    public String reference(String row) {
        return MeteredSubjects.CALLS;
    }

    @Override
    List<Row> rows(Effort effort) {
        return List.of(ROW);
    }
}
