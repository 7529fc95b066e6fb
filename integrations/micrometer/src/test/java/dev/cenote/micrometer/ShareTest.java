package dev.cenote.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cenote.protocols.Distribution;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is told of a distribution that counted more than can be told. */
class ShareTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private final Share share = new Share();
    private final Map<Long, Long> told = new TreeMap<>();

    private void tell(Distribution counted) {
        share.of(counted, (nanos, times) -> told.merge(nanos, times, Long::sum));
    }

    private static Distribution counted(Object... nanosAndTimes) {
        var counts = new long[Distribution.BUCKETS];
        long total = 0;
        long max = 0;
        for (int i = 0; i < nanosAndTimes.length; i += 2) {
            long nanos = (long) nanosAndTimes[i];
            int times = (int) nanosAndTimes[i + 1];
            counts[Distribution.bucket(nanos)] += times;
            total += nanos * times;
            max = Math.max(max, nanos);
        }
        return Distribution.of(counts, total, max);
    }

    private long times() {
        return told.values().stream().mapToLong(Long::longValue).sum();
    }

    private double sum() {
        return told.entrySet().stream()
                .mapToDouble(entry -> (double) entry.getKey() * entry.getValue())
                .sum();
    }

    @Test
    void nothingIsToldOfNothing() {
        tell(Distribution.empty());
        assertThat(told).isEmpty();
    }

    @Test
    void upToTheBoundEachIsTold() {
        tell(counted(300L, 5_000, 3 * MILLI, 4_999, 70 * MILLI, 1));
        assertThat(times()).isEqualTo(10_000);
        assertThat(told).hasSize(3);
    }

    @Test
    void aDurationIsToldWithinASixteenthAndWhatIsShorterThanAMicrosecondByItsMean() {
        tell(counted(3 * MILLI, 10));
        assertThat((double) told.keySet().iterator().next()).isCloseTo(3.0 * MILLI, within(3.0 * MILLI / 16));
        told.clear();
        tell(counted(300L, 10));
        assertThat(told).containsExactly(Map.entry(300L, 10L));
    }

    @Test
    void instantsAddUpToNothing() {
        tell(Distribution.empty().plusInstant(9_000));
        assertThat(told).containsExactly(Map.entry(0L, 9_000L));
    }

    @Test
    void pastTheBoundTheShareIsProportional() {
        tell(counted(10 * MICRO, 900_000, 5 * MILLI, 100_000));
        assertThat(times()).isBetween(9_998L, 10_001L);
        assertThat(told.values()).containsExactly(9_000L, 1_000L);
    }

    @Test
    void theLongestIsToldHoweverRareAndDoesNotCountTwiceInTheLongRun() {
        for (int i = 0; i < 100; i++) {
            tell(counted(10 * MICRO, 999_999, 5_000 * MILLI, 1));
        }
        long slow = told.entrySet().stream()
                .filter(entry -> entry.getKey() > 1_000 * MILLI)
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(slow).as("each time").isEqualTo(100);
        told.clear();
        for (int i = 0; i < 100; i++) {
            tell(counted(10 * MICRO, 999_999, 5_000 * MILLI, 1, 9_000 * MILLI, 1));
        }
        assertThat(told.keySet())
                .as("what was told too often is made up for")
                .noneMatch(nanos -> nanos > 4_000 * MILLI && nanos < 6_000 * MILLI);
    }

    @Test
    void whatIsRareIsToldInTheLongRun() {
        for (int i = 0; i < 1_000; i++) {
            tell(counted(10 * MICRO, 1_000_000, 5 * MILLI, 10, 80 * MILLI, 1_000));
        }
        long rare = told.entrySet().stream()
                .filter(entry -> entry.getKey() > MILLI && entry.getKey() < 10 * MILLI)
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(rare).isBetween(98L, 101L);
    }

    @Test
    void theSumStaysNearTheTotal() {
        Distribution mixed = counted(400L, 100, 7 * MICRO, 1_000, 900 * MICRO, 500, 12 * MILLI, 50, 2_000 * MILLI, 3);
        tell(mixed);
        assertThat(sum())
                .isCloseTo(
                        (double) mixed.total().toNanos(), within(mixed.total().toNanos() / 16.0));
    }

    @Test
    void theLastBucketIsToldByItsLongest() {
        long hours = 3 * 3_600_000L * MILLI;
        tell(counted(hours, 2));
        assertThat(told).containsExactly(Map.entry(hours, 2L));
    }
}
