package dev.cenote.benchmarks.report;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** What was measured, with the rounds of each row made one by their median. */
public final class Results {
    private final List<Measurement> measurements;

    /** All that was measured. */
    public Results(List<Measurement> measurements) {
        this.measurements = List.copyOf(measurements);
    }

    /** The rows of a scenario, in the order in which they were measured. */
    public Set<String> rows(String scenario) {
        return measurements.stream()
                .filter(each -> each.scenario().equals(scenario))
                .map(Measurement::row)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The subjects of a row, in the order in which they were measured. */
    public Set<String> subjects(String scenario, String row) {
        return measurements.stream()
                .filter(each -> each.scenario().equals(scenario) && each.row().equals(row))
                .map(Measurement::subject)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The median over the rounds; empty if it was not measured. */
    public OptionalDouble value(String scenario, String row, String subject, String metric) {
        double[] values = measurements.stream()
                .filter(each -> each.scenario().equals(scenario)
                        && each.row().equals(row)
                        && each.subject().equals(subject)
                        && each.values().containsKey(metric))
                .mapToDouble(each -> each.values().get(metric))
                .toArray();
        return median(values);
    }

    /** Why a subject has no value in a row; empty if it has one. */
    public String note(String scenario, String row, String subject) {
        return measurements.stream()
                .filter(each -> each.scenario().equals(scenario)
                        && each.row().equals(row)
                        && each.subject().equals(subject))
                .map(Measurement::note)
                .filter(note -> !note.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The value in the middle, or the mean of the two in the middle. */
    static OptionalDouble median(double[] values) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
