package dev.cenote.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.benchmarks.report.Finding.Verdict;
import dev.cenote.benchmarks.scenarios.Acquire;
import dev.cenote.benchmarks.scenarios.Crowds;
import dev.cenote.benchmarks.scenarios.MeteredCalls;
import dev.cenote.benchmarks.scenarios.Metering;
import dev.cenote.benchmarks.scenarios.MongoLayer;
import dev.cenote.benchmarks.scenarios.Tail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures are held against what is asked. */
class RequirementsTest {
    private static final String ROW = "32 connections, 1 thread";
    private static final String CROWD = Crowds.rowsWithUse().get(0);

    private final List<Measurement> measurements = new ArrayList<>();

    @Test
    void fasterThanTheFastestPeerIsMet() {
        acquires("cenote-engine", 200, 32);
        acquires("hikaricp", 100, 56);
        acquires("stormpot", 199, 0);

        assertThat(verdicts(1)).containsExactly(Verdict.MET);
    }

    @Test
    void aBaselineIsNoPeer() {
        acquires("cenote-engine", 200, 32);
        acquires("hikaricp", 100, 56);
        acquires("lower-bound", 300, 0);
        acquires("semaphore-deque", 300, 0);

        assertThat(verdicts(1)).containsExactly(Verdict.MET);
    }

    @Test
    void oneFasterPeerIsEnoughForNotMet() {
        acquires("cenote-engine", 200, 32);
        acquires("hikaricp", 100, 56);
        acquires("stormpot", 201, 0);

        assertThat(verdicts(1)).containsExactly(Verdict.NOT_MET);
    }

    @Test
    void whatWasNotMeasuredIsNeitherMetNorNot() {
        acquires("hikaricp", 100, 56);

        assertThat(verdicts(1)).containsExactly(Verdict.NOT_MEASURED);
        assertThat(verdicts(5)).containsOnly(Verdict.NOT_MEASURED);
    }

    @Test
    void theLowerBoundIsNearFromSeventyPercentOn() {
        acquires("cenote-engine", 70, 32);
        acquires("lower-bound", 100, 0);

        assertThat(findings(2))
                .filteredOn(finding ->
                        finding.row().equals(ROW) && finding.subject().equals("cenote-engine"))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.MET);
    }

    @Test
    void aByteMoreThanHikariIsNotMet() {
        acquires("cenote-engine", 200, 57);
        acquires("hikaricp", 100, 56);

        assertThat(verdicts(8)).containsExactly(Verdict.NOT_MET);
    }

    @Test
    void aPeerThatIsFasterMayHaveALongerTail() {
        waits("cenote-engine", 100, 10);
        waits("stormpot", 150, 20.1);

        assertThat(verdicts(3)).containsExactly(Verdict.MET);
    }

    @Test
    void aPeerThatIsFasterAtNearlyOurTailIsNotMet() {
        waits("cenote-engine", 100, 10);
        waits("stormpot", 150, 19.9);

        assertThat(verdicts(3)).containsExactly(Verdict.NOT_MET);
    }

    @Test
    void totalTimeMayBeFivePercentLonger() {
        crowd("cenote-engine", 96, 1.2);
        crowd("hikaricp", 100, 50);

        assertThat(findings(4))
                .filteredOn(finding -> finding.row().equals(CROWD))
                .extracting(Finding::verdict)
                .containsOnly(Verdict.MET);
    }

    @Test
    void aLayerMayCostThreePercentOfTheDriversCalls() {
        String row = MongoLayer.allRows().get(0);
        add(MongoLayer.NAME, row, "mongo-driver", Map.of(MongoLayer.CALLS_PER_MS, 100.0, MongoLayer.CPU, 20.0));
        add(MongoLayer.NAME, row, "cenote-mongo", Map.of(MongoLayer.CALLS_PER_MS, 97.0, MongoLayer.CPU, 20.7));
        add(MongoLayer.NAME, row, "cenote-mongo-lease", Map.of(MongoLayer.CALLS_PER_MS, 96.9, MongoLayer.CPU, 20.6));

        assertThat(findings(12))
                .filteredOn(finding -> finding.row().equals(row))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.MET, Verdict.NOT_MET, Verdict.NOT_MET, Verdict.MET);
    }

    @Test
    void metricsMayCostTenNanoseconds() {
        meters("cenote-unmetered", 50_000); // 20 ns
        meters("cenote-metered", 33_400); // 29.9 ns
        meters("cenote-metered-operations", 33_300); // 30.03 ns
        meters("cenote-telemetry", 33_400);
        meters("cenote-telemetry-operations", 33_300);

        assertThat(findings(13))
                .filteredOn(finding -> finding.row().equals(ROW))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.MET, Verdict.NOT_MET, Verdict.MET, Verdict.NOT_MET);
    }

    @Test
    void onceNobodyListensAnyMoreACycleAllocatesWhatItDidBefore() {
        add(Metering.NAME, ROW, "cenote-unmetered", Map.of(Metering.BYTES, 24.0));
        add(Metering.NAME, ROW, "cenote-no-longer-metered", Map.of(Metering.BYTES, 24.4));
        add(MeteredCalls.NAME, ROW, "cenote-calls-unmetered", Map.of(MeteredCalls.BYTES, 48.0));
        add(MeteredCalls.NAME, ROW, "cenote-calls-no-longer-metered", Map.of(MeteredCalls.BYTES, 72.0));

        assertThat(findings(14))
                .filteredOn(finding -> finding.row().equals(ROW))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.MET, Verdict.NOT_MET);
    }

    @Test
    void numbersHaveThreeDigitsThatMatter() {
        assertThat(List.of(0.0, 0.1234, 1.234, 12.34, 123.4, 123_456.7))
                .extracting(MarkdownReport::number)
                .containsExactly("0", "0.123", "1.23", "12.3", "123", "123,457");
    }

    private void acquires(String subject, double rate, double bytes) {
        add(Acquire.NAME, ROW, subject, Map.of(Acquire.OPERATIONS, rate, Acquire.BYTES, bytes));
    }

    private void meters(String subject, double rate) {
        add(Metering.NAME, ROW, subject, Map.of(Metering.OPERATIONS, rate));
    }

    private void waits(String subject, double rate, double p999) {
        add(Tail.NAME, Tail.ROW, subject, Map.of(Tail.CYCLES, rate, Tail.P999, p999));
    }

    private void crowd(String subject, double rate, double overIdeal) {
        add(Crowds.NAME, CROWD, subject, Map.of(Crowds.CYCLES, rate, Crowds.OVER_IDEAL, overIdeal));
    }

    private void add(String scenario, String row, String subject, Map<String, Double> values) {
        measurements.add(new Measurement(scenario, row, subject, 1, values, ""));
    }

    private List<Finding> findings(int number) {
        return new Requirements(new Results(measurements))
                .findings().stream()
                        .filter(finding -> finding.number() == number)
                        .toList();
    }

    private List<Verdict> verdicts(int number) {
        return findings(number).stream().map(Finding::verdict).toList();
    }
}
