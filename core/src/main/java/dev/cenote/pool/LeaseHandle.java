package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Footprint;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Transactional;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.protocols.events.CloseReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * The engine's lease: a connection in its slot, and the word of the slot's turn. It keeps nothing that could get out of step with the slot: whether
 * it has ended, whether an operation runs and whether its connection is broken stand in the slot's word, and whatever it
 * does begins with a compare-and-set there that names its turn. So a lease that ends in the middle of an operation gives no
 * busy connection to the next holder, and it ends once.
 *
 * <p>Small on purpose: it is the one thing that each acquire allocates.
 */
final class LeaseHandle<C extends Connection> implements Lease<C> {
    /** Not the slot's, which holds another's after the end of the lease. */
    final Member<C> member;

    private final long lease;

    LeaseHandle(Member<C> member, long lease) {
        this.member = member;
        this.lease = lease;
    }

    Slot<C> slot() {
        return member.slot();
    }

    PoolCore<C> core() {
        return slot().core;
    }

    @Override
    public long connectionId() {
        return member.id;
    }

    @Override
    public long generation() {
        return member.generation;
    }

    // ---- operations

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return execute(operation, Deadline.none());
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        return execute(operation, core().operationLimit(deadline), Phase.EXECUTE);
    }

    /** Runs an operation, or a step of a transaction, until {@code limit}. */
    <R> R execute(Operation<? super C, R> operation, Deadline limit, Phase phase) {
        Footprint footprint = Footprint.current();
        boolean single = footprint != null && isSingle();
        Execution<C> running = enter(operation, limit, phase);
        R result;
        try {
            result = Attempts.run(operation, member.connection, running.limit);
        } catch (Throwable failure) {
            Throwable failed = judgeAndLeave(running, failure);
            if (footprint != null) {
                Attempts.mark(footprint, running, single, failed);
            }
            if (failed instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed;
        }
        slot().lastAliveNanos = core().coarseNanos;
        if (footprint != null) {
            Attempts.mark(footprint, running, single, null);
        }
        if (!leave(running)) {
            throw Attempts.abortedAfterResult(running);
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
        Footprint footprint = Footprint.current();
        boolean single = footprint != null && isSingle();
        Execution<C> running;
        try {
            running = enter(operation, core().operationLimit(deadline), Phase.EXECUTE);
        } catch (RuntimeException refused) {
            result.completeExceptionally(refused);
            return result;
        }
        PoolThreads threads = core().threads;
        Future<?> timer = threads.schedule(running::abort, running.limit.remainingNanos() + Attempts.ASYNC_GRACE_NANOS);
        Attempts.start(operation, member.connection, running.limit, threads).whenComplete((value, failure) -> {
            timer.cancel(false);
            if (failure != null) {
                Throwable failed = judgeAndLeave(running, failure);
                if (footprint != null) {
                    Attempts.mark(footprint, running, single, failed);
                }
                result.completeExceptionally(failed);
                return;
            }
            if (footprint != null) {
                Attempts.mark(footprint, running, single, null);
            }
            slot().lastAliveNanos = core().coarseNanos;
            if (leave(running)) {
                result.complete(value);
            } else {
                result.completeExceptionally(Attempts.abortedAfterResult(running));
            }
        });
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                running.abort();
            }
        });
        return result;
    }

    /** True if what runs now is no part of a transaction. */
    private boolean isSingle() {
        LeaseTransaction<C> last = slot().transaction;
        return last == null || !last.isOpen(this);
    }

    /** Marks an operation as running. */
    private Execution<C> enter(Operation<?, ?> operation, Deadline limit, Phase phase) {
        PoolCore<C> core = core();
        var entered = new Execution<>(core, member, operation, limit, phase);
        if (!slot().moveLease(lease, SlotState.LEASED, SlotState.RUNNING)) {
            throw isClosed()
                    ? ended()
                    : new LeaseClosedException("lease of connection " + connectionId() + " of pool "
                            + core.options.name() + " is running another operation");
        }
        slot().execution = entered;
        long word = slot().word();
        if (SlotState.state(word) == SlotState.ENDED) { // ended before it could see what it ends
            leave(entered);
            throw ended();
        }
        if ((word & SlotState.BROKEN) != 0) {
            leave(entered);
            throw new StaleConnectionException(connectionId(), "an earlier error on this lease has broken it");
        }
        slot().lastOperation = operation;
        slot().operationTurn = SlotState.turn(lease);
        return entered;
    }

    private LeaseClosedException ended() {
        return new LeaseClosedException("lease of connection " + connectionId() + " of pool "
                + core().options.name() + " has ended");
    }

    /**
     * The error for a failed operation, which is marked as ended. First the verdict, then the end: between them another
     * thread might return the lease, with its connection not yet marked as broken.
     */
    private Throwable judgeAndLeave(Execution<C> running, Throwable failure) {
        try {
            return Attempts.failed(this, running, failure);
        } catch (RuntimeException judging) {
            // A user's operation that throws while it is asked what was applied.
            doom();
            judging.addSuppressed(failure);
            return judging;
        } finally {
            leave(running);
        }
    }

    /** Marks the running operation as ended; false if it was aborted, or its lease ended, meanwhile. */
    private boolean leave(Execution<C> running) {
        boolean clean = running.end();
        if (!clean) {
            doom();
        }
        if (slot().moveLease(lease, SlotState.RUNNING, SlotState.LEASED)) {
            return clean;
        }
        core().returns.endLate(slot());
        return false;
    }

    /** It goes to a future: whichever thread asked holds nothing by it. */
    LeaseHandle<C> forFuture() {
        slot().futureTurn = SlotState.turn(lease);
        return this;
    }

    /** Nobody was told of this acquire, so that nobody is to be told of the release. */
    void markUntold() {
        slot().mark(lease, SlotState.UNTOLD);
    }

    /** Marks the connection as broken: it will be closed when the lease ends. */
    void doom() {
        slot().doom(lease, CloseReason.ERROR);
    }

    // ---- transactions and the driver's objects

    @Override
    public Transaction begin(TransactionOptions options) {
        return begin(options, Deadline.none());
    }

    @Override
    public Transaction begin(TransactionOptions options, Deadline deadline) {
        C connection = open();
        if (!(connection instanceof Transactional transactional)) {
            throw new TransactionException("pool " + core().options.name() + " has no transactions on its connections");
        }
        LeaseTransaction<C> last = slot().transaction;
        if (last != null && last.isOpen(this)) {
            throw new TransactionException("a transaction is open already on connection " + connectionId());
        }
        var begun = new LeaseTransaction<>(this, transactional, deadline);
        begun.begin(options);
        slot().transaction = begun;
        return begun;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        C connection = open();
        slot().unwrappedTurn = SlotState.turn(lease);
        return connection.unwrap(type);
    }

    private C open() {
        if (isClosed()) {
            throw ended();
        }
        return member.connection;
    }

    // ---- the end

    @Override
    public void close() {
        if (!core().giveBack(member, lease)) {
            core().returns.end(slot(), lease, false);
        }
    }

    @Override
    public void invalidate() {
        core().returns.end(slot(), lease, true);
    }

    /** True if closing would cost a round trip, and so must not happen on a thread of a driver's. */
    boolean isCloseBlocking() {
        return !isClosed() && core().care.needsReset(member.connection);
    }

    @Override
    public boolean isClosed() {
        long word = slot().word();
        int state = SlotState.state(word);
        return SlotState.turn(word) != SlotState.turn(lease) || state != SlotState.LEASED && state != SlotState.RUNNING;
    }

    @Override
    public Duration age() {
        return isClosed() ? Duration.ZERO : Duration.ofNanos(Math.max(0, core().coarseNanos - slot().leasedNanos));
    }

    @Override
    public String toString() {
        return "Lease[pool " + core().options.name() + ", connection " + connectionId()
                + (isClosed() ? ", ended]" : "]");
    }
}
