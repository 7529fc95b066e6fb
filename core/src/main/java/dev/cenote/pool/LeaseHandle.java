package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Transactional;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.protocols.events.CloseReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The engine's lease. One word says whether it is at rest, running an operation, or ended; who moves the word decides
 * who may touch the connection. So the keeper aborts an overdue operation only while that operation runs, a lease that
 * ends in the middle of one gives no busy connection to the next holder, and it ends once.
 */
final class LeaseHandle<C extends Connection> implements Lease<C> {
    private static final int AT_REST = 0;
    private static final int RUNNING = 1;
    /** The operation that runs was aborted, or its lease ended: the connection must be closed. */
    private static final int ABORTED = 2;

    private static final int ENDED = 3;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(LeaseHandle.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    final PoolCore<C> core;
    final Slot<C> slot;
    private final Thread holder;
    /** Copies: after the end of the lease the slot is another's. */
    private final long connectionId;

    private final long generation;
    private final long acquiredNanos;
    private final @Nullable Throwable site;

    private volatile int state;
    private volatile @Nullable Operation<?, ?> lastOperation;
    private volatile long overdueNanos;
    private boolean exposed;
    private boolean leakReported;
    private @Nullable LeaseTransaction<C> transaction;

    LeaseHandle(PoolCore<C> core, Slot<C> slot, Thread holder) {
        this.core = core;
        this.slot = slot;
        this.holder = holder;
        this.connectionId = slot.connectionId;
        this.generation = slot.generation;
        this.acquiredNanos = core.coarseNanos;
        this.site = core.options.captureAcquireSite() ? new Throwable("acquired here") : null;
    }

    @Override
    public long connectionId() {
        return connectionId;
    }

    @Override
    public long generation() {
        return generation;
    }

    // ---- operations

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return execute(operation, Deadline.none());
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        Deadline limit = enter(operation, deadline);
        R result;
        try {
            result = Attempts.run(operation, slot.open(), limit);
        } catch (Throwable failure) {
            Throwable failed = judgeAndLeave(operation, failure, limit);
            if (failed instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed;
        }
        slot.lastAliveNanos = core.coarseNanos;
        if (leave()) {
            throw Attempts.abortedAfterResult(operation);
        }
        return result;
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        return executeAsync(operation, Deadline.none());
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        var result = new CompletableFuture<R>();
        Deadline limit;
        try {
            limit = enter(operation, deadline);
        } catch (RuntimeException refused) {
            result.completeExceptionally(refused);
            return result;
        }
        Future<?> timer =
                core.threads.schedule(this::abortRunning, limit.remainingNanos() + Attempts.ASYNC_GRACE_NANOS);
        Attempts.start(operation, slot.open(), limit, core.threads).whenComplete((value, failure) -> {
            timer.cancel(false);
            if (failure != null) {
                result.completeExceptionally(judgeAndLeave(operation, failure, limit));
                return;
            }
            slot.lastAliveNanos = core.coarseNanos;
            if (leave()) {
                result.completeExceptionally(Attempts.abortedAfterResult(operation));
            } else {
                result.complete(value);
            }
        });
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                abortRunning();
            }
        });
        return result;
    }

    /** Marks an operation as running; gives its deadline. */
    private Deadline enter(Operation<?, ?> operation, Deadline deadline) {
        Deadline limit =
                Deadline.after(core.options.operationTimeout(), core.clock).earlier(deadline);
        overdueNanos = core.clock.nanoTime() + limit.remainingNanos() + Attempts.GRACE_NANOS;
        if (!STATE.compareAndSet(this, AT_REST, RUNNING)) {
            throw state == ENDED
                    ? new LeaseClosedException(
                            "lease of connection " + connectionId() + " of pool " + core.options.name() + " has ended")
                    : new LeaseClosedException("lease of connection " + connectionId() + " of pool "
                            + core.options.name() + " is running another operation");
        }
        if (slot.doom == CloseReason.ERROR) {
            leave();
            throw new StaleConnectionException(connectionId, "an earlier error on this lease has broken it");
        }
        lastOperation = operation;
        return limit;
    }

    /**
     * The error for a failed operation, which is marked as ended. First the verdict, then the end: between them another
     * thread might return the lease, with its connection not yet marked as broken.
     */
    private Throwable judgeAndLeave(Operation<?, ?> operation, Throwable failure, Deadline limit) {
        try {
            return Attempts.failed(this, operation, failure, limit, state == ABORTED);
        } catch (RuntimeException judging) {
            // A user's operation that throws while it is asked what was applied.
            slot.doom(CloseReason.ERROR);
            judging.addSuppressed(failure);
            return judging;
        } finally {
            leave();
        }
    }

    /** Marks the running operation as ended; true if it was aborted meanwhile. */
    private boolean leave() {
        if (STATE.compareAndSet(this, RUNNING, AT_REST)) {
            return false;
        }
        slot.doom(CloseReason.ERROR);
        if (STATE.compareAndSet(this, ABORTED, AT_REST)) {
            return true;
        }
        // The lease ended while the operation ran; whoever ended it has left the connection to us.
        core.release(slot, CloseReason.ERROR);
        return true;
    }

    /** Frees whoever is blocked in the running operation, if one still runs. */
    private void abortRunning() {
        C connection = slot.connection;
        if (STATE.compareAndSet(this, RUNNING, ABORTED) && connection != null) {
            core.connector.abort(connection);
        }
    }

    /** The keeper's: a driver that does not end by the deadline is made to. */
    void abortIfOverdue(long now) {
        if (state == RUNNING && now - overdueNanos > 0) {
            abortRunning();
        }
    }

    // ---- transactions and the driver's objects

    @Override
    public Transaction begin(TransactionOptions options) {
        C connection = open();
        if (!(connection instanceof Transactional transactional)) {
            throw new TransactionException("pool " + core.options.name() + " has no transactions on its connections");
        }
        if (transaction != null && transaction.isOpen()) {
            throw new TransactionException("a transaction is open already on connection " + connectionId());
        }
        var begun = new LeaseTransaction<>(this, transactional);
        begun.begin(options);
        transaction = begun;
        return begun;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        T driver = open().unwrap(type);
        exposed = true;
        return driver;
    }

    private C open() {
        if (state == ENDED) {
            throw new LeaseClosedException(
                    "lease of connection " + connectionId() + " of pool " + core.options.name() + " has ended");
        }
        return slot.open();
    }

    // ---- the end

    @Override
    public void invalidate() {
        end(CloseReason.ERROR);
    }

    @Override
    public void close() {
        end(null);
    }

    private void end(@Nullable CloseReason found) {
        C connection = slot.connection; // before the end: after it, the slot may be another's
        int before = (int) STATE.getAndSet(this, ENDED);
        if (before == AT_REST) {
            if (exposed) {
                slot.lastAliveNanos = core.coarseNanos;
            }
            core.release(slot, found);
        } else if (before != ENDED && connection != null) {
            // Ended in the middle of an operation: that operation gives the slot back, and is hurried up.
            core.connector.abort(connection);
        }
    }

    /** True if closing would cost a round trip, and so must not happen on a thread of a driver's. */
    boolean isCloseBlocking() {
        return state == AT_REST && core.supply.needsReset(slot);
    }

    @Override
    public boolean isClosed() {
        return state == ENDED;
    }

    // ---- for reports

    @Override
    public Duration age() {
        return Duration.ofNanos(Math.max(0, core.coarseNanos - acquiredNanos));
    }

    long acquiredNanos() {
        return acquiredNanos;
    }

    /** True the first time. Only the keeper asks. */
    boolean reportLeakOnce() {
        boolean first = !leakReported;
        leakReported = true;
        return first;
    }

    Holder holder() {
        Operation<?, ?> last = lastOperation;
        return new Holder(
                connectionId,
                holder.getName(),
                age(),
                last == null ? Optional.empty() : Optional.of(Attempts.describe(last)),
                site == null ? List.of() : AcquireSite.of(site));
    }

    @Override
    public String toString() {
        return "Lease[pool " + core.options.name() + ", connection " + connectionId + (isClosed() ? ", ended]" : "]");
    }
}
