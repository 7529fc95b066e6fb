package dev.cenote.benchmarks.report;

import static dev.cenote.benchmarks.report.MarkdownReport.number;

import dev.cenote.benchmarks.report.Finding.Verdict;
import dev.cenote.benchmarks.scenarios.Acquire;
import dev.cenote.benchmarks.scenarios.Crowds;
import dev.cenote.benchmarks.scenarios.MeteredCalls;
import dev.cenote.benchmarks.scenarios.Metering;
import dev.cenote.benchmarks.scenarios.MongoLayer;
import dev.cenote.benchmarks.scenarios.Outage;
import dev.cenote.benchmarks.scenarios.Policies;
import dev.cenote.benchmarks.scenarios.RedisLanes;
import dev.cenote.benchmarks.scenarios.Spike;
import dev.cenote.benchmarks.scenarios.Statements;
import dev.cenote.benchmarks.scenarios.Tail;
import dev.cenote.benchmarks.scenarios.Throughput;
import dev.cenote.benchmarks.scenarios.Waiting;
import dev.cenote.benchmarks.servers.ServerCalls;
import dev.cenote.benchmarks.subjects.MeteredSubjects;
import dev.cenote.benchmarks.subjects.PolicySubjects;
import dev.cenote.benchmarks.subjects.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/** What is asked of Cenote, held against what was measured. */
public final class Requirements {
    private static final List<String> CENOTE = List.of(Subjects.ENGINE, Subjects.JDBC);
    private static final double SAME_BYTES = 0.5;
    /** The processor time of a process comes in steps of 10 ms. */
    private static final double NEAR_ZERO_MILLIS = 50;

    private static final double NANOS_IN_A_MILLI = 1e6;

    private final Results results;
    private final List<Finding> findings = new ArrayList<>();

    /** Those of {@code results}. */
    public Requirements(Results results) {
        this.results = results;
    }

    /** All findings, by the number of the requirement. */
    public List<Finding> findings() {
        fasterThanAllPeers();
        nearTheLowerBound();
        noBetterTradeUnderContention();
        inOrderWithUse();
        cheapStatements();
        onTimeInOutages();
        sparingInSpikes();
        noMoreBytes();
        waitingCostsNothing();
        cheapPolicies();
        fastLanes();
        thinLayer();
        cheapMetrics();
        return List.copyOf(findings);
    }

    private void fasterThanAllPeers() {
        for (String row : rows(Acquire.NAME)) {
            var line = new Line(1, "faster than the fastest peer", Acquire.NAME, row, Subjects.ENGINE);
            var best = Best.peer(results, Acquire.NAME, row, Acquire.OPERATIONS);
            OptionalDouble ours = line.value(Acquire.OPERATIONS);
            if (ours.isEmpty() || best.isEmpty()) {
                line.notMeasured();
                continue;
            }
            double ratio = ours.getAsDouble() / best.get().value();
            line.found(number(ratio) + " x " + best.get().subject(), ratio > 1);
        }
    }

    private void nearTheLowerBound() {
        for (String row : Acquire.uncontendedRows()) {
            atLeast(2, 0.7, row, Subjects.ENGINE, Subjects.LOWER_BOUND);
            atLeast(2, 5, row, Subjects.JDBC, Subjects.REFERENCE);
        }
    }

    private void atLeast(int number, double least, String row, String ours, String theirs) {
        var line = new Line(number, "at least " + number(least) + " x " + theirs, Acquire.NAME, row, ours);
        OptionalDouble value = line.value(Acquire.OPERATIONS);
        OptionalDouble mark = results.value(Acquire.NAME, row, theirs, Acquire.OPERATIONS);
        if (value.isEmpty() || mark.isEmpty()) {
            line.notMeasured();
            return;
        }
        double ratio = value.getAsDouble() / mark.getAsDouble();
        line.found(number(ratio) + " x", ratio >= least);
    }

    private void noBetterTradeUnderContention() {
        String asked = "no peer has more throughput at a p99.9 wait within twice ours";
        var line = new Line(3, asked, Tail.NAME, Tail.ROW, Subjects.ENGINE);
        OptionalDouble rate = line.value(Tail.CYCLES);
        OptionalDouble wait = line.value(Tail.P999);
        if (rate.isEmpty() || wait.isEmpty()) {
            line.notMeasured();
            return;
        }
        String better = results.subjects(Tail.NAME, Tail.ROW).stream()
                .filter(Subjects::isPeer)
                .filter(peer -> peerValue(peer, Tail.CYCLES, 0) > rate.getAsDouble()
                        && peerValue(peer, Tail.P999, Double.MAX_VALUE) <= 2 * wait.getAsDouble())
                .collect(Collectors.joining(", "));
        line.found(better.isEmpty() ? "none has" : better + " has", better.isEmpty());
    }

    private double peerValue(String peer, String metric, double otherwise) {
        return results.value(Tail.NAME, Tail.ROW, peer, metric).orElse(otherwise);
    }

