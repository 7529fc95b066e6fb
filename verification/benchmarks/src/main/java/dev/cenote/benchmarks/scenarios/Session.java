package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Measurement;
import java.util.List;
import java.util.function.Consumer;

/**
 * One run of the benchmarks.
 *
 * @param subjects the only ones to measure; empty for all
 * @param sink takes each measurement
 */
public record Session(Effort effort, List<String> subjects, Consumer<Measurement> sink) {
    /** Those of {@code names} that this run measures. */
    List<String> wanted(List<String> names) {
        return names.stream()
                .filter(name -> subjects.isEmpty() || subjects.contains(name))
                .toList();
    }
}
