package dev.cenote.pool;

import dev.cenote.protocols.Distribution;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations by bucket. Written by many threads, seldom enough for plain atomics. */
final class Histogram {
    private final AtomicLongArray counts = new AtomicLongArray(Distribution.BUCKETS);
    private final LongAdder totalNanos = new LongAdder();
    private final AtomicLong maxNanos = new AtomicLong();

    void record(long nanos) {
        record(nanos, 1);
    }

    /** Counts a duration that stands for {@code times} of its kind. */
    void record(long nanos, int times) {
        long counted = Math.max(0, nanos);
        counts.getAndAdd(Distribution.bucket(counted), times);
        totalNanos.add(counted * times);
        if (counted > maxNanos.get()) {
            maxNanos.accumulateAndGet(counted, Math::max);
        }
    }

    /** What was counted so far. */
    Distribution snapshot() {
        var copy = new long[Distribution.BUCKETS];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.get(i);
        }
        return Distribution.of(copy, totalNanos.sum(), maxNanos.get());
    }

    /** How many were counted. */
    long count() {
        long count = 0;
        for (int i = 0; i < Distribution.BUCKETS; i++) {
            count += counts.get(i);
        }
        return count;
    }
}
