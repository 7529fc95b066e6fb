package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Measurement;
import dev.cenote.benchmarks.report.Metric;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A benchmark under JMH: operations in a millisecond and bytes for each, every subject in a JVM of its own. */
public abstract class Throughput implements Scenario {
    /** Cycles. */
    public static final String OPERATIONS = "opsPerMs";

    /** Allocated for each. */
    public static final String BYTES = "bytesPerOp";

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** A row: so many threads on a pool of that size. */
    record Row(int size, int threads) {
        String title() {
            return size + " connections, " + threads + (threads == 1 ? " thread" : " threads");
        }
    }

    abstract Class<?> benchmark();

    abstract List<Row> rows(Effort effort);

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.rate(OPERATIONS, "ops/ms"), Metric.cost(BYTES, "bytes/op"));
    }

    @Override
    public void run(Session session) throws RunnerException {
        for (int round = 1; round <= session.effort().rounds(); round++) {
            for (Row row : rows(session.effort())) {
                run(session, row, round);
            }
        }
    }

    private void run(Session session, Row row, int round) throws RunnerException {
        List<String> subjects = session.wanted(subjects());
        if (subjects.isEmpty()) {
            return;
        }
        System.err.println(row.title() + ", round " + round);
        Collection<RunResult> results = new Runner(options(session.effort(), row, subjects)).run();
        Set<String> missing = new HashSet<>(subjects);
        for (RunResult result : results) {
            String subject = result.getParams().getParam("subject");
            missing.remove(subject);
            session.sink().accept(new Measurement(name(), row.title(), subject, round, values(result), ""));
        }
        for (String subject : missing) {
            session.sink().accept(new Measurement(name(), row.title(), subject, round, Map.of(), "failed"));
        }
    }

    private static Map<String, Double> values(RunResult result) {
        double bytes = result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(ALLOCATED))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
        return Map.of(OPERATIONS, result.getPrimaryResult().getScore(), BYTES, bytes);
    }

    private Options options(Effort effort, Row row, List<String> subjects) {
        return new OptionsBuilder()
                .include(benchmark().getName() + "\\.")
                .param("subject", subjects.toArray(String[]::new))
                .param("size", Integer.toString(row.size()))
                .threads(row.threads())
                .forks(1)
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.iterationMillis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.iterationMillis()))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(false)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs(ChildJvm.options().toArray(String[]::new))
                .build();
    }
}
