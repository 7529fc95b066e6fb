package dev.cenote.protocols.errors;

/** As many callers wait as may: the acquire was refused at once. */
public class QueueFullException extends PoolException {
    private static final long serialVersionUID = 1L;

    private final int maxWaiters;

    public QueueFullException(String pool, int maxWaiters) {
        super(pool, "refused: " + maxWaiters + " callers wait already (maxWaiters)", null);
        this.maxWaiters = maxWaiters;
    }

    /** How many may wait. */
    public int maxWaiters() {
        return maxWaiters;
    }
}
