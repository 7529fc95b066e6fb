package dev.cenote.opentelemetry;

import dev.cenote.protocols.Distribution;
import java.util.function.DoubleConsumer;

/**
 * Carries a distribution into a histogram, which takes one value at a time: of each bucket its middle, as often as the bucket
 * counts. Past {@link #MOST} it carries a sample of just so many, in proportion, of which the longest is always one.
 */
final class Replay {
    /** So many records at most. */
    static final int MOST = 10_000;

    private static final double NANOS = 1e9;

    private Replay() {}

    /** Gives {@code record} what was counted, in seconds, shortest first. */
    static void of(Distribution counted, DoubleConsumer record) {
        long count = counted.count();
        long kept = Math.min(count, MOST);
        long seen = 0;
        long given = 0;
        for (int bucket = 0; bucket < Distribution.BUCKETS && seen < count; bucket++) {
            seen += counted.count(bucket);
            long due = kept == count ? seen : (long) ((double) seen / count * kept);
            double seconds = Math.min(middleNanos(bucket), counted.max().toNanos()) / NANOS;
            for (; given < due; given++) {
                record.accept(seconds);
            }
        }
    }

    /** Of what took less than a microsecond, nothing, as the pool's own total has it. */
    private static double middleNanos(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        long lower = Distribution.upperNanos(bucket - 1);
        return bucket == Distribution.BUCKETS - 1 ? lower : (lower + Distribution.upperNanos(bucket)) / 2.0;
    }
}
