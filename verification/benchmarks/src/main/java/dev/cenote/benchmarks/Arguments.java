package dev.cenote.benchmarks;

import dev.cenote.benchmarks.scenarios.Effort;
import dev.cenote.benchmarks.scenarios.Scenarios;
import dev.cenote.benchmarks.subjects.Subjects;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The command line.
 *
 * @param only names of the scenarios to run; empty for all that the effort has time for
 * @param subjects names of the subjects to measure; empty for all
 * @param output folder of the reports
 */
record Arguments(Effort effort, List<String> only, List<String> subjects, Path output) {
    static final String USAGE =
            "usage: run [smoke|quick|full] [--only scenario,...] [--subjects subject,...] [--output folder]";

    static Arguments parse(List<String> args) {
        var arguments = new Arguments(Effort.QUICK, List.of(), List.of(), Path.of("benchmarks"));
        for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
            arguments = arguments.with(rest.next(), rest);
        }
        return arguments;
    }

    private Arguments with(String word, Iterator<String> rest) {
        return switch (word) {
            case "--only" ->
                new Arguments(effort, known("scenario", Scenarios.names(), value(word, rest)), subjects, output);
            case "--subjects" ->
                new Arguments(effort, only, known("subject", Scenarios.subjects(), value(word, rest)), output);
            case "--output" -> new Arguments(effort, only, subjects, Path.of(value(word, rest)));
            default -> new Arguments(effort(word), only, subjects, output);
        };
    }

    private static Effort effort(String word) {
        try {
            return Effort.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("effort must be smoke, quick or full, was " + word, unknown);
        }
    }

    private static List<String> known(String kind, List<String> names, String list) {
        List<String> wanted = Arrays.asList(list.split(","));
        for (String each : wanted) {
            if (!names.contains(each)) {
                throw new IllegalArgumentException(kind + " must be one of " + names + ", was " + each
                        + Subjects.unavailable(each)
                                .map(reason -> " (" + reason + ")")
                                .orElse(""));
            }
        }
        return wanted;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    boolean wants(String scenario) {
        return only.isEmpty()
                ? effort != Effort.QUICK || !Scenarios.leftOutWhenQuick().contains(scenario)
                : only.contains(scenario);
    }
}