    private void inOrderWithUse() {
        for (String row : Crowds.rowsWithUse()) {
            for (String subject : measured(Crowds.NAME, row)) {
                atMost(
                        new Line(4, "longest wait at most 1.5 x ideal", Crowds.NAME, row, subject),
                        Crowds.OVER_IDEAL,
                        1.5);
                var line = new Line(4, "total time within 5% of the fastest peer's", Crowds.NAME, row, subject);
                var best = Best.peer(results, Crowds.NAME, row, Crowds.CYCLES);
                OptionalDouble rate = line.value(Crowds.CYCLES);
                if (rate.isEmpty() || best.isEmpty()) {
                    line.notMeasured();
                    continue;
                }
                double time = best.get().value() / rate.getAsDouble();
                line.found(number(time) + " x " + best.get().subject(), time <= 1.05);
            }
        }
    }

    private void cheapStatements() {
        for (String row : Statements.allRows()) {
            var line = new Line(5, "at least 1.5 x the best peer", Statements.NAME, row, Subjects.JDBC);
            var best = Best.peer(results, Statements.NAME, row, Statements.OPERATIONS);
            OptionalDouble ours = line.value(Statements.OPERATIONS);
            if (ours.isEmpty() || best.isEmpty()) {
                line.notMeasured();
                continue;
            }
            double ratio = ours.getAsDouble() / best.get().value();
            line.found(number(ratio) + " x " + best.get().subject(), ratio >= 1.5);
        }
    }

    private void cheapPolicies() {
        for (String row : Policies.allRows()) {
            var line = new Line(10, "faster than the best peer", Policies.NAME, row, PolicySubjects.CENOTE);
            var best = Best.peer(results, Policies.NAME, row, Policies.OPERATIONS);
            OptionalDouble ours = line.value(Policies.OPERATIONS);
            if (ours.isEmpty() || best.isEmpty()) {
                line.notMeasured();
                continue;
            }
            double ratio = ours.getAsDouble() / best.get().value();
            line.found(number(ratio) + " x " + best.get().subject(), ratio > 1);
        }
    }

    private void fastLanes() {
        for (String row : RedisLanes.allRows()) {
            lane(row, ServerCalls.SHARED, ServerCalls.LETTUCE_SHARED);
            lane(row, ServerCalls.LEASE, ServerCalls.LETTUCE_POOL);
        }
    }

    private void lane(String row, String ours, String theirs) {
        var line = new Line(11, "at least as fast as " + theirs, RedisLanes.NAME, row, ours);
        OptionalDouble rate = line.value(RedisLanes.CALLS_PER_MS);
        OptionalDouble mark = results.value(RedisLanes.NAME, row, theirs, RedisLanes.CALLS_PER_MS);
        if (rate.isEmpty() || mark.isEmpty()) {
            line.notMeasured();
            return;
        }
        double ratio = rate.getAsDouble() / mark.getAsDouble();
        line.found(number(ratio) + " x", ratio >= 1);
    }

    private void thinLayer() {
        for (String row : MongoLayer.allRows()) {
            for (String ours : List.of(ServerCalls.MONGO, ServerCalls.MONGO_LEASE)) {
                var calls = new Line(12, "at least 0.97 x the driver's calls", MongoLayer.NAME, row, ours);
                layer(calls, MongoLayer.CALLS_PER_MS, ratio -> ratio >= 0.97);
                if (row.endsWith("platform")) {
                    var time = new Line(12, "at most 1.03 x the driver's processor time", MongoLayer.NAME, row, ours);
                    layer(time, MongoLayer.CPU, ratio -> ratio <= 1.03);
                }
            }
        }
    }

    private void layer(Line line, String metric, DoublePredicate isThin) {
        OptionalDouble ours = line.value(metric);
        OptionalDouble drivers = results.value(line.scenario, line.row, ServerCalls.MONGO_DRIVER, metric);
        if (ours.isEmpty() || drivers.isEmpty()) {
            line.notMeasured();
            return;
        }
        double ratio = ours.getAsDouble() / drivers.getAsDouble();
        line.found(number(ratio) + " x", isThin.test(ratio));
    }

    private void cheapMetrics() {
        Metering.threads().forEach((row, threads) -> {
            for (String subject : List.of(
                    MeteredSubjects.METERED,
                    MeteredSubjects.OPERATIONS,
                    MeteredSubjects.TELEMETRY,
                    MeteredSubjects.TELEMETRY_OPERATIONS)) {
                var line = new Line(13, "at most 10 ns more", Metering.NAME, row, subject);
                OptionalDouble metered = line.value(Metering.OPERATIONS);
                OptionalDouble bare = results.value(Metering.NAME, row, MeteredSubjects.NONE, Metering.OPERATIONS);
                if (metered.isEmpty() || bare.isEmpty()) {
                    line.notMeasured();
                    continue;
                }
                double more = threads * NANOS_IN_A_MILLI / metered.getAsDouble()
                        - threads * NANOS_IN_A_MILLI / bare.getAsDouble();
                line.found(number(more) + " ns", more <= 10);
            }
            nothingStays(Metering.NAME, row, MeteredSubjects.NO_LONGER, MeteredSubjects.NONE);
        });
        nothingStays(MeteredCalls.NAME, MeteredCalls.ONLY, MeteredSubjects.CALLS_NO_LONGER, MeteredSubjects.CALLS);
    }

