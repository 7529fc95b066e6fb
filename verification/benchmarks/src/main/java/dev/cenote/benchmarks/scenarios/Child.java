package dev.cenote.benchmarks.scenarios;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cenote.benchmarks.report.Measurement;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One subject in one case of a scenario: the JVM that measures it, seen from both sides. */
public final class Child {
    private static final String RESULT = "RESULT ";
    private static final int LAST_LINES = 5;
    private static final int MINUTES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Forked scenario;
    private final String caseName;
    private final String subject;
    private final Effort effort;

    Child(Forked scenario, String caseName, String subject, Effort effort) {
        this.scenario = scenario;
        this.caseName = caseName;
        this.subject = subject;
        this.effort = effort;
    }

    /** Measures in this JVM, which was started for nothing else: scenario, case, subject, effort. */
    public static void main(String[] args) {
        ChildJvm.silenceLogs();
        try {
            var scenario = (Forked) Scenarios.named(args[0]);
            Case wanted = scenario.cases(Effort.valueOf(args[3])).stream()
                    .filter(each -> each.name().equals(args[1]))
                    .findFirst()
                    .orElseThrow();
            System.out.println(RESULT + JSON.writeValueAsString(wanted.body().measure(args[2])));
            System.exit(0);
        } catch (Throwable failed) {
            failed.printStackTrace();
            System.exit(1);
        }
    }

    /** Starts the JVM and waits for what it measures. */
    List<Measurement> measure(int round) throws Exception {
        Process process =
                new ProcessBuilder(command()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        Thread watchdog = VirtualThreads.start(false, () -> endInTime(process));
        try {
            return read(process, round);
        } finally {
            process.destroyForcibly();
            watchdog.interrupt();
        }
    }

    private static void endInTime(Process process) {
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Measurement> read(Process process, int round) throws IOException {
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(RESULT)) {
                    return measurements(line.substring(RESULT.length()), round);
                }
                if (last.isEmpty() || !line.startsWith("\t")) {
                    last.add(line);
                }
                if (last.size() > LAST_LINES) {
                    last.remove();
                }
            }
        }
        System.err.println(subject + " failed:\n  " + String.join("\n  ", last));
        String reason =
                "failed: " + (last.isEmpty() ? "no answer" : last.getLast().replace('|', '/'));
        return List.of(new Measurement(scenario.name(), caseName, subject, round, Map.of(), reason));
    }

    private List<Measurement> measurements(String json, int round) throws IOException {
        Map<String, Map<String, Double>> rows = JSON.readValue(json, new TypeReference<>() {});
        return rows.entrySet().stream()
                .map(row -> new Measurement(scenario.name(), row.getKey(), subject, round, row.getValue(), ""))
                .collect(Collectors.toList());
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ChildJvm.options());
        scenario.properties().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(List.of(scenario.name(), caseName, subject, effort.name()));
        return command;
    }
}
