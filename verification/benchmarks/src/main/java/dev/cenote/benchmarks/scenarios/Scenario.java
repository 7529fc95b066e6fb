package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.subjects.Subjects;
import java.util.List;

/** One thing that is done to all subjects; one table of the report. */
public interface Scenario {
    /** Its name on the command line. */
    String name();

    /** What it does, in a sentence for the report. */
    String about();

    /** What it measures; the first is what ratios are made of. */
    List<Metric> metrics();

    /** Whom it can measure. */
    List<String> subjects();

    /** The subject to whom the others of a row are compared. */
    default String reference(String row) {
        return Subjects.REFERENCE;
    }

    /** Measures all subjects in all rows. */
    void run(Session session) throws Exception;
}
