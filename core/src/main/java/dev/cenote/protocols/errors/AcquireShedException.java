package dev.cenote.protocols.errors;

import dev.cenote.protocols.PoolStats;
import java.time.Duration;

/**
 * The acquire was turned away before its deadline, because the queue has stood for too long: whoever waits behind it has
 * a better chance to be served in time. Seen only where a pool has a {@code queueTarget}.
 */
public class AcquireShedException extends PoolException {
    private static final long serialVersionUID = 1L;

    private final transient Duration waited;
    private final transient PoolStats stats;

    public AcquireShedException(String pool, Duration waited, PoolStats stats) {
        super(
                pool,
                "turned away after " + waited.toMillis() + " ms: the pool is overloaded (leased " + stats.leased()
                        + " of " + stats.maxSize() + ", waiters " + stats.waiters() + ")",
                null);
        this.waited = waited;
        this.stats = stats;
    }

    /** How long the caller waited. */
    public Duration waited() {
        return waited;
    }

    /** The pool at that moment. */
    public PoolStats stats() {
        return stats;
    }
}
