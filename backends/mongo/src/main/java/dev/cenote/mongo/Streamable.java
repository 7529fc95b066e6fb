package dev.cenote.mongo;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.TransactionContext;
import dev.cenote.protocols.errors.ConfigurationException;

/**
 * A read whose results need not be held in memory all at once. Each of the ways below asks the server for a batch, and for
 * the next when that has been used; no more than one batch is held. {@code batchSize} says how large it is.
 *
 * <ul>
 *   <li>{@link #cursor(Lease)} on a lease that its holder keeps;
 *   <li>{@link MongoPool#stream} as a {@code Stream}, and {@link MongoPool#publisher} as a {@code Flow.Publisher}, which
 *       hold a lease until they have ended.
 * </ul>
 *
 * <p>To fetch a batch is an operation of its own, with the pool's operation time-out, and the errors of an operation; it is
 * not tried again, since nobody knows what the server has sent already. To open one is tried again by the driver only.
 *
 * @param <T> what a document becomes
 */
public sealed interface Streamable<T> permits Find, Aggregate {
    /**
     * Opens a cursor on {@code lease}, with the first batch; blocks until it is there. Whoever opens it closes it; one that
     * is left open is closed as the lease ends.
     *
     * @throws dev.cenote.protocols.errors.OperationFailedException with the verdict and the driver's exception as cause
     * @throws ConfigurationException if it is an aggregation that writes
     */
    default Cursor<T> cursor(Lease<MongoConnection> lease) {
        return Cursor.open(this, lease::execute, () -> {});
    }

    /** As {@link #cursor(Lease)}, as part of a transaction, with which it ends. */
    default Cursor<T> cursor(TransactionContext<MongoConnection> transaction) {
        return Cursor.open(this, transaction::execute, () -> {});
    }
}
