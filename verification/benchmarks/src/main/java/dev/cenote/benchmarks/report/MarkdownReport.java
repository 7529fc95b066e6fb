package dev.cenote.benchmarks.report;

import dev.cenote.benchmarks.scenarios.Scenario;
import dev.cenote.benchmarks.subjects.Subjects;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A table for each scenario, each value beside its ratio to the reference in the same run; then what was asked. */
public final class MarkdownReport {
    private final Map<String, String> machine;
    private final List<Scenario> scenarios;
    private final Results results;
    private final StringBuilder out = new StringBuilder();

    /** A report on {@code results}. */
    public MarkdownReport(Map<String, String> machine, List<Scenario> scenarios, Results results) {
        this.machine = machine;
        this.scenarios = scenarios;
        this.results = results;
    }

    /** The whole report. */
    public String text() {
        out.append("# Cenote beside other pools\n\n");
        machine.forEach((fact, value) ->
                out.append("- ").append(fact).append(": ").append(value).append('\n'));
        scenarios.forEach(this::table);
        return out.toString();
    }

    private void table(Scenario scenario) {
        out.append("\n## ")
                .append(scenario.name())
                .append("\n")
                .append(scenario.about())
                .append("\n\n");
        out.append("| row | subject |");
        scenario.metrics()
                .forEach(metric -> out.append(' ').append(metric.title()).append(" |"));
        out.append(" : ").append(Subjects.REFERENCE).append(" |\n|---|---|");
        out.append("---|".repeat(scenario.metrics().size() + 1)).append('\n');
        for (String row : results.rows(scenario.name())) {
            for (String subject : results.subjects(scenario.name(), row)) {
                line(scenario, row, subject);
            }
        }
    }

    private void line(Scenario scenario, String row, String subject) {
        out.append("| ").append(row).append(" | ").append(subject).append(" |");
        for (Metric metric : scenario.metrics()) {
            out.append(' ')
                    .append(number(value(scenario, row, subject, metric)))
                    .append(" |");
        }
        String note = results.note(scenario.name(), row, subject);
        out.append(' ')
                .append(note.isEmpty() ? ratio(scenario, row, subject) : note)
                .append(" |\n");
    }

    private String ratio(Scenario scenario, String row, String subject) {
        Metric metric = scenario.metrics().get(0);
        OptionalDouble value = value(scenario, row, subject, metric);
        OptionalDouble reference = value(scenario, row, Subjects.REFERENCE, metric);
        if (value.isEmpty() || reference.isEmpty() || reference.getAsDouble() == 0) {
            return "";
        }
        return number(OptionalDouble.of(value.getAsDouble() / reference.getAsDouble()));
    }

    private OptionalDouble value(Scenario scenario, String row, String subject, Metric metric) {
        return results.value(scenario.name(), row, subject, metric.key());
    }

    /** Three significant digits, or all before the point. */
    static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        double number = value.getAsDouble();
        double size = Math.abs(number);
        int digits = size >= 100 || size < 0.0005 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", number);
    }
}
