package dev.cenote.decorators;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Puts retry, a circuit breaker, a deadline, a bulkhead, a fallback and a hedge round any call. A {@link ResilientPool} does so for {@code execute} by
 * itself; this is for everything else.
 *
 * <pre>{@code
 * String page = Decorators.of(() -> fetch(url))
 *         .withDeadline(Duration.ofSeconds(2))
 *         .withRetry(policy, Effect.READ_ONLY)
 *         .withCircuitBreaker(circuit)
 *         .call();
 * }</pre>
 *
 * <p>The order is always the same, whatever the order of the {@code with} methods, from the outside in: fallback,
 * deadline, retry, circuit, bulkhead, hedge, call. So backoff counts against the deadline, each attempt counts for the
 * circuit on its own, a retry stops at a circuit that its own attempts have opened, a full bulkhead says nothing of the
 * server, and the fallback answers whatever went wrong within.
 *
 * <p>A retry decides by verdict, and an exception that is none of Cenote's has none: unless the policy was built with
 * {@link dev.cenote.retry.RetryPolicyBuilder#retryUnclassifiedAtOwnRisk}, it is not tried again.
 */
public final class Decorators {
    private Decorators() {}

    /** A call to be decorated. */
    public static <T> DecoratedCall<T> of(Callable<T> call) {
        return of(deadline -> call.call());
    }

    /** A call to be decorated, which is told its deadline. */
    public static <T> DecoratedCall<T> of(DeadlineCall<T> call) {
        return new DecoratedCall<>(call, Policies.NONE, Optional.empty());
    }

    /** A call that gives a stage, to be decorated; {@code call} does not block. */
    public static <T> DecoratedStage<T> ofStage(Supplier<? extends CompletionStage<T>> call) {
        return new DecoratedStage<>(call, Policies.NONE);
    }
}
