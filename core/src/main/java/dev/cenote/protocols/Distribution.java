package dev.cenote.protocols;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long something took, many times: counts by duration, in buckets an eighth of a power of two wide, so that a percentile
 * is at most an eighth too high. What took less than a microsecond is one bucket, what took more than an hour another.
 *
 * <p>A snapshot; immutable.
 */
public final class Distribution {
    /** Eight buckets for each power of two, of which the first begins at 1,024 ns. */
    private static final int STEPS = 3;

    private static final int FIRST_POWER = 10;
    private static final int LAST_POWER = 42;

    /** How many buckets there are. */
    public static final int BUCKETS = ((LAST_POWER - FIRST_POWER) << STEPS) + 2;

    private static final Distribution EMPTY = new Distribution(new long[BUCKETS], 0, 0);

    private final long[] counts;
    private final long count;
    private final long totalNanos;
    private final long maxNanos;

    private Distribution(long[] counts, long totalNanos, long maxNanos) {
        this.counts = counts;
        this.count = Arrays.stream(counts).sum();
        this.totalNanos = totalNanos;
        this.maxNanos = maxNanos;
    }

    /** One in which nothing was counted. */
    public static Distribution empty() {
        return EMPTY;
    }

    /**
     * One with those counts.
     *
     * @param counts by bucket, as {@link #bucket} numbers them
     * @param totalNanos all durations together
     * @param maxNanos the longest
     * @throws IllegalArgumentException if there are not {@link #BUCKETS} counts
     */
    public static Distribution of(long[] counts, long totalNanos, long maxNanos) {
        if (counts.length != BUCKETS) {
            throw new IllegalArgumentException("counts must be " + BUCKETS + ", were " + counts.length);
        }
        return new Distribution(counts.clone(), totalNanos, maxNanos);
    }

    /** The number of the bucket in which a duration is counted. */
    public static int bucket(long nanos) {
        if (nanos < 1L << FIRST_POWER) {
            return 0;
        }
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        if (power >= LAST_POWER) {
            return BUCKETS - 1;
        }
        int step = (int) (nanos >>> (power - STEPS)) & ((1 << STEPS) - 1);
        return 1 + ((power - FIRST_POWER) << STEPS) + step;
    }

    /** Where the bucket of that number ends, in nanoseconds; {@code Long.MAX_VALUE} for the last. */
    public static long upperNanos(int bucket) {
        if (bucket >= BUCKETS - 1) {
            return Long.MAX_VALUE;
        }
        if (bucket == 0) {
            return 1L << FIRST_POWER;
        }
        int power = FIRST_POWER + ((bucket - 1) >>> STEPS);
        long step = (bucket - 1 & ((1 << STEPS) - 1)) + 1L;
        return (1L << power) + (step << (power - STEPS));
    }

    /** How many durations were counted. */
    public long count() {
        return count;
    }

    /** How many were counted in the bucket of that number. */
    public long count(int bucket) {
        return counts[bucket];
    }

    /** All durations together. */
    public Duration total() {
        return Duration.ofNanos(totalNanos);
    }

    /** The longest; zero if there was none. Of a {@linkplain #since difference} it is the end of its last bucket. */
    public Duration max() {
        return Duration.ofNanos(maxNanos);
    }

    /** The mean; zero if there was none. */
    public Duration mean() {
        return count == 0 ? Duration.ZERO : Duration.ofNanos(totalNanos / count);
    }

    /**
     * The duration that {@code percent} of all did not exceed, rounded up to the end of its bucket but never above the
     * longest; zero if there was none.
     *
     * @throws IllegalArgumentException unless 0 &lt; percent &lt;= 100
     */
    public Duration percentile(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be above 0 and at most 100, was " + percent);
        }
        long rank = Math.max(1, (long) Math.ceil(count * (percent / 100)));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Duration.ofNanos(Math.min(upperNanos(i), maxNanos));
            }
        }
        return Duration.ZERO;
    }

    /** What was counted since {@code earlier}, a snapshot of the same. */
    public Distribution since(Distribution earlier) {
        var difference = new long[BUCKETS];
        int last = -1;
        for (int i = 0; i < BUCKETS; i++) {
            difference[i] = Math.max(0, counts[i] - earlier.counts[i]);
            last = difference[i] > 0 ? i : last;
        }
        long longest = last < 0 ? 0 : Math.min(upperNanos(last), maxNanos);
        return new Distribution(difference, Math.max(0, totalNanos - earlier.totalNanos), longest);
    }

    /** This and {@code other} together. */
    public Distribution plus(Distribution other) {
        var sums = new long[BUCKETS];
        Arrays.setAll(sums, i -> counts[i] + other.counts[i]);
        return new Distribution(sums, totalNanos + other.totalNanos, Math.max(maxNanos, other.maxNanos));
    }

    /** This, with {@code more} durations of less than a microsecond, which add nothing to the total. */
    public Distribution plusInstant(long more) {
        if (more <= 0) {
            return this;
        }
        long[] sums = counts.clone();
        sums[0] += more;
        return new Distribution(sums, totalNanos, maxNanos);
    }

    /** The buckets in which something was counted, shortest first. */
    public List<Bucket> buckets() {
        var buckets = new ArrayList<Bucket>();
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] > 0) {
                buckets.add(new Bucket(upperNanos(i), counts[i]));
            }
        }
        return buckets;
    }

    /**
     * A bucket.
     *
     * @param upperNanos where it ends; {@code Long.MAX_VALUE} for the last
     * @param count how many were counted in it
     */
    public record Bucket(long upperNanos, long count) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution that
                && Arrays.equals(counts, that.counts)
                && totalNanos == that.totalNanos
                && maxNanos == that.maxNanos;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "Distribution[count " + count + ", mean " + mean() + ", p50 " + percentile(50) + ", p99 "
                + percentile(99) + ", max " + max() + "]";
    }
}