    private void nothingStays(String scenario, String row, String subject, String before) {
        var line = new Line(14, "no more bytes than " + before, scenario, row, subject);
        OptionalDouble most = results.value(scenario, row, before, Throughput.BYTES);
        if (most.isEmpty()) {
            line.notMeasured();
        } else {
            atMost(line, Throughput.BYTES, most.getAsDouble() + SAME_BYTES);
        }
    }

    private void onTimeInOutages() {
        for (String row : List.of(Outage.HANGS, Outage.HANGS_ON, Outage.REFUSED)) {
            for (String subject : measured(Outage.NAME, row)) {
                onTime(new Line(6, "a call alone takes 1.00 to 1.05 s", Outage.NAME, row, subject), Outage.ONE);
                onTime(new Line(6, "one of ten takes 1.00 to 1.05 s", Outage.NAME, row, subject), Outage.TEN);
                atMost(new Line(6, "well again within 0.3 s", Outage.NAME, row, subject), Outage.WELL, 300);
            }
        }
    }

    private void onTime(Line line, String metric) {
        OptionalDouble millis = line.value(metric);
        if (millis.isEmpty()) {
            line.notMeasured();
            return;
        }
        // What ends a little early has been rounded by a timer.
        line.found(number(millis.getAsDouble()) + " ms", millis.getAsDouble() >= 995 && millis.getAsDouble() <= 1_050);
    }

    private void sparingInSpikes() {
        for (String subject : measured(Spike.NAME, Spike.EMPTY)) {
            atMost(new Line(7, "all served within 190 ms", Spike.NAME, Spike.EMPTY, subject), Spike.SERVED, 190);
            atMost(new Line(7, "at most 8 opened", Spike.NAME, Spike.EMPTY, subject), Spike.OPENED, 8);
            atMost(new Line(7, "all served within 30 ms", Spike.NAME, Spike.SOME_IDLE, subject), Spike.SERVED, 30);
            atMost(new Line(7, "at most 8 opened in all", Spike.NAME, Spike.SOME_IDLE, subject), Spike.OPENED, 8);
        }
    }

    private void noMoreBytes() {
        for (String row : rows(Acquire.NAME)) {
            for (String subject : measured(Acquire.NAME, row)) {
                var line = new Line(8, "no more bytes than " + Subjects.REFERENCE, Acquire.NAME, row, subject);
                OptionalDouble most = results.value(Acquire.NAME, row, Subjects.REFERENCE, Acquire.BYTES);
                if (most.isEmpty()) {
                    line.notMeasured();
                } else {
                    atMost(line, Acquire.BYTES, most.getAsDouble() + SAME_BYTES);
                }
            }
        }
    }

    private void waitingCostsNothing() {
        for (String row : List.of(Waiting.VIRTUAL, Waiting.PLATFORM)) {
            for (String subject : measured(Waiting.NAME, row)) {
                atMost(new Line(9, "near zero", Waiting.NAME, row, subject), Waiting.CPU, NEAR_ZERO_MILLIS);
            }
        }
    }

    private void atMost(Line line, String metric, double most) {
        OptionalDouble value = line.value(metric);
        if (value.isEmpty()) {
            line.notMeasured();
        } else {
            line.found(number(value.getAsDouble()), value.getAsDouble() <= most);
        }
    }

    private List<String> rows(String scenario) {
        return List.copyOf(results.rows(scenario));
    }

    /** Cenote's subjects in a row; the engine also where nothing was measured, so that the report says so. */
    private List<String> measured(String scenario, String row) {
        List<String> measured = CENOTE.stream()
                .filter(results.subjects(scenario, row)::contains)
                .toList();
        return measured.isEmpty() ? List.of(Subjects.ENGINE) : measured;
    }

    /** A finding to be. */
    private final class Line {
        private final int number;
        private final String asked;
        private final String scenario;
        private final String row;
        private final String subject;

        Line(int number, String asked, String scenario, String row, String subject) {
            this.number = number;
            this.asked = asked;
            this.scenario = scenario;
            this.row = row;
            this.subject = subject;
        }

        OptionalDouble value(String metric) {
            return results.value(scenario, row, subject, metric);
        }

        void found(String measured, boolean met) {
            findings.add(new Finding(number, asked, scenario, row, subject, measured, Verdict.of(met)));
        }

        void notMeasured() {
            findings.add(new Finding(number, asked, scenario, row, subject, "", Verdict.NOT_MEASURED));
        }
    }
}
