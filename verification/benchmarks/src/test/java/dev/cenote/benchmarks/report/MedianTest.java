package dev.cenote.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rounds of a row are made one by their median. */
class MedianTest {
    @Test
    void oneRoundCountsAsItIs() {
        assertThat(Results.median(new double[] {7})).hasValue(7);
    }

    @Test
    void oneOutlierOfThreeDoesNotCount() {
        assertThat(Results.median(new double[] {5, 1_000, 4})).hasValue(5);
    }

    @Test
    void betweenTwoInTheMiddleLiesTheirMean() {
        assertThat(Results.median(new double[] {4, 1, 2, 1_000})).hasValue(3);
    }

    @Test
    void whatWasNotMeasuredHasNone() {
        assertThat(new Results(List.of()).value("acquire", "row", "hikaricp", "opsPerMs"))
                .isEmpty();
    }

    @Test
    void aRoundThatFailedIsLeftOut() {
        var results = new Results(List.of(
                new Measurement("acquire", "row", "dbcp2", 1, Map.of(), "failed"),
                new Measurement("acquire", "row", "dbcp2", 2, Map.of("opsPerMs", 3.0), "")));

        assertThat(results.value("acquire", "row", "dbcp2", "opsPerMs")).hasValue(3);
        assertThat(results.note("acquire", "row", "dbcp2")).isEqualTo("failed");
    }
}
