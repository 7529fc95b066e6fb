package dev.cenote.benchmarks.report;

import dev.cenote.benchmarks.subjects.Subjects;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** On what it was measured. */
public final class Machine {
    private static final Pattern PEERS = Pattern.compile(
            "(HikariCP|agroal-pool|vibur-dbcp|commons-dbcp2|tomcat-jdbc|c3p0|commons-pool2|stormpot|reactor-pool|jedis"
                    + "|lettuce-core|postgresql|jmh-core)-\\d.*\\.jar");

    private Machine() {}

    /** The facts, in the order of the report. */
    public static Map<String, String> facts(String effort) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("effort", effort);
        facts.put("date", java.time.LocalDate.now().toString());
        facts.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("processor", processor());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put(
                "load average",
                Double.toString(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        facts.put("libraries", libraries());
        if (!Subjects.missing().isEmpty()) {
            facts.put("not measured", Subjects.missing().toString());
        }
        return facts;
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    private static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(file -> PEERS.matcher(file).matches())
                .map(file -> file.substring(0, file.length() - ".jar".length()))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
