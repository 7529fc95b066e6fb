package dev.cenote.micrometer;

import dev.cenote.protocols.Distribution;

/**
 * Tells what a distribution counted, duration by duration, up to a bound: past it, the same share of each bucket. What is
 * left of a bucket's share is told the next time, and what was told too much is made up for, so that in the long run every
 * bucket has its share. The longest is always told, for it is what a maximum is there for. Used by one thread at a time.
 */
final class Share {
    /** So many timings of a kind at a time take about a millisecond to record. */
    static final int MOST = 10_000;

    private static final int LAST = Distribution.BUCKETS - 1;

    private final double[] owed = new double[Distribution.BUCKETS];

    /** Is told that something took {@code nanos}, so many times. */
    interface Sink {
        void accept(long nanos, long times);
    }

    /** Tells {@code sink} of {@code counted}, shortest first. */
    void of(Distribution counted, Sink sink) {
        if (counted.count() == 0) {
            return;
        }
        double share = Math.min(1, (double) MOST / counted.count());
        int longest = longest(counted);
        for (int i = 0; i <= longest; i++) {
            owed[i] += counted.count(i) * share;
            long times = Math.max((long) owed[i], i == longest ? 1 : 0);
            if (times > 0) {
                owed[i] -= times;
                sink.accept(typical(counted, i), times);
            }
        }
    }

    private static int longest(Distribution counted) {
        int longest = LAST;
        while (counted.count(longest) == 0) {
            longest--;
        }
        return longest;
    }

    /** The middle of a bucket; of the first, what the total leaves for it; of the last, the longest. */
    private static long typical(Distribution counted, int bucket) {
        if (bucket == 0) {
            return shortest(counted);
        }
        return bucket == LAST ? counted.max().toNanos() : middle(bucket);
    }

    private static long middle(int bucket) {
        long lower = Distribution.upperNanos(bucket - 1);
        return lower + (Distribution.upperNanos(bucket) - lower) / 2;
    }

    private static long shortest(Distribution counted) {
        if (counted.count(0) == 0) {
            return 0;
        }
        double left = counted.total().toNanos();
        for (int i = 1; i < LAST; i++) {
            left -= (double) counted.count(i) * middle(i);
        }
        double mean = left / counted.count(0);
        return (long) Math.max(0, Math.min(mean, Distribution.upperNanos(0) - 1.0));
    }
}
