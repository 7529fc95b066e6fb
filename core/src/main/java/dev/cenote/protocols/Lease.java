package dev.cenote.protocols;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Closeable handle on an acquired connection, which is the holder's alone until {@link #close()}.
 *
 * <p>Used by one thread at a time. It ends once: closing again is harmless, and any other use after the end throws
 * {@link dev.cenote.protocols.errors.LeaseClosedException} and never touches the connection of the next holder.
 *
 * @param <C> the connection
 */
public interface Lease<C extends Connection> extends AutoCloseable {
    /** Number of the connection, counted up from 1 in its pool. */
    long connectionId();

    /** Generation of the pool in which the connection was opened. */
    long generation();

    /**
     * Runs {@code operation} within the pool's operation time-out and blocks until its result is there. No retry: that
     * is {@link Pool#execute}'s.
     *
     * @throws dev.cenote.protocols.errors.OperationFailedException with the verdict and the driver's exception as cause
     * @throws dev.cenote.protocols.errors.StaleConnectionException if an earlier error on this lease has broken its
     *     connection; nothing was sent
     */
    <R> R execute(Operation<? super C, R> operation);

    /** As {@link #execute(Operation)}, to end by {@code deadline} as well as within the pool's operation time-out. */
    <R> R execute(Operation<? super C, R> operation, Deadline deadline);

    /**
     * Runs {@code operation} without blocking. The lease must stay open until the future has completed; a future that
     * is cancelled evicts the connection, since nobody knows what its server still does.
     */
    <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation);

    /** As {@link #executeAsync(Operation)}, to end by {@code deadline} as well. */
    <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline);

    /**
     * Begins a transaction: operations on this lease belong to it until it ends. One that is still open when the lease
     * ends is rolled back.
     *
     * @throws dev.cenote.protocols.errors.TransactionException if one is open already, or the backend has none
     * @throws dev.cenote.protocols.errors.OperationFailedException if the server refuses
     */
    Transaction begin(TransactionOptions options);

    /** As {@link #begin(TransactionOptions)}; beginning and committing end by {@code deadline} as well. */
    Transaction begin(TransactionOptions options, Deadline deadline);

    /** The driver's own object; see {@link Connection#unwrap}. */
    <T> T unwrap(Class<T> type);

    /** How long it has been held, to the precision of the pool's coarse clock (its keeper's interval); zero once it has ended. */
    Duration age();

    /** Ends the lease and closes the connection instead of returning it: the holder knows that it is broken. */
    void invalidate();

    /** True once the lease has ended. */
    boolean isClosed();

    /**
     * Ends the lease and returns the connection. Where its session was changed, restores it first, which may block for
     * round trips to the server but no longer than the reset time-out; a connection that cannot be restored is closed.
     * Does not throw.
     */
    @Override
    void close();
}
