package dev.cenote.benchmarks.report;

import dev.cenote.benchmarks.subjects.Subjects;
import java.util.Comparator;
import java.util.Optional;

/** The best peer in a row. */
record Best(String subject, double value) {
    /** The peer with the highest value; empty if none was measured. */
    static Optional<Best> peer(Results results, String scenario, String row, String metric) {
        return results.subjects(scenario, row).stream()
                .filter(Subjects::isPeer)
                .flatMap(subject -> results.value(scenario, row, subject, metric).stream()
                        .mapToObj(value -> new Best(subject, value)))
                .max(Comparator.comparingDouble(Best::value));
    }
}
