package dev.cenote.protocols;

import java.util.concurrent.CompletableFuture;

/**
 * What the body of a transaction works with. Used by one thread at a time, and only until the body has ended: after that
 * its methods throw {@link dev.cenote.protocols.errors.TransactionException}.
 *
 * @param <C> the connection
 */
public interface TransactionContext<C extends Connection> {
    /**
     * Runs {@code operation} as part of the transaction and blocks until its result is there. Let its errors out of the
     * body: they decide whether the whole runs again.
     *
     * @throws dev.cenote.protocols.errors.OperationFailedException with the verdict and the driver's exception as cause
     */
    <R> R execute(Operation<? super C, R> operation);

    /** As {@link #execute}, without blocking. One operation runs at a time: begin the next when the future has completed. */
    <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation);

    /**
     * Marks a point to which the transaction can be rolled back.
     *
     * @throws dev.cenote.protocols.errors.TransactionException if the database has no savepoints
     */
    Savepoint savepoint();

    /** Has the transaction rolled back at its end, though the body ends well and its result is given. */
    void setRollbackOnly();

    /** By when the whole must have ended, all attempts included. */
    Deadline deadline();

    /** The driver's own object; see {@link Connection#unwrap}. */
    <T> T unwrap(Class<T> type);
}
