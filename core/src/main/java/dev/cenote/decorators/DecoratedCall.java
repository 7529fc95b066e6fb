package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import dev.cenote.retry.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A call with policies, made by {@link Decorators#of}. Immutable: each {@code with} gives another. Can be called many
 * times, and from many threads if the call itself can.
 *
 * @param <T> its result
 */
public final class DecoratedCall<T> implements Callable<T> {
    private final DeadlineCall<T> call;
    private final Policies policies;
    private final Optional<Fallback<T>> fallback;

    DecoratedCall(DeadlineCall<T> call, Policies policies, Optional<Fallback<T>> fallback) {
        this.call = call;
        this.policies = policies;
        this.fallback = fallback;
    }

    private DecoratedCall<T> with(Policies other) {
        return new DecoratedCall<>(call, other, fallback);
    }

    /** This, named so in errors. Default {@code call}. */
    public DecoratedCall<T> withName(String name) {
        return with(policies.withName(name));
    }

    /** This, tried again by {@code policy}; may double a write, and so is not repeated when nobody knows if it ran. */
    public DecoratedCall<T> withRetry(Retry policy) {
        return withRetry(policy, Effect.NON_IDEMPOTENT);
    }

    /** This, tried again by {@code policy}; the caller vouches for the effect. */
    public DecoratedCall<T> withRetry(Retry policy, Effect effect) {
        return with(policies.withRetry(policy, effect));
    }

    /** This, each attempt behind {@code breaker}. */
    public DecoratedCall<T> withCircuitBreaker(Circuit breaker) {
        return with(policies.withCircuitBreaker(breaker));
    }

    /** This, each attempt taking a turn of {@code bulkhead}. */
    public DecoratedCall<T> withBulkhead(Bulkhead bulkhead) {
        return with(policies.withBulkhead(bulkhead));
    }

    /** This, giving what {@code fallback} makes of the error where the call has failed in the end. */
    public DecoratedCall<T> withFallback(Function<? super Exception, ? extends T> fallback) {
        return withFallback(error -> true, fallback);
    }

    /** This, giving what {@code fallback} makes of the error where the call has failed in the end with one that passes. */
    public DecoratedCall<T> withFallback(
            Predicate<? super Exception> when, Function<? super Exception, ? extends T> fallback) {
        return new DecoratedCall<>(call, policies, Optional.of(new Fallback<>(when, fallback)));
    }

    /**
     * This, with a deadline that lies {@code limit} after the start, or that of the {@link Deadline#call} that the thread is
     * in if that comes first. No attempt begins after it; a running one is not interrupted, but told of it if it is a {@link
     * DeadlineCall}, and what it asks of pools on this thread ends by it. Default: none.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless {@code limit} is longer than zero
     */
    public DecoratedCall<T> withDeadline(Duration limit) {
        return with(policies.withDeadline(limit));
    }

    /** This, its deadline measured by {@code clock}. Default the machine's. */
    public DecoratedCall<T> withClock(TimeSource clock) {
        return with(policies.withClock(clock));
    }

    /**
     * Makes the call, on this thread.
     *
     * @throws dev.cenote.protocols.errors.CircuitOpenException if the circuit refused it
     * @throws dev.cenote.protocols.errors.BulkheadFullException if the bulkhead had no turn for it
     * @throws dev.cenote.protocols.errors.RetriesExhaustedException if several attempts failed
     * @throws Exception the error of the only attempt
     */
    @Override
    public T call() throws Exception {
        Deadline deadline = policies.deadline();
        try {
            return deadline.call(() -> retried(deadline));
        } catch (Exception failure) {
            if (fallback.isPresent() && fallback.get().when().test(failure)) {
                return fallback.get().then().apply(failure);
            }
            throw failure;
        }
    }

    private T retried(Deadline deadline) throws Exception {
        Callable<T> attempt = () -> guarded(deadline);
        return policies.retry().isPresent()
                ? policies.retry().get().call(attempt, policies.about(deadline))
                : attempt.call();
    }

    private T guarded(Deadline deadline) throws Exception {
        return policies.circuit().isPresent()
                ? policies.circuit().get().call(() -> inTurn(deadline))
                : inTurn(deadline);
    }

    private T inTurn(Deadline deadline) throws Exception {
        if (policies.bulkhead().isEmpty()) {
            return call.call(deadline);
        }
        Bulkhead bulkhead = policies.bulkhead().get();
        bulkhead.acquire();
        try {
            return call.call(deadline);
        } finally {
            bulkhead.release();
        }
    }
}
