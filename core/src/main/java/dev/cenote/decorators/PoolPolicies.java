package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.protocols.PolicyStats;
import dev.cenote.protocols.PolicyStats.CircuitStats;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.retry.Retry;
import dev.cenote.retry.RetryBudget;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The policies of one pool, and what they have done. */
final class PoolPolicies {
    final @Nullable Retry retry;
    final @Nullable Guard guard;
    final @Nullable Hedge hedge;

    private final LongAdder attempts = new LongAdder();
    private final LongAdder retries = new LongAdder();

    PoolPolicies(ResilientPool.Parts<?> parts) {
        PoolRuntime runtime = parts.runtime();
        this.retry = parts.retry()
                .map(policy -> policy.with(runtime.clock(), runtime.random(), runtime.scheduler()))
                .orElse(null);
        this.guard = parts.circuit().map(Guard::new).orElse(null);
        this.hedge = parts.hedge().orElse(null);
    }

    Optional<Circuit> circuit() {
        return Optional.ofNullable(guard).map(Guard::circuit);
    }

    /** An attempt begins. */
    void count(boolean isRetry) {
        attempts.increment();
        if (isRetry) {
            retries.increment();
        }
    }

    long attempts() {
        return attempts.sum();
    }

    long retries() {
        return retries.sum();
    }

    PolicyStats stats() {
        Optional<RetryBudget> budget = retry == null ? Optional.empty() : retry.retryBudget();
        return new PolicyStats(
                attempts(),
                retries(),
                budget.map(RetryBudget::available).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                budget.map(RetryBudget::refused).orElse(0L),
                circuit().map(it -> new CircuitStats(it.name(), it.state(), it.opened(), it.refused())));
    }
}
