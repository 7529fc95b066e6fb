package dev.cenote.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cenote.protocols.Distribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a distribution becomes records. */
class ReplayTest {
    private static final double WIDTH_OF_A_BUCKET = 0.125;

    private static List<Double> replayed(Distribution counted) {
        var records = new ArrayList<Double>();
        Replay.of(counted, records::add);
        return records;
    }

    private static Distribution of(long[] counts, Duration longest) {
        return Distribution.of(counts, 0, longest.toNanos());
    }

    @Test
    void eachDurationIsRecordedOnceWithinHalfABucket() {
        var counts = new long[Distribution.BUCKETS];
        counts[Distribution.bucket(Duration.ofMillis(3).toNanos())] = 2;
        counts[Distribution.bucket(Duration.ofSeconds(7).toNanos())] = 1;
        List<Double> records = replayed(of(counts, Duration.ofSeconds(8)));
        assertThat(records).hasSize(3).isSorted();
        assertThat(records.get(1)).isCloseTo(0.003, within(0.003 * WIDTH_OF_A_BUCKET));
        assertThat(records.get(2)).isCloseTo(7.0, within(7 * WIDTH_OF_A_BUCKET));
    }

    @Test
    void whatTookNoTimeIsZero() {
        assertThat(replayed(Distribution.empty().plusInstant(4))).containsExactly(0.0, 0.0, 0.0, 0.0);
    }

    @Test
    void nothingIsLongerThanTheLongest() {
        var counts = new long[Distribution.BUCKETS];
        long nanos = (1L << 30) + 1;
        counts[Distribution.bucket(nanos)] = 1;
        assertThat(replayed(of(counts, Duration.ofNanos(nanos)))).containsExactly(nanos / 1e9);
    }

    @Test
    void whatTookMoreThanAnHourIsRecordedAsSuch() {
        var counts = new long[Distribution.BUCKETS];
        counts[Distribution.BUCKETS - 1] = 1;
        assertThat(replayed(of(counts, Duration.ofHours(30)))).hasSize(1).allMatch(seconds -> seconds > 3_600);
    }

    @Test
    void ofVeryManyAProportionalSampleIsRecordedAndTheLongestIsAmongThem() {
        var counts = new long[Distribution.BUCKETS];
        int slow = Distribution.bucket(Duration.ofMillis(10).toNanos());
        int slowest = Distribution.bucket(Duration.ofSeconds(1).toNanos());
        counts[0] = 3_000_000;
        counts[slow] = 1_000_000;
        counts[slowest] = 1;
        List<Double> records = replayed(of(counts, Duration.ofMillis(1_001)));
        assertThat(records).hasSize(Replay.MOST);
        assertThat(records.stream().filter(seconds -> seconds == 0).count()).isBetween(7_499L, 7_500L);
        assertThat(records.get(Replay.MOST - 1)).isGreaterThan(0.9);
        assertThat(records.get(Replay.MOST - 2)).isLessThan(0.02);
    }

    @Test
    void aSampleOfTheMostThatCanBeIsAsLarge() {
        var counts = new long[Distribution.BUCKETS];
        counts[3] = Long.MAX_VALUE / 4;
        counts[9] = Long.MAX_VALUE / 4;
        assertThat(replayed(of(counts, Duration.ofHours(1)))).hasSize(Replay.MOST);
    }

    @Test
    void nothingIsRecordedOfNothing() {
        assertThat(replayed(Distribution.empty())).isEmpty();
    }
}
