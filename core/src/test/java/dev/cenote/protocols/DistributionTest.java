package dev.cenote.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Distribution.Bucket;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private static Distribution of(long... nanos) {
        var counts = new long[Distribution.BUCKETS];
        long total = 0;
        long max = 0;
        for (long each : nanos) {
            counts[Distribution.bucket(each)]++;
            total += each;
            max = Math.max(max, each);
        }
        return Distribution.of(counts, total, max);
    }

    @Test
    void eachDurationLiesInItsBucketAndIsAtMostAnEighthBelowItsEnd() {
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            long nanos = random.nextLong(1, 1L << (1 + random.nextInt(42)));
            int bucket = Distribution.bucket(nanos);
            long upper = Distribution.upperNanos(bucket);
            assertThat(nanos).as("bucket %d", bucket).isLessThan(upper);
            if (bucket > 0) {
                assertThat(nanos).isGreaterThanOrEqualTo(Distribution.upperNanos(bucket - 1));
                assertThat(upper - nanos).isLessThanOrEqualTo(nanos / 8 + 1);
            }
        }
    }

    @Test
    void theFirstBucketHasWhatTakesLessThanAMicrosecondAndTheLastWhatTakesMoreThanAnHour() {
        assertThat(Distribution.bucket(0)).isZero();
        assertThat(Distribution.bucket(1_023)).isZero();
        assertThat(Distribution.bucket(1_024)).isEqualTo(1);
        assertThat(Distribution.bucket(Duration.ofHours(2).toNanos())).isEqualTo(Distribution.BUCKETS - 1);
        assertThat(Distribution.bucket(Long.MAX_VALUE)).isEqualTo(Distribution.BUCKETS - 1);
        assertThat(Distribution.upperNanos(Distribution.BUCKETS - 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void percentilesAreNeverAboveTheLongest() {
        Distribution ten = of(
                1_000_000,
                2_000_000,
                3_000_000,
                4_000_000,
                5_000_000,
                6_000_000,
                7_000_000,
                8_000_000,
                9_000_000,
                10_000_000);
        assertThat(ten.percentile(50)).isBetween(Duration.ofMillis(5), Duration.ofNanos(5_625_000));
        assertThat(ten.percentile(100)).isEqualTo(Duration.ofMillis(10));
        assertThat(ten.max()).isEqualTo(Duration.ofMillis(10));
        assertThat(ten.mean()).isEqualTo(Duration.ofNanos(5_500_000));
        assertThat(Distribution.empty().percentile(99)).isZero();
        assertThatThrownBy(() -> ten.percentile(0)).hasMessage("percent must be above 0 and at most 100, was 0.0");
        assertThatThrownBy(() -> ten.percentile(100.1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sinceGivesWhatCameAfter() {
        Distribution before = of(5_000, 5_000_000);
        Distribution after = before.plus(of(7_000, 8_000));
        Distribution between = after.since(before);
        assertThat(between.count()).isEqualTo(2);
        assertThat(between.total()).isEqualTo(Duration.ofNanos(15_000));
        assertThat(between.max()).isBetween(Duration.ofNanos(8_000), Duration.ofNanos(9_216));
        assertThat(after.since(after)).isEqualTo(Distribution.empty());
    }

    @Test
    void instantOnesAddToTheCountAlone() {
        Distribution waits = of(2_000_000).plusInstant(9);
        assertThat(waits.count()).isEqualTo(10);
        assertThat(waits.total()).isEqualTo(Duration.ofMillis(2));
        assertThat(waits.percentile(90)).isLessThan(Duration.ofNanos(1_025));
        assertThat(waits.buckets()).first().isEqualTo(new Bucket(1_024, 9));
    }

    @Test
    void aWrongNumberOfCountsIsRefused() {
        assertThatThrownBy(() -> Distribution.of(new long[3], 0, 0))
                .hasMessage("counts must be " + Distribution.BUCKETS + ", were 3");
    }
}
