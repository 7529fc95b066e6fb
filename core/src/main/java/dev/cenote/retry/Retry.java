package dev.cenote.retry;

import dev.cenote.protocols.TimeSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes a call, and makes it again when it failed and that is safe. {@link RetryPolicy} is Cenote's own; an adapter of
 * another library's is bound by the same rule: no call runs again unless {@link RetriedCall#maySafelyRunAgain} says so.
 *
 * <p>Thread-safe.
 */
public interface Retry {
    /**
     * Makes a call, on this thread, and again as the policy says; blocks meanwhile. An interrupt during the backoff ends
     * the call at once with the error it has, and leaves the interrupt flag set.
     *
     * @throws dev.cenote.protocols.errors.RetriesExhaustedException if several attempts failed
     * @throws Exception the error of the only attempt, unchanged
     */
    <T> T call(Callable<T> call, RetriedCall about) throws Exception;

    /**
     * Makes a call without blocking, and again as the policy says. The first attempt is started on this thread, the
     * others on the scheduler; {@code call} must therefore not block. What it throws counts as a failed attempt.
     * Cancelling the future cancels the running attempt and starts no other.
     */
    <T> CompletableFuture<T> callAsync(Supplier<? extends CompletionStage<T>> call, RetriedCall about);

    /** What bounds its retries, if anything does. */
    default Optional<RetryBudget> retryBudget() {
        return Optional.empty();
    }

    /**
     * This, with the clock, randomness and scheduler of the pool that uses it; itself where it has its own.
     *
     * @param scheduler starts the retries of {@link #callAsync}; if empty the JDK's shared timer and common pool do
     */
    default Retry with(TimeSource clock, RandomGenerator random, Optional<ScheduledExecutorService> scheduler) {
        return this;
    }
}
