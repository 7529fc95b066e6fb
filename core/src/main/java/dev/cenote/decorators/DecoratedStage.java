package dev.cenote.decorators;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.retry.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A call that gives a stage, with policies; made by {@link Decorators#ofStage}. Immutable: each {@code with} gives
 * another. Can be started many times, and from many threads if the call itself can.
 *
 * @param <T> its result
 */
public final class DecoratedStage<T> {
    private final Supplier<? extends CompletionStage<T>> call;
    private final Policies policies;
    private final Optional<ScheduledExecutorService> scheduler;

    DecoratedStage(
            Supplier<? extends CompletionStage<T>> call,
            Policies policies,
            Optional<ScheduledExecutorService> scheduler) {
        this.call = call;
        this.policies = policies;
        this.scheduler = scheduler;
    }

    private DecoratedStage<T> with(Policies other) {
        return new DecoratedStage<>(call, other, scheduler);
    }

    /** This, named so in errors. Default {@code call}. */
    public DecoratedStage<T> withName(String name) {
        return with(policies.withName(name));
    }

    /** This, tried again by {@code policy}; may double a write, and so is not repeated when nobody knows if it ran. */
    public DecoratedStage<T> withRetry(RetryPolicy policy) {
        return withRetry(policy, Effect.NON_IDEMPOTENT);
    }

    /** This, tried again by {@code policy}; the caller vouches for the effect. */
    public DecoratedStage<T> withRetry(RetryPolicy policy, Effect effect) {
        return with(policies.withRetry(policy, effect));
    }

    /** This, each attempt behind {@code breaker}. */
    public DecoratedStage<T> withCircuitBreaker(CircuitBreaker breaker) {
        return with(policies.withCircuitBreaker(breaker));
    }

    /**
     * This, ended at the latest {@code limit} after the start with an {@link OperationTimeoutException}; the running
     * attempt is cancelled then. Default: no deadline.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless {@code limit} is longer than zero
     */
    public DecoratedStage<T> withDeadline(Duration limit) {
        return with(policies.withDeadline(limit));
    }

    /** This, its deadline measured by {@code clock}. Default the machine's. */
    public DecoratedStage<T> withClock(TimeSource clock) {
        return with(policies.withClock(clock));
    }

    /** This, its deadline watched by {@code scheduler}, which the giver ends. Default the JDK's shared timer. */
    public DecoratedStage<T> withScheduler(ScheduledExecutorService scheduler) {
        return new DecoratedStage<>(call, policies, Optional.of(scheduler));
    }

    /**
     * Starts the call. Does not block, and does not throw: a refusal of the circuit, too, comes with the future, as does
     * that of a scheduler that was shut down, without which nobody would watch the deadline.
     * Cancelling the future cancels the running attempt and starts no other.
     */
    public CompletableFuture<T> start() {
        Deadline deadline = policies.deadline();
        return deadline.isLimited() ? limited(deadline) : running(deadline);
    }

    private CompletableFuture<T> running(Deadline deadline) {
        Supplier<CompletableFuture<T>> attempt = policies.circuit()
                .<Supplier<CompletableFuture<T>>>map(circuit -> () -> Guard.callAsync(circuit, call, deadline))
                .orElse(() -> Guard.started(call));
        return policies.retry()
                .map(retry -> retry.callAsync(attempt, policies.about(deadline)))
                .orElseGet(attempt);
    }

    private CompletableFuture<T> limited(Deadline deadline) {
        var result = new CompletableFuture<T>();
        Future<?> alarm;
        try {
            alarm = alarm(() -> result.completeExceptionally(late(deadline)), deadline.remainingNanos());
        } catch (RejectedExecutionException shutDown) {
            return CompletableFuture.failedFuture(shutDown);
        }
        CompletableFuture<T> running = running(deadline);
        running.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
        result.whenComplete((value, failure) -> {
            alarm.cancel(false);
            running.cancel(false);
        });
        return result;
    }

    private Future<?> alarm(Runnable late, long nanos) {
        if (scheduler.isPresent()) {
            return scheduler.get().schedule(late, nanos, TimeUnit.NANOSECONDS);
        }
        var alarm = new CompletableFuture<Void>().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
        alarm.thenRunAsync(late);
        return alarm;
    }

    private OperationTimeoutException late(Deadline deadline) {
        var verdict = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);
        return new OperationTimeoutException(policies.name(), verdict, deadline.elapsed(), null);
    }
}
