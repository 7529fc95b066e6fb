package dev.cenote.pool;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is turned away because the queue stands: controlled delay, after Nichols and Jacobson's CoDel. As long as
 * somebody was served within the target during each interval, nobody is turned away, however long the queue: it is a burst
 * and will pass. Once a whole interval has gone by without, whoever has waited for more than twice the target is turned
 * away, so that those behind still get their connection in time.
 *
 * <p>Used under the pool's lock.
 */
final class Shedding {
    private final long targetNanos;
    private final long intervalNanos;
    private boolean measured;
    private long intervalEndNanos;
    private boolean standing;
    private long leastNanos = Long.MAX_VALUE;

    private Shedding(long targetNanos, long intervalNanos) {
        this.targetNanos = targetNanos;
        this.intervalNanos = intervalNanos;
    }

    /** By the pool's options; null if nobody is ever turned away. */
    static @Nullable Shedding of(Optional<Duration> target, Duration interval) {
        return target.map(nanos -> new Shedding(nanos.toNanos(), interval.toNanos()))
                .orElse(null);
    }

    /** True if a waiter that has waited for so long is to be turned away. */
    boolean sheds(long waitedNanos, long now) {
        if (!measured || now - intervalEndNanos >= 0) {
            standing = measured && leastNanos > targetNanos && leastNanos != Long.MAX_VALUE;
            measured = true;
            leastNanos = Long.MAX_VALUE;
            intervalEndNanos = now + intervalNanos;
        }
        leastNanos = Math.min(leastNanos, waitedNanos);
        return standing && waitedNanos > 2 * targetNanos;
    }

    /** Nobody waits: no queue stands. */
    void queueIsEmpty() {
        leastNanos = 0;
        standing = false;
    }
}
