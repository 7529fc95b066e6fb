package dev.cenote.retry;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * When and how a failed call is tried again: with exponential backoff and jitter, and only where that cannot double a
 * write.
 *
 * <h2>When</h2>
 *
 * A call runs again if its error's verdict says that this is safe for its {@link Effect} ({@link
 * dev.cenote.protocols.Verdict#isRetrySafe}), or if it never left the pool because that was cleared or its connection was
 * stale. It does not run again after a time-out of acquire (the pool is full: more load would not empty it), on a closed
 * or paused pool, behind an open circuit, after an interrupt or a cancel, or after a caller's mistake. A bulk that was
 * applied in part runs again only if its effect is repeatable. {@link RetryPolicyBuilder#retryIf} can forbid more, and
 * nothing can permit more, except {@link RetryPolicyBuilder#retryUnclassifiedAtOwnRisk} for errors that are none of
 * Cenote's and so have no verdict.
 *
 * <h2>How</h2>
 *
 * Before retry n the backoff is {@code d = min(cap, base * multiplier^(n-1))}, of which the share {@code jitter} is
 * random: between {@code d * (1 - jitter)} and {@code d}. If the next attempt could not begin before the deadline, the
 * call ends at once instead of waiting for nothing.
 *
 * <h2>The end</h2>
 *
 * If there was one attempt only, its error is the call's. If there were several, it is a {@link
 * dev.cenote.protocols.errors.RetriesExhaustedException} with all of them.
 *
 * <pre>{@code
 * RetryPolicy policy = RetryPolicy.exponential().maxRetries(5).cap(Duration.ofSeconds(2)).build();
 * User user = policy.call(() -> lease.execute(findUser), Effect.READ_ONLY);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RetryPolicy {
    /** What the builder collected. */
    record Options(
            Duration base,
            Duration cap,
            double multiplier,
            double jitter,
            int maxRetries,
            Predicate<Throwable> retryIf,
            Predicate<Throwable> retryUnclassified,
            List<Consumer<RetryEvent>> listeners) {}

    private static final System.Logger LOG = System.getLogger("dev.cenote.retry");

    final Options options;
    final TimeSource clock;
    private final RandomGenerator random;
    final Optional<ScheduledExecutorService> scheduler;

    RetryPolicy(
            Options options, TimeSource clock, RandomGenerator random, Optional<ScheduledExecutorService> scheduler) {
        this.options = options;
        this.clock = clock;
        this.random = random;
        this.scheduler = scheduler;
    }

    /** A builder of a policy with exponential backoff. */
    public static RetryPolicyBuilder exponential() {
        return new RetryPolicyBuilder();
    }

    /**
     * This policy, with another clock, randomness and scheduler.
     *
     * @param scheduler runs the retries of {@link #callAsync}; if empty the JDK's shared timer and common pool do
     */
    public RetryPolicy with(TimeSource clock, RandomGenerator random, Optional<ScheduledExecutorService> scheduler) {
        return new RetryPolicy(options, clock, random, scheduler);
    }

    /** Most retries after the first attempt. */
    public int maxRetries() {
        return options.maxRetries();
    }

    /** As {@link #call(Callable, RetriedCall)}, without a deadline. */
    public <T> T call(Callable<T> call, Effect effect) throws Exception {
        return call(call, RetriedCall.of(effect));
    }

    /**
     * Makes a call, on this thread, and again as the policy says; blocks meanwhile. An interrupt during the backoff ends
     * the call at once with the error it has, and leaves the interrupt flag set.
     *
     * @throws dev.cenote.protocols.errors.RetriesExhaustedException if several attempts failed
     * @throws Exception the error of the only attempt, unchanged
     */
    public <T> T call(Callable<T> call, RetriedCall about) throws Exception {
        var history = new History(this, about);
        while (true) {
            history.begin();
            try {
                return call.call();
            } catch (Throwable failure) {
                history.ended(failure);
            }
            if (!history.backOff()) {
                throw history.error();
            }
        }
    }

    /** As {@link #callAsync(Supplier, RetriedCall)}, without a deadline. */
    public <T> CompletableFuture<T> callAsync(Supplier<? extends CompletionStage<T>> call, Effect effect) {
        return callAsync(call, RetriedCall.of(effect));
    }

    /**
     * Makes a call without blocking, and again as the policy says. The first attempt is started on this thread, the
     * others on the scheduler; {@code call} must therefore not block. What it throws counts as a failed attempt.
     * Cancelling the future cancels the running attempt and starts no other.
     */
    public <T> CompletableFuture<T> callAsync(Supplier<? extends CompletionStage<T>> call, RetriedCall about) {
        return new AsyncRetry<T>(call, new History(this, about)).begin();
    }

    /** True if a call with this effect may run again after this error. */
    boolean permits(Throwable error, Effect effect) {
        return switch (Safety.of(error, effect)) {
            case SAFE -> passes(options.retryIf(), error);
            case UNCLASSIFIED -> passes(options.retryUnclassified(), error) && passes(options.retryIf(), error);
            case FORBIDDEN -> false;
        };
    }

    /** A predicate that throws forbids: what matters to the caller is the error that it was asked about. */
    private static boolean passes(Predicate<Throwable> predicate, Throwable error) {
        try {
            return predicate.test(error);
        } catch (RuntimeException | LinkageError thrown) {
            LOG.log(System.Logger.Level.WARNING, "a predicate of a retry policy threw", thrown);
            return false;
        }
    }

    /** The backoff before retry {@code number}, counted from 1. */
    long backoffNanos(int number) {
        double grown = options.base().toNanos() * Math.pow(options.multiplier(), number - 1);
        double most = Math.min(grown, options.cap().toNanos());
        return (long) (most - most * options.jitter() * random.nextDouble());
    }

    @Override
    public String toString() {
        return "RetryPolicy[maxRetries " + options.maxRetries() + ", base " + options.base() + ", cap " + options.cap()
                + ", multiplier " + options.multiplier() + ", jitter " + options.jitter() + "]";
    }
}
