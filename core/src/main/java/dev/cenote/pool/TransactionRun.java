package dev.cenote.pool;

import dev.cenote.protocols.AsyncTransactionBody;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Footprint;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Savepoint;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionBody;
import dev.cenote.protocols.TransactionContext;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import dev.cenote.protocols.errors.TransactionException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, once: begins, has the body run, commits or rolls back, and ends the lease. Public for those that put
 * policies round a pool.
 *
 * <p>What became of a statement in a transaction that was never committed may be known, where that of a single one is not: the
 * loss of the connection has undone it ({@link Transaction#isUndoneWhenLost}). Then its error says {@code ROLLED_BACK}.
 */
public final class TransactionRun<C extends Connection> implements TransactionContext<C> {
    private final Lease<C> lease;
    private final Transaction transaction;
    private final Deadline deadline;
    private final AtomicBoolean ending = new AtomicBoolean();
    /** How its connection was lost, if it was: an error of another connection says nothing of this transaction. */
    private volatile @Nullable Throwable lost;

    private boolean rollbackOnly;

    private TransactionRun(Lease<C> lease, TransactionOptions options, Deadline deadline) {
        this.lease = lease;
        this.deadline = deadline;
        this.transaction = begin(options);
    }

    /** Whatever becomes of its begin, nothing was done in it. */
    private Transaction begin(TransactionOptions options) {
        try {
            return lease.begin(options, deadline);
        } catch (OperationFailedException failed) {
            throw failed.verdict().call() == CallFate.UNKNOWN ? with(CallFate.NOT_EXECUTED, failed) : failed;
        }
    }

    /** Runs {@code body} on this thread, in a transaction on {@code lease}, which is ended. */
    public static <C extends Connection, R extends @Nullable Object, X extends Exception> R run(
            Lease<C> lease, TransactionOptions options, Deadline deadline, TransactionBody<C, R, X> body) throws X {
        try (lease) {
            var run = new TransactionRun<>(lease, options, deadline);
            R result;
            try {
                result = deadline.call(() -> body.run(run));
            } catch (Throwable failure) {
                Throwable certain = run.certain(failure);
                run.transaction.close();
                throw TransactionRun.<X>asThrown(certain);
            }
            run.end();
            return result;
        }
    }

    /**
     * As {@link #run}, with a body that does not block, once {@code acquired} has given the lease; what blocks is done by
     * the workers of {@code engine}, which also watches that the body ends by the deadline. Cancelling the future gives up
     * wherever it is.
     */
    public static <C extends Connection, R> CompletableFuture<R> runAsync(
            CompletableFuture<Lease<C>> acquired,
            TransactionOptions options,
            Deadline deadline,
            AsyncTransactionBody<C, R> body,
            PoolEngine<?> engine) {
        var result = new CompletableFuture<R>();
        Footprint footprint = Footprint.current();
        acquired.whenComplete((lease, failure) -> {
            if (lease == null) {
                result.completeExceptionally(failure == null ? new CancellationException() : failure);
                return;
            }
            result.whenComplete((value, ending) -> {
                if (result.isCancelled()) {
                    lease.invalidate();
                }
            });
            engine.workers().execute(() -> {
                TransactionRun<C> run;
                try {
                    run = new TransactionRun<>(lease, options, deadline);
                } catch (Throwable refused) {
                    lease.close();
                    result.completeExceptionally(refused);
                    return;
                }
                run.watch(engine, result);
                run.started(body)
                        .whenComplete((value, thrown) -> engine.workers().execute(() -> {
                            if (footprint == null) {
                                run.finish(value, thrown, result);
                            } else {
                                footprint.run(() -> run.finish(value, thrown, result));
                            }
                        }));
            });
        });
        result.whenComplete((value, failure) -> acquired.cancel(false));
        return result;
    }

    private <R> CompletionStage<R> started(AsyncTransactionBody<C, R> body) {
        try {
            return Objects.requireNonNull(deadline.call(() -> body.run(this)), "stage of the transaction's body");
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Gives up a body that has not ended by the deadline: its connection is closed, which undoes what it did. */
    private void watch(PoolEngine<?> engine, CompletableFuture<?> result) {
        if (!deadline.isLimited()) {
            return;
        }
        Future<?> alarm = engine.schedule(
                () -> {
                    if (ending.compareAndSet(false, true)) {
                        var undone = transaction.isUndoneWhenLost() ? CallFate.ROLLED_BACK : CallFate.UNKNOWN;
                        var verdict = new Verdict(ConnectionFate.EVICT, undone);
                        lease.invalidate();
                        result.completeExceptionally(
                                new OperationTimeoutException("transaction", verdict, deadline.elapsed(), null));
                    }
                },
                deadline.remaining());
        result.whenComplete((value, failure) -> alarm.cancel(false));
    }

    private <R> void finish(R value, @Nullable Throwable failure, CompletableFuture<R> result) {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        Throwable error = failure == null ? null : unwrapped(failure);
        try (lease) {
            if (error == null) {
                end();
            } else {
                error = certain(error);
                transaction.close();
            }
        } catch (Throwable ending) {
            error = ending;
        }
        if (error == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(error);
        }
    }

    /** What came out of a body that throws {@code X}: an X, or something unchecked. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X asThrown(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void end() {
        try {
            if (rollbackOnly) {
                transaction.rollback();
            } else {
                transaction.commit();
            }
        } catch (CenoteException failure) {
            throw TransactionRun.<RuntimeException>asThrown(certain(failure));
        }
    }

    /**
     * The error of the body, or of its end, which says what is known of the transaction as a whole: that it was undone with
     * its connection, or that it may have been committed in part and so must not be run again.
     */
    private Throwable certain(Throwable failure) {
        if (failure instanceof CommitUnknownException || !(failure instanceof CenoteException)) {
            return failure;
        }
        if (transaction.mayBeCommittedInPart()) {
            return inPart(failure);
        }
        return failure == lost && failure instanceof OperationFailedException failed && transaction.isUndoneWhenLost()
                ? with(CallFate.ROLLED_BACK, failed)
                : failure;
    }

    private static Throwable inPart(Throwable failure) {
        if (failure instanceof OperationFailedException failed) {
            CallFate fate = failed.verdict().call();
            boolean again = fate == CallFate.NOT_EXECUTED || fate == CallFate.ROLLED_BACK;
            return again ? with(CallFate.UNKNOWN, failed) : failed;
        }
        boolean again = failure instanceof StaleConnectionException
                || failure instanceof PoolClearedException
                || failure instanceof ConnectionFailedException;
        return again
                ? new OperationFailedException(
                        "transaction", new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN), failure)
                : failure;
    }

    private static OperationFailedException with(CallFate fate, OperationFailedException failed) {
        var certain = new OperationFailedException(
                failed.operation(),
                failed.verdict().withCall(fate),
                failed.getCause(),
                failed.pushBack().orElse(null));
        certain.addSuppressed(failed);
        return certain;
    }

    /** Takes note of how a step in it failed. */
    private void note(Throwable failure) {
        if (unwrapped(failure) instanceof OperationFailedException failed
                && failed.verdict().call() == CallFate.UNKNOWN
                && failed.verdict().connection() != ConnectionFate.KEEP) {
            lost = failed;
        }
    }

    private <R> R noted(Supplier<R> step) {
        requireOpen();
        try {
            return step.get();
        } catch (RuntimeException failure) {
            note(failure);
            throw failure;
        }
    }

    private void requireOpen() {
        if (!transaction.isOpen()) {
            throw new TransactionException("the transaction has ended");
        }
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return noted(() -> lease.execute(operation, deadline));
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        CompletableFuture<R> running = noted(() -> lease.executeAsync(operation, deadline));
        var result = new CompletableFuture<R>();
        running.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                note(failure); // before the body can end with it
                result.completeExceptionally(failure);
            }
        });
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                running.cancel(false);
            }
        });
        return result;
    }

    @Override
    public Savepoint savepoint() {
        Savepoint point = noted(transaction::savepoint);
        return new Savepoint() {
            @Override
            public void rollback() {
                done(point::rollback);
            }

            @Override
            public void release() {
                done(point::release);
            }
        };
    }

    /** As {@link #noted}; the savepoint itself says whether the transaction is open. */
    private void done(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            note(failure);
            throw failure;
        }
    }

    @Override
    public void setRollbackOnly() {
        requireOpen();
        rollbackOnly = true;
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        requireOpen();
        return lease.unwrap(type);
    }
}
