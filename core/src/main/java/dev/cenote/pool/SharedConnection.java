package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * A connection that many callers use at once, which only some drivers and some operations allow. It has no slot, and no
 * lease ends it: a backend opens it beside the pool's connections, and closes it. What runs here ends by the same
 * deadlines, and fails with the same errors and verdicts, as on a lease; a verdict of {@code CLEAR} clears the pool. What
 * the verdict says of this connection is for its owner to do. Thread-safe as far as the connection is.
 *
 * @param <C> the connection
 */
public final class SharedConnection<C extends Connection> {
    private final PoolCore<C> core;
    private final Member<C> member;

    SharedConnection(PoolCore<C> core, C connection, long generation) {
        this.core = core;
        this.member = Member.shared(connection, generation, core.clock.nanoTime());
    }

    /** The connection. */
    public C connection() {
        return member.connection;
    }

    /** Of the pool when it was opened. */
    public long generation() {
        return member.generation;
    }

    /**
     * As {@link dev.cenote.protocols.Lease#execute(Operation, Deadline)}. Nothing aborts an operation that ignores its
     * deadline, since that would abort those of all others.
     */
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        Deadline limit = core.operationLimit(deadline);
        try {
            return Attempts.run(operation, member.connection, limit);
        } catch (Throwable failure) {
            Throwable error = judge(operation, failure, limit);
            if (error instanceof Error grave) {
                throw grave;
            }
            throw (RuntimeException) error;
        }
    }

    /** As {@link #execute}, without blocking. A future that is cancelled, or late, leaves its operation running. */
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        Deadline limit = core.operationLimit(deadline);
        var result = new CompletableFuture<R>();
        Future<?> timer = core.threads.schedule(
                () -> {
                    if (!result.isDone()) {
                        fail(result, operation, new TimeoutException("it had no result by its deadline"), limit);
                    }
                },
                limit.remainingNanos() + Attempts.ASYNC_GRACE_NANOS);
        Attempts.start(operation, member.connection, limit, core.threads).whenComplete((value, failure) -> {
            timer.cancel(false);
            if (failure == null) {
                result.complete(value);
            } else if (!result.isDone()) {
                fail(result, operation, failure, limit);
            }
        });
        return result;
    }

    private void fail(CompletableFuture<?> result, Operation<?, ?> operation, Throwable failure, Deadline limit) {
        Throwable error;
        try {
            error = judge(operation, failure, limit);
        } catch (RuntimeException judging) { // a user's operation that throws while it is asked what was applied
            judging.addSuppressed(failure);
            error = judging;
        }
        result.completeExceptionally(error);
    }

    private Throwable judge(Operation<?, ?> operation, Throwable failure, Deadline limit) {
        var running = new Execution<>(core, member, operation, limit, Phase.EXECUTE);
        Attempts.Judgement judgement = Attempts.judge(core, running, failure);
        Verdict verdict = judgement.verdict();
        if (verdict != null) {
            Attempts.applyToPool(core, member.generation, verdict);
        }
        return judgement.error();
    }
}
