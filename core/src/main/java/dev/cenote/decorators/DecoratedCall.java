package dev.cenote.decorators;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import dev.cenote.retry.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * A call with policies, made by {@link Decorators#of}. Immutable: each {@code with} gives another. Can be called many
 * times, and from many threads if the call itself can.
 *
 * @param <T> its result
 */
public final class DecoratedCall<T> implements Callable<T> {
    private final DeadlineCall<T> call;
    private final Policies policies;

    DecoratedCall(DeadlineCall<T> call, Policies policies) {
        this.call = call;
        this.policies = policies;
    }

    private DecoratedCall<T> with(Policies other) {
        return new DecoratedCall<>(call, other);
    }

    /** This, named so in errors. Default {@code call}. */
    public DecoratedCall<T> withName(String name) {
        return with(policies.withName(name));
    }

    /** This, tried again by {@code policy}; may double a write, and so is not repeated when nobody knows if it ran. */
    public DecoratedCall<T> withRetry(RetryPolicy policy) {
        return withRetry(policy, Effect.NON_IDEMPOTENT);
    }

    /** This, tried again by {@code policy}; the caller vouches for the effect. */
    public DecoratedCall<T> withRetry(RetryPolicy policy, Effect effect) {
        return with(policies.withRetry(policy, effect));
    }

    /** This, each attempt behind {@code breaker}. */
    public DecoratedCall<T> withCircuitBreaker(CircuitBreaker breaker) {
        return with(policies.withCircuitBreaker(breaker));
    }

    /**
     * This, with a deadline that lies {@code limit} after the start. No attempt begins after it; a running one is not
     * interrupted, but told of it if it is a {@link DeadlineCall}. Default: none.
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
     * @throws dev.cenote.protocols.errors.RetriesExhaustedException if several attempts failed
     * @throws Exception the error of the only attempt
     */
    @Override
    public T call() throws Exception {
        Deadline deadline = policies.deadline();
        Callable<T> attempt = policies.circuit()
                .<Callable<T>>map(circuit -> () -> circuit.call(() -> call.call(deadline)))
                .orElse(() -> call.call(deadline));
        return policies.retry().isPresent()
                ? policies.retry().get().call(attempt, policies.about(deadline))
                : attempt.call();
    }
}
