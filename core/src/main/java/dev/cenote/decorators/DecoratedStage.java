package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.BulkheadFullException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.retry.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final Extras<T> extras;

    DecoratedStage(Supplier<? extends CompletionStage<T>> call, Policies policies) {
        this(call, policies, new Extras<>(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private DecoratedStage(Supplier<? extends CompletionStage<T>> call, Policies policies, Extras<T> extras) {
        this.call = call;
        this.policies = policies;
        this.extras = extras;
    }

    /** What only stages have. */
    private record Extras<T>(
            Optional<ScheduledExecutorService> scheduler, Optional<Fallback<T>> fallback, Optional<Hedge> hedge) {}

    private DecoratedStage<T> with(Policies other) {
        return new DecoratedStage<>(call, other, extras);
    }

    /** This, named so in errors. Default {@code call}. */
    public DecoratedStage<T> withName(String name) {
        return with(policies.withName(name));
    }

    /** This, tried again by {@code policy}; may double a write, and so is not repeated when nobody knows if it ran. */
    public DecoratedStage<T> withRetry(Retry policy) {
        return withRetry(policy, Effect.NON_IDEMPOTENT);
    }

    /** This, tried again by {@code policy}; the caller vouches for the effect. */
    public DecoratedStage<T> withRetry(Retry policy, Effect effect) {
        return with(policies.withRetry(policy, effect));
    }

    /** This, each attempt behind {@code breaker}. */
    public DecoratedStage<T> withCircuitBreaker(Circuit breaker) {
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

    /** This, its timers run by {@code scheduler}, which the giver ends. Default the JDK's shared timer. */
    public DecoratedStage<T> withScheduler(ScheduledExecutorService scheduler) {
        return new DecoratedStage<>(
                call, policies, new Extras<>(Optional.of(scheduler), extras.fallback(), extras.hedge()));
    }

    /** This, each attempt taking a turn of {@code bulkhead}, without waiting for one. */
    public DecoratedStage<T> withBulkhead(Bulkhead bulkhead) {
        return with(policies.withBulkhead(bulkhead));
    }

    /** This, giving what {@code fallback} makes of the error where the call has failed in the end; not of a cancel. */
    public DecoratedStage<T> withFallback(Function<? super Exception, ? extends T> fallback) {
        return withFallback(error -> true, fallback);
    }

    /** This, giving what {@code fallback} makes of the error where the call has failed in the end with one that passes. */
    public DecoratedStage<T> withFallback(
            Predicate<? super Exception> when, Function<? super Exception, ? extends T> fallback) {
        return new DecoratedStage<>(
                call,
                policies,
                new Extras<>(extras.scheduler(), Optional.of(new Fallback<>(when, fallback)), extras.hedge()));
    }

    /**
     * This, made a second time beside an attempt that takes long. The call must change nothing: it may well run twice to
     * its end.
     */
    public DecoratedStage<T> withHedge(Hedge hedge) {
        return new DecoratedStage<>(
                call, policies, new Extras<>(extras.scheduler(), extras.fallback(), Optional.of(hedge)));
    }

    /**
     * Starts the call. Does not block, and does not throw: a refusal of the circuit, too, comes with the future, as does
     * that of a scheduler that was shut down, without which nobody would watch the deadline.
     * Cancelling the future cancels the running attempt and starts no other.
     */
    public CompletableFuture<T> start() {
        Deadline deadline = policies.deadline();
        CompletableFuture<T> running = deadline.isLimited() ? limited(deadline) : running(deadline);
        return extras.fallback()
                .map(fallback -> withFallback(running, fallback))
                .orElse(running);
    }

    private static <T> CompletableFuture<T> withFallback(CompletableFuture<T> running, Fallback<T> fallback) {
        var result = new CompletableFuture<T>();
        running.whenComplete((value, failure) -> {
            Throwable error =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (error == null) {
                result.complete(value);
            } else {
                fallBack(result, error, fallback);
            }
        });
        result.whenComplete((value, failure) -> running.cancel(false));
        return result;
    }

    private static <T> void fallBack(CompletableFuture<T> result, Throwable error, Fallback<T> fallback) {
        try {
            if (error instanceof Exception exception
                    && !(error instanceof CancellationException)
                    && fallback.when().test(exception)) {
                result.complete(fallback.then().apply(exception));
                return;
            }
        } catch (RuntimeException | Error thrown) {
            thrown.addSuppressed(error);
            result.completeExceptionally(thrown);
            return;
        }
        result.completeExceptionally(error);
    }

    private CompletableFuture<T> running(Deadline deadline) {
        Supplier<CompletableFuture<T>> attempt = policies.circuit()
                .<Supplier<CompletableFuture<T>>>map(circuit -> () -> Guard.callAsync(circuit, this::inTurn, deadline))
                .orElse(this::inTurn);
        return policies.retry()
                .map(retry -> retry.callAsync(attempt, policies.about(deadline)))
                .orElseGet(attempt);
    }

    private CompletableFuture<T> inTurn() {
        if (policies.bulkhead().isEmpty()) {
            return hedged();
        }
        Bulkhead bulkhead = policies.bulkhead().get();
        if (!bulkhead.tryAcquire()) {
            return CompletableFuture.failedFuture(new BulkheadFullException(bulkhead.name()));
        }
        CompletableFuture<T> running = hedged();
        running.whenComplete((value, failure) -> bulkhead.release());
        return running;
    }

    private CompletableFuture<T> hedged() {
        return extras.hedge()
                .map(hedge -> HedgedCall.start(hedge, call, () -> Optional.of(Guard.started(call)), this::alarm))
                .orElseGet(() -> Guard.started(call));
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
        if (extras.scheduler().isPresent()) {
            return extras.scheduler().get().schedule(late, nanos, TimeUnit.NANOSECONDS);
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
