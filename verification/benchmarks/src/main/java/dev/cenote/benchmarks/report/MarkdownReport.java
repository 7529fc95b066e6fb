package dev.cenote.benchmarks.report;

import dev.cenote.benchmarks.report.Finding.Verdict;
import dev.cenote.benchmarks.scenarios.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A table for each scenario, each value beside its ratio to the reference in the same run; then what was asked. */
public final class MarkdownReport {
    private final Map<String, String> machine;
    private final List<Scenario> scenarios;
    private final Results results;
    private final List<Finding> findings;
    private final StringBuilder out = new StringBuilder();

    /** A report on {@code results}. */
    public MarkdownReport(Map<String, String> machine, List<Scenario> scenarios, Results results) {
        this.machine = machine;
        this.scenarios = scenarios;
        this.results = results;
        this.findings = new Requirements(results).findings();
    }

    /** The whole report. */
    public String text() {
        out.append("# Cenote beside other pools\n\n");
        machine.forEach((fact, value) ->
                out.append("- ").append(fact).append(": ").append(value).append('\n'));
        scenarios.forEach(this::table);
        asked();
        return out.toString();
    }

    private void table(Scenario scenario) {
        out.append("\n## ").append(scenario.name()).append('\n');
        out.append(scenario.about()).append("\n\n");
        var titles = new ArrayList<>(List.of("row", "subject"));
        scenario.metrics().forEach(metric -> titles.add(metric.title()));
        titles.add(": " + reference(scenario));
        titles.add("asked");
        head(titles);
        for (String row : results.rows(scenario.name())) {
            for (String subject : results.subjects(scenario.name(), row)) {
                line(cells(scenario, row, subject));
            }
        }
    }

    private List<String> cells(Scenario scenario, String row, String subject) {
        var cells = new ArrayList<>(List.of(row, subject));
        for (Metric metric : scenario.metrics()) {
            OptionalDouble value = value(scenario, row, subject, metric);
            cells.add(value.isEmpty() ? "" : number(value.getAsDouble()));
        }
        String note = results.note(scenario.name(), row, subject);
        cells.add(note.isEmpty() ? ratio(scenario, row, subject) : note);
        cells.add(verdicts(scenario, row, subject));
        return cells;
    }

    private String ratio(Scenario scenario, String row, String subject) {
        Metric metric = scenario.metrics().get(0);
        OptionalDouble value = value(scenario, row, subject, metric);
        OptionalDouble reference = value(scenario, row, scenario.reference(row), metric);
        if (value.isEmpty() || reference.isEmpty() || reference.getAsDouble() == 0) {
            return "";
        }
        return number(value.getAsDouble() / reference.getAsDouble());
    }

    /** Whom the ratios of a table refer to. */
    private String reference(Scenario scenario) {
        return results.rows(scenario.name()).stream()
                .map(scenario::reference)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** What became of what is asked of this line: met or not, with the numbers of the last table. */
    private String verdicts(Scenario scenario, String row, String subject) {
        var numbers = new TreeMap<Verdict, List<String>>();
        findings.stream()
                .filter(finding -> finding.isOf(scenario.name(), row, subject))
                .filter(finding -> finding.verdict() != Verdict.NOT_MEASURED)
                .forEach(finding -> numbers.computeIfAbsent(finding.verdict(), none -> new ArrayList<>())
                        .add(Integer.toString(finding.number())));
        return numbers.entrySet().stream()
                .map(each -> each.getKey() + " "
                        + each.getValue().stream().distinct().collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private void asked() {
        out.append("\n## asked\nWhat is asked of Cenote, what was measured, and whether it is met.\n\n");
        head(List.of("", "asked", "row", "subject", "measured", "met?"));
        findings.stream()
                .sorted(Comparator.comparing(finding -> finding.verdict() == Verdict.NOT_MEASURED))
                .forEach(finding -> line(List.of(
                        Integer.toString(finding.number()),
                        finding.asked(),
                        finding.scenario() + ": " + finding.row(),
                        finding.subject(),
                        finding.measured(),
                        finding.verdict().toString())));
        Map<Verdict, Long> counts =
                findings.stream().collect(Collectors.groupingBy(Finding::verdict, TreeMap::new, Collectors.counting()));
        String summary = counts.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", "));
        out.append('\n').append(summary).append(".\n");
    }

    private void head(List<String> titles) {
        line(titles);
        out.append('|').append("---|".repeat(titles.size())).append('\n');
    }

    private void line(List<String> cells) {
        cells.forEach(cell -> out.append("| ").append(cell).append(' '));
        out.append("|\n");
    }

    private OptionalDouble value(Scenario scenario, String row, String subject, Metric metric) {
        return results.value(scenario.name(), row, subject, metric.key());
    }

    /** Three significant digits, or all before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 || size < 0.0005 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
