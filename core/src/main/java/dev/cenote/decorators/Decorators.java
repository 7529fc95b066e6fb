package dev.cenote.decorators;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.retry.Retry;
import dev.cenote.retry.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Decorates any call with retry, circuit breaker and deadline. The order is always the same, whatever the order in which
 * they are named: the deadline is over all, retry is round each attempt, and each attempt asks the circuit.
 *
 * <pre>{@code
 * String page = Decorators.of(() -> fetch(url))
 *         .named("fetch")
 *         .withRetry(policy)
 *         .withCircuitBreaker(breaker)
 *         .withDeadline(Duration.ofSeconds(2))
 *         .call();
 * }</pre>
 *
 * <p>A decorated call may be called many times and from many threads.
 */
public final class Decorators {
    private Decorators() {}

    /** A decorated call of {@code body}, with nothing round it yet. */
    public static <T> DecoratedCall<T> of(Callable<T> body) {
        return ofDeadlined(deadline -> body.call());
    }

    /** A decorated call of a body that takes the deadline, to hand it on. */
    public static <T> DecoratedCall<T> ofDeadlined(Body<T> body) {
        return new DecoratedCall<>(
                body,
                "call",
                Effect.NON_IDEMPOTENT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PoolRuntime.system());
    }

    /** What is called; it should end by the deadline. */
    @FunctionalInterface
    public interface Body<T> {
        /** Runs. */
        T call(Deadline deadline) throws Exception;
    }

    /** A call and what is round it. Immutable: each method gives another. */
    public static final class DecoratedCall<T> {
        private final Body<T> body;
        private final String name;
        private final Effect effect;
        private final Optional<RetryPolicy> retry;
        private final Optional<CircuitBreaker> circuit;
        private final Optional<Duration> timeout;
        private final PoolRuntime runtime;

        private DecoratedCall(
                Body<T> body,
                String name,
                Effect effect,
                Optional<RetryPolicy> retry,
                Optional<CircuitBreaker> circuit,
                Optional<Duration> timeout,
                PoolRuntime runtime) {
            this.body = body;
            this.name = name;
            this.effect = effect;
            this.retry = retry;
            this.circuit = circuit;
            this.timeout = timeout;
            this.runtime = runtime;
        }

        /** Names the call, for errors. Default {@code call}. */
        public DecoratedCall<T> named(String callName) {
            return new DecoratedCall<>(body, callName, effect, retry, circuit, timeout, runtime);
        }

        /** Says what the call does to the data. Default: it must not run twice. */
        public DecoratedCall<T> withEffect(Effect callEffect) {
            return new DecoratedCall<>(body, name, callEffect, retry, circuit, timeout, runtime);
        }

        /** Tries again by that policy. */
        public DecoratedCall<T> withRetry(RetryPolicy policy) {
            return new DecoratedCall<>(body, name, effect, Optional.of(policy), circuit, timeout, runtime);
        }

        /** Asks that circuit before each attempt; any exception of an attempt counts against it. */
        public DecoratedCall<T> withCircuitBreaker(CircuitBreaker breaker) {
            return new DecoratedCall<>(body, name, effect, retry, Optional.of(breaker), timeout, runtime);
        }

        /** Ends the whole by then, as far as the body heeds its deadline; no attempt begins after it. */
        public DecoratedCall<T> withDeadline(Duration limit) {
            return new DecoratedCall<>(body, name, effect, retry, circuit, Optional.of(limit), runtime);
        }

        /** Takes clock and randomness from there. Default: the machine's. */
        public DecoratedCall<T> withRuntime(PoolRuntime other) {
            return new DecoratedCall<>(body, name, effect, retry, circuit, timeout, other);
        }

        /**
         * Calls.
         *
         * @throws Exception the body's, {@link dev.cenote.protocols.errors.RetriesExhaustedException} or {@link
         *     dev.cenote.protocols.errors.CircuitOpenException}
         */
        public T call() throws Exception {
            Deadline deadline =
                    timeout.map(limit -> Deadline.after(limit, runtime.clock())).orElse(Deadline.none());
            Callable<T> attempt = circuit.<Callable<T>>map(breaker -> () -> breaker.call(() -> body.call(deadline)))
                    .orElse(() -> body.call(deadline));
            return retry.isPresent()
                    ? new Retry(retry.get(), runtime).call(name, effect, deadline, attempt)
                    : attempt.call();
        }

        /** As {@link #call()}, with checked exceptions made unchecked by {@code wrap}. */
        public T get(Function<Exception, ? extends RuntimeException> wrap) {
            try {
                return call();
            } catch (RuntimeException unchecked) {
                throw unchecked;
            } catch (Exception checked) {
                throw wrap.apply(checked);
            }
        }
    }
}
