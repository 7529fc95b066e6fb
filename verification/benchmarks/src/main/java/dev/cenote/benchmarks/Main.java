package dev.cenote.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.cenote.benchmarks.report.Machine;
import dev.cenote.benchmarks.report.MarkdownReport;
import dev.cenote.benchmarks.report.Measurement;
import dev.cenote.benchmarks.report.Results;
import dev.cenote.benchmarks.scenarios.Scenario;
import dev.cenote.benchmarks.scenarios.Scenarios;
import dev.cenote.benchmarks.scenarios.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the scenarios that were asked for, and writes what came of them as JSON and as Markdown. */
public final class Main {
    private final Arguments arguments;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Scenario> done = new ArrayList<>();
    private final String name = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));

    private Main(Arguments arguments) {
        this.arguments = arguments;
    }

    /** See {@link Arguments} for what it takes. */
    public static void main(String[] args) throws Exception {
        Arguments arguments;
        try {
            arguments = Arguments.parse(List.of(args));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(Arguments.USAGE);
            System.exit(2);
            return;
        }
        new Main(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        var session = new Session(arguments.effort(), arguments.subjects(), measurements::add);
        for (Scenario scenario : Scenarios.all()) {
            if (!arguments.wants(scenario.name())) {
                continue;
            }
            Instant begin = Instant.now();
            System.err.println("== " + scenario.name());
            scenario.run(session);
            System.err.println("== " + scenario.name() + " took "
                    + Duration.between(begin, Instant.now()).toSeconds() + " s");
            done.add(scenario);
            // After each, so that a run that is stopped leaves what it has.
            write();
        }
        System.out.println(Files.readString(path("md")));
        System.out.println("Written to " + path("md") + " and " + path("json"));
    }

    private void write() throws IOException {
        Files.createDirectories(arguments.output());
        Map<String, String> machine = Machine.facts(arguments.effort().name().toLowerCase(java.util.Locale.ROOT));
        var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        json.writeValue(
                path("json").toFile(),
                Map.of(
                        "machine",
                        machine,
                        "written",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "measurements",
                        measurements));
        Files.writeString(path("md"), new MarkdownReport(machine, done, new Results(measurements)).text());
    }

    private Path path(String type) {
        return arguments.output().resolve(name + "." + type);
    }
}
