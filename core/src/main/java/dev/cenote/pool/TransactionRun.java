package dev.cenote.pool;

import dev.cenote.protocols.AsyncTransactionBody;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
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
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.TransactionException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private boolean rollbackOnly;

    private TransactionRun(Lease<C> lease, TransactionOptions options, Deadline deadline) {
        this.lease = lease;
        this.deadline = deadline;
        this.transaction = lease.begin(options, deadline);
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
                        .whenComplete(
                                (value, thrown) -> engine.workers().execute(() -> run.finish(value, thrown, result)));
            });
        });
        result.whenComplete((value, failure) -> acquired.cancel(false));
        return result;
    }

    private <R> CompletionStage<R> started(AsyncTransactionBody<C, R> body) {
        try {
            return Objects.requireNonNull(body.run(this), "stage of the transaction's body");
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
        if (rollbackOnly) {
            transaction.rollback();
        } else {
            transaction.commit();
        }
    }

    /** The error of the body, which says what is known now that the transaction was rolled back or its connection lost. */
    private Throwable certain(Throwable failure) {
        if (failure instanceof OperationFailedException failed
                && !(failed instanceof CommitUnknownException)
                && failed.verdict().call() == CallFate.UNKNOWN
                && isUndone(failed)) {
            var undone = new Verdict(failed.verdict().connection(), CallFate.ROLLED_BACK);
            var certain = new OperationFailedException(failed.operation(), undone, failed.getCause());
            certain.addSuppressed(failed);
            return certain;
        }
        return failure;
    }

    private boolean isUndone(OperationFailedException failed) {
        return failed.verdict().connection() != ConnectionFate.KEEP && transaction.isUndoneWhenLost();
    }

    private void requireOpen() {
        if (!transaction.isOpen()) {
            throw new TransactionException("the transaction has ended");
        }
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        requireOpen();
        return lease.execute(operation, deadline);
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        requireOpen();
        return lease.executeAsync(operation, deadline);
    }

    @Override
    public Savepoint savepoint() {
        requireOpen();
        return transaction.savepoint();
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
