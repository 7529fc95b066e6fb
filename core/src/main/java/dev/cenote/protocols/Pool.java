package dev.cenote.protocols;

import dev.cenote.protocols.events.PoolListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bounded set of connections to one database. Thread-safe.
 *
 * <p>Waiting never spins: callers on platform threads and on virtual threads park, futures wait without a thread, and
 * all wait in one queue. They are served in order of arrival, save that while uses are shorter than a thread takes to wake
 * up, a newcomer may pass a waiting thread, at most until that has been woken in vain three times. An interrupted wait throws {@link
 * dev.cenote.protocols.errors.AcquireInterruptedException} and leaves the interrupt flag set. A call that gave up,
 * whichever way, leaves no waiter behind and holds no connection.
 *
 * @param <C> the connection
 */
public interface Pool<C extends Connection> extends AutoCloseable {
    /** Name of the pool, as it stands in errors, events and metrics. */
    String name();

    /**
     * Gets a connection, waiting up to the pool's acquire time-out. Whoever acquires closes the lease.
     *
     * @throws dev.cenote.protocols.errors.AcquireTimeoutException if none came in time; says in which phase, and who
     *     holds the connections ({@link dev.cenote.protocols.errors.PoolExhaustedException} when all are leased)
     * @throws dev.cenote.protocols.errors.ConnectionFailedException if connecting cannot succeed, as with a wrong password
     * @throws dev.cenote.protocols.errors.PoolClosedException if the pool is closed, also while waiting
     * @throws dev.cenote.protocols.errors.PoolPausedException if the pool is paused
     * @throws dev.cenote.protocols.errors.PoolClearedException if the pool is cleared while waiting
     * @throws dev.cenote.protocols.errors.QueueFullException if as many callers wait as may
     * @throws dev.cenote.protocols.errors.AcquireShedException if it was turned away because the queue stood
     * @throws dev.cenote.protocols.errors.CircuitOpenException if a circuit breaker guards the pool and is open
     */
    Lease<C> acquire();

    /** As {@link #acquire()}, waiting up to {@code timeout} instead. */
    Lease<C> acquire(Duration timeout);

    /** As {@link #acquire()}, waiting until {@code deadline} instead. */
    Lease<C> acquire(Deadline deadline);

    /** Gets an idle connection, or none, without waiting and without overtaking whoever waits. */
    Optional<Lease<C>> tryAcquire();

    /**
     * As {@link #acquire()}, without a thread that waits. The future completes on a thread of the pool or of whoever
     * released; cancelling it is safe at any moment: a connection that it would have got goes to the next.
     */
    CompletableFuture<Lease<C>> acquireAsync();

    /** As {@link #acquireAsync()}, waiting until {@code deadline} instead. */
    CompletableFuture<Lease<C>> acquireAsync(Deadline deadline);

    /**
     * Acquires, runs {@code operation}, releases; with the pool's retry policy and circuit breaker where it has them,
     * all within one deadline, the pool's call time-out.
     *
     * @throws dev.cenote.protocols.errors.OperationFailedException if the operation failed and was not tried again
     * @throws dev.cenote.protocols.errors.RetriesExhaustedException if the last attempt failed too
     */
    <R> R execute(Operation<? super C, R> operation);

    /** As {@link #execute(Operation)}, to end by {@code deadline} instead of the pool's call time-out. */
    <R> R execute(Operation<? super C, R> operation, Deadline deadline);

