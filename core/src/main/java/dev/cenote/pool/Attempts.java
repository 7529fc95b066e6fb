package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.DeadlineExceededException;
import dev.cenote.protocols.Footprint;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.BulkException;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.operations.Idempotent;
import dev.cenote.protocols.operations.OperationOfParts;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs one attempt of an operation on a leased connection, and makes of its failure an error with a verdict. */
final class Attempts {
    /** How long past its deadline a driver may take before its connection is aborted. */
    static final long GRACE_NANOS = Duration.ofMillis(250).toNanos();

    /** The same where a timer of its own watches: enough for a driver that ends by itself to be told apart. */
    static final long ASYNC_GRACE_NANOS = Duration.ofMillis(20).toNanos();

    private Attempts() {}

    static <C extends Connection, R> R run(Operation<? super C, R> operation, C connection, Deadline limit)
            throws Exception {
        if (limit.isExpired()) {
            throw new DeadlinePassed();
        }
        return operation.execute(connection, limit);
    }

    static <C extends Connection, R> CompletionStage<R> start(
            Operation<? super C, R> operation, C connection, Deadline limit, PoolThreads threads) {
        if (limit.isExpired()) {
            return CompletableFuture.failedFuture(new DeadlinePassed());
        }
        try {
            return Objects.requireNonNull(operation.executeAsync(connection, limit, threads), "stage of the operation");
        } catch (Throwable thrown) { // whatever it is: somebody waits for the future
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /** The deadline had passed before the operation began. */
    private static final class DeadlinePassed extends TimeoutException {
        private static final long serialVersionUID = 1L;

        DeadlinePassed() {
            super("the deadline had passed before it began");
        }
    }

    /**
     * What is made of a failure.
     *
     * @param error for the caller, unchecked
     * @param verdict what it means; none for an error of Cenote's own, whose verdict was applied where it was found, and
     *     for an {@link Error}
     */
    record Judgement(Throwable error, @Nullable Verdict verdict) {}

    /** The error for {@code thrown}, unchecked; what the verdict says of the connection has been done. */
    static <C extends Connection> Throwable failed(LeaseHandle<C> lease, Execution<C> running, Throwable thrown) {
        Judgement judgement = judge(lease.core(), running, thrown);
        Verdict verdict = judgement.verdict();
        if (verdict != null) {
            apply(lease, verdict);
            tell(running, judgement.error(), verdict);
        } else if (judgement.error() instanceof Error) {
            // Nobody knows what state an OutOfMemoryError or a StackOverflowError left the connection in.
            lease.doom();
        }
        return judgement.error();
    }

    /** Counts a failure, and tells of it. */
    static void tell(Execution<?> running, Throwable error, Verdict verdict) {
        PoolCore<?> core = running.core();
        core.counters.failed(verdict);
        core.events.emit(new PoolEvent.OperationFailed(
                core.options.name(), running.member.id, describe(running.operation), verdict, error));
    }

    /** What {@code thrown} means; nothing has been done about it. */
    static Judgement judge(PoolCore<?> core, Execution<?> running, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        boolean late = running.limit.isExpired();
        if (failure instanceof DeadlineExceededException && failure.getCause() != null) {
            late = true;
            failure = failure.getCause();
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof CenoteException || failure instanceof Error) {
            return new Judgement(failure, null);
        }
        Verdict verdict = verdict(core, failure, running);
        if (verdict.call() == CallFate.COMMIT_UNKNOWN) {
            return new Judgement(new CommitUnknownException(verdict, failure), verdict);
        }
        return new Judgement(
                late
                        ? late(running.operation, verdict, failure, running.limit)
                        : error(running.operation, verdict, failure, core.pushBack(failure)),
                verdict);
    }

    private static Verdict verdict(PoolCore<?> core, Throwable failure, Execution<?> running) {
        if (running.isAborted()) {
            return aborted(running);
        }
        return failure instanceof DeadlinePassed
                ? new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED)
                : core.classify(failure, running.phase);
    }

    private static Verdict aborted(Execution<?> running) {
        return new Verdict(
                ConnectionFate.EVICT, running.phase == Phase.COMMIT ? CallFate.COMMIT_UNKNOWN : CallFate.UNKNOWN);
    }

    /**
     * Notes what an operation has written for good.
     *
     * @param single true if it was no part of a transaction, which writes when it commits
     * @param failure how it failed; null if it did not
     */
    static void mark(Footprint footprint, Execution<?> running, boolean single, @Nullable Throwable failure) {
        boolean writes = running.phase == Phase.COMMIT
                || single && !running.operation.effect().isRepeatable() && !LeaseTransaction.isStep(running.operation);
        if (writes && (failure == null || mayHaveWritten(failure))) {
            footprint.write();
        }
    }

    private static boolean mayHaveWritten(Throwable failure) {
        if (failure instanceof OperationFailedException failed) {
            CallFate fate = failed.verdict().call();
            return fate == CallFate.UNKNOWN || fate == CallFate.COMMIT_UNKNOWN || failed instanceof BulkException;
        }
        return failure instanceof Error;
    }

    /** Does what the verdict says of the connection. */
    static <C extends Connection> void apply(LeaseHandle<C> lease, Verdict verdict) {
        if (verdict.connection() != ConnectionFate.KEEP) {
            lease.doom();
        }
        applyToPool(lease.core(), lease.generation(), verdict);
    }

    /** Does what the verdict on a connection of that generation says of the others. */
    static void applyToPool(PoolCore<?> core, long generation, Verdict verdict) {
        if (verdict.connection() == ConnectionFate.CLEAR) {
            core.care.clearGeneration(generation);
        }
    }

    private static RuntimeException error(
            Operation<?, ?> operation, Verdict verdict, Throwable failure, Optional<Duration> pushBack) {
        return partial(operation, verdict, failure)
                .orElseGet(() ->
                        new OperationFailedException(describe(operation), verdict, failure, pushBack.orElse(null)));
    }

    private static RuntimeException late(
            Operation<?, ?> operation, Verdict verdict, Throwable failure, Deadline passed) {
        return partial(operation, verdict, failure)
                .orElseGet(
                        () -> new OperationTimeoutException(describe(operation), verdict, passed.elapsed(), failure));
    }

    /** What was applied of a bulk operation matters more than that it was late. */
    private static Optional<OperationFailedException> partial(
            Operation<?, ?> operation, Verdict verdict, Throwable failure) {
        Operation<?, ?> itself = operation instanceof Idempotent<?, ?> declared ? declared.operation() : operation;
        return itself instanceof OperationOfParts<?, ?> parts
                ? parts.partialResult(failure)
                        .map(result -> new BulkException(describe(operation), verdict, result, failure))
                : Optional.empty();
    }

    /** The error of an operation that was aborted, or whose lease ended, in the moment in which it succeeded. */
    static RuntimeException abortedAfterResult(Execution<?> running) {
        var cause = new TimeoutException("it was aborted as it ended");
        Verdict verdict = aborted(running);
        return running.phase == Phase.COMMIT
                ? new CommitUnknownException(verdict, cause)
                : new OperationFailedException(describe(running.operation), verdict, cause);
    }

    /** Name and target of an operation. */
    static String describe(Operation<?, ?> operation) {
        return operation.target().map(target -> operation.name() + " " + target).orElseGet(operation::name);
    }
}
