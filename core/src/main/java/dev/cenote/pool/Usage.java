package dev.cenote.pool;

/**
 * How long connections are typically used, which decides how waiters are served. A hand-off costs a wake-up, tens of
 * microseconds on a platform thread, in which the connection lies idle. Beside the use of a real query that is nothing, and
 * order keeps the longest wait near the ideal. Where a use takes less than a wake-up, strict order would make each use
 * cost one, and newcomers may pass within a bound.
 *
 * <p>Only uses that began with a hand-off are measured: nobody else reads a precise clock. The estimate follows the median,
 * one step for each use, since a mean would follow the few holders that lost their processor.
 *
 * <p>Used under the pool's lock.
 */
final class Usage {
    /** Below it passing is worth it, above {@link #LONG_NANOS} order is; between them all stays as it is. */
    private static final long SHORT_NANOS = 20_000;

    private static final long LONG_NANOS = 40_000;

    /** Bounds of the estimate, so that it soon follows a change of load. */
    private static final long LEAST_NANOS = 5_000;

    private static final long MOST_NANOS = 160_000;

    private long typicalNanos = MOST_NANOS;
    private boolean isLong = true;

    /** Takes note of a use. True if waiters are to be served in order. */
    boolean record(long nanos) {
        long step = typicalNanos >> 3;
        typicalNanos = nanos > typicalNanos
                ? Math.min(typicalNanos + step, MOST_NANOS)
                : Math.max(typicalNanos - step, LEAST_NANOS);
        if (typicalNanos < SHORT_NANOS) {
            isLong = false;
        } else if (typicalNanos > LONG_NANOS) {
            isLong = true;
        }
        return isLong;
    }
}