    /** As {@link #execute(Operation)}, without blocking. Cancelling the future gives the call up wherever it is. */
    <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation);

    /** As {@link #executeAsync(Operation)}, to end by {@code deadline} instead of the pool's call time-out. */
    <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline);

    /**
     * Acquires, begins a transaction, runs {@code body} in it, commits, releases. If the body throws, or asks for it, the
     * transaction is rolled back, and what the body threw flows out. Where the database has rolled the transaction back by
     * itself (a deadlock, a serialization failure, a key that was watched and has changed), or nothing of it was executed,
     * the pool's retry policy has the whole body run again, in a new transaction, within the one deadline.
     *
     * <p>The thread must not use this pool otherwise meanwhile; see {@link TransactionOptions.Nesting}. Uses of other pools
     * inherit the deadline.
     *
     * <pre>{@code
     * long id = pool.transaction(TransactionOptions.defaults(), tx -> {
     *     tx.execute(update("update account set cents = cents - 100 where id = ?", from));
     *     tx.execute(update("update account set cents = cents + 100 where id = ?", to));
     *     return tx.execute(queryOne("select ...", Row::getLong));
     * });
     * }</pre>
     *
     * @throws X what the body throws
     * @throws dev.cenote.protocols.errors.CommitUnknownException if nobody knows whether the commit took effect
     * @throws dev.cenote.protocols.errors.OperationFailedException if it failed and was not tried again
     * @throws dev.cenote.protocols.errors.RetriesExhaustedException if the last attempt failed too
     * @throws dev.cenote.protocols.errors.NestedUseException if the thread is in a transaction of this pool already
     * @see Transaction#mayBeCommittedInPart what is never run again
     */
    <R extends @Nullable Object, X extends Exception> R transaction(
            TransactionOptions options, TransactionBody<C, R, X> body) throws X;

    /**
     * As {@link #transaction}, without blocking the caller; what is refused comes with the future. The body is in the
     * transaction, and has its deadline, on the thread that begins it and until it gives its stage: nested uses by stages
     * that go on after that are not detected. Cancelling the future gives the transaction up wherever it is.
     */
    <R> CompletableFuture<R> transactionAsync(TransactionOptions options, AsyncTransactionBody<C, R> body);

    /** The figures of this moment. Does not block. */
    PoolStats stats();

    /** How well the pool is, with the reason in words. Does not block and asks no server. */
    Health health();

    /** Who holds connections at this moment, longest first. Does not block. */
    List<Holder> holders();

    /** Its slots at this moment, in their order: those that maxSize allows, and those above it whose connection is not closed yet. Does not block. */
    List<SlotView> slots();

    /**
     * All that the pool can say of itself at this moment: figures, who holds what, who waits, and what the figures suggest
     * as the reason. Takes the pool's lock for a moment to see who waits; otherwise does not block.
     */
    PoolReport report();

    /** What it connects to. */
    Database database();

    /**
     * The codes by which users know an error of this pool, the most telling one first, as {@link Classifier#codes} has them:
     * a SQLSTATE, a number, the first word of a reply. Empty if there is none.
     */
    List<String> codes(Throwable error);

    /** Tells {@code listener} all that happens from now on. */
    void addListener(PoolListener listener);

    /** No longer tells {@code listener}. Does nothing if it was not told. */
    void removeListener(PoolListener listener);

    /** How long its steps may take. */
    Timeouts timeouts();

    /** Changes how long its steps may take, from the next step on; what has begun keeps the time it had. */
    void timeouts(Timeouts timeouts);

    /**
     * Raises the generation: connections opened before are closed, the idle ones at once, the leased ones when they are
     * returned. Whoever waits fails with {@link dev.cenote.protocols.errors.PoolClearedException}.
     */
    default void clear() {
        clear(InUse.KEPT);
    }

    /** As {@link #clear()}, and says what becomes of the leased connections. */
    void clear(InUse inUse);

    /** As {@link #clear()}, then refuses to be acquired from until {@link #ready()}. Does nothing while paused. */
    default void pause() {
        pause(InUse.KEPT);
    }

    /** As {@link #pause()}, and says what becomes of the leased connections. */
    void pause(InUse inUse);

    /** Serves again after {@link #pause()}; does nothing otherwise. */
    void ready();

    /**
     * Changes the bounds while running. Connections above a lower {@code maxSize} are closed: idle ones at once, leased
     * ones on return.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless 0 &lt;= minSize &lt;= maxSize and maxSize &gt;= 1
     */
    void resize(int minSize, int maxSize);

    /**
     * Refuses further acquires, waits up to {@code timeout} until all leases have ended, then closes as {@link #close()},
     * and aborts the connections that are leased still: whatever runs on them fails.
     *
     * @return true if all leases ended in time
     */
    boolean drain(Duration timeout);

    /**
     * Closes: waiters fail with {@link dev.cenote.protocols.errors.PoolClosedException}, idle connections are closed,
     * leased ones when they are returned. Does not wait for leases; {@link #drain} does. Harmless when repeated.
     */
    @Override
    void close();
}
