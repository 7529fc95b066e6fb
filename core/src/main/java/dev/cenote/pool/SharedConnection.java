package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Footprint;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

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
        Footprint footprint = Footprint.current();
        try {
            R result = Attempts.run(operation, member.connection, limit);
            mark(footprint, operation, limit, null);
            return result;
        } catch (Throwable failure) {
            Throwable error = judge(operation, failure, limit);
            mark(footprint, operation, limit, error);
            if (error instanceof Error grave) {
                throw grave;
            }
            throw (RuntimeException) error;
        }
    }

    /** As {@link #execute}, without blocking. A future that is cancelled, or late, leaves its operation running. */
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        Deadline limit = core.operationLimit(deadline);
        Footprint footprint = Footprint.current();
        var result = new CompletableFuture<R>();
        Future<?> timer = core.threads.schedule(
                () -> {
                    if (!result.isDone()) {
                        Throwable error =
                                error(operation, new TimeoutException("it had no result by its deadline"), limit);
                        mark(footprint, operation, limit, error);
                        result.completeExceptionally(error);
                    }
                },
                limit.remainingNanos() + Attempts.ASYNC_GRACE_NANOS);
        Attempts.start(operation, member.connection, limit, core.threads).whenComplete((value, failure) -> {
            timer.cancel(false);
            if (failure == null) {
                mark(footprint, operation, limit, null);
                result.complete(value);
            } else if (!result.isDone()) {
                Throwable error = error(operation, failure, limit);
                mark(footprint, operation, limit, error);
                result.completeExceptionally(error);
            }
        });
        return result;
    }

    private void mark(
            @Nullable Footprint footprint, Operation<?, ?> operation, Deadline limit, @Nullable Throwable failure) {
        if (footprint != null) {
            Attempts.mark(footprint, new Execution<>(core, member, operation, limit, Phase.EXECUTE), true, failure);
        }
    }

    private Throwable error(Operation<?, ?> operation, Throwable failure, Deadline limit) {
        try {
            return judge(operation, failure, limit);
        } catch (RuntimeException judging) { // a user's operation that throws while it is asked what was applied
            judging.addSuppressed(failure);
            return judging;
        }
    }

    private Throwable judge(Operation<?, ?> operation, Throwable failure, Deadline limit) {
        var running = new Execution<>(core, member, operation, limit, Phase.EXECUTE);
        Attempts.Judgement judgement = Attempts.judge(core, running, failure);
        Verdict verdict = judgement.verdict();
        if (verdict != null) {
            Attempts.applyToPool(core, member.generation, verdict);
            Attempts.tell(running, judgement.error(), verdict);
        }
        return judgement.error();
    }
}
