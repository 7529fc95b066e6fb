package dev.cenote.retry;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Footprint;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.OperationFailedException;
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
 * stale. One of several steps that may double a write does not run again once a step of it has written ({@link
 * dev.cenote.protocols.Footprint}). It does not run again after a time-out of acquire (the pool is full: more load would not empty it), on a closed
 * or paused pool, behind an open circuit, after an interrupt or a cancel, or after a caller's mistake. A bulk that was
 * applied in part runs again only if its effect is repeatable. {@link RetryPolicyBuilder#retryIf} can forbid more, and
 * nothing can permit more, except {@link RetryPolicyBuilder#retryUnclassifiedAtOwnRisk} for errors that are none of
 * Cenote's and so have no verdict.
 *
 * <h2>How</h2>
 *
 * {@link #exponential}: before retry n the backoff is {@code d = min(cap, base * multiplier^(n-1))}, of which the share
 * {@code jitter} is random: between {@code d * (1 - jitter)} and {@code d}; by default all of it. {@link #decorrelated}:
 * anything between {@code base} and {@code multiplier} times the last backoff, at most {@code cap}. {@link #fixed}: always
 * the same. An error by which an overloaded server asks to be left alone ({@link
 * dev.cenote.protocols.errors.OperationFailedException#pushBack}) makes the backoff at least so long, and up to half as
 * much again at random. If the next attempt could not begin before the deadline, the call ends at once instead of waiting
 * for nothing.
 *
 * <p>Each retry takes leave of a {@link RetryBudget}; when that is spent, calls fail with the error they have. Unless it is
 * given one, a policy has a budget of its own: a fifth of its calls, and 10 retries a second in any case.
 *
 * <h2>The end</h2>
 *
 * If there was one attempt only, its error is the call's. If there were several, it is a {@link
 * dev.cenote.protocols.errors.RetriesExhaustedException} with all of them, and why there was no other.
 *
 * <pre>{@code
 * RetryPolicy policy = RetryPolicy.exponential().maxRetries(5).cap(Duration.ofSeconds(2)).build();
 * User user = policy.call(() -> lease.execute(findUser), Effect.READ_ONLY);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RetryPolicy implements Retry {
    /** What the builder collected. */
    record Options(
            String name,
            Backoff backoff,
            int maxRetries,
            RetryBudget budget,
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

    /** A builder of a policy with exponential backoff and full jitter; what serves best where nothing else is known. */
    public static RetryPolicyBuilder exponential() {
        return new RetryPolicyBuilder(RetryPolicyBuilder.Kind.EXPONENTIAL);
    }

    /** A builder of a policy with decorrelated jitter: each backoff is drawn anew, from a range that the last one sets. */
    public static RetryPolicyBuilder decorrelated() {
        return new RetryPolicyBuilder(RetryPolicyBuilder.Kind.DECORRELATED).multiplier(3);
    }

    /**
     * A builder of a policy that always waits for {@code delay}; {@link RetryPolicyBuilder#jitter} takes a random share off.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless it is longer than zero
     */
    public static RetryPolicyBuilder fixed(Duration delay) {
        return new RetryPolicyBuilder(RetryPolicyBuilder.Kind.FIXED).base(delay).jitter(0);
    }

    /** This policy, with another clock, randomness and scheduler; the budget stays the same. */
    @Override
    public RetryPolicy with(TimeSource clock, RandomGenerator random, Optional<ScheduledExecutorService> scheduler) {
        return new RetryPolicy(options, clock, random, scheduler);
    }

    /** What bounds the load that its retries may add. */
    public RetryBudget budget() {
        return options.budget();
    }

    @Override
    public Optional<RetryBudget> retryBudget() {
        return Optional.of(options.budget());
    }

    /** Most retries after the first attempt. */
    public int maxRetries() {
        return options.maxRetries();
    }

    /** As {@link #call(Callable, RetriedCall)}, without a deadline; not made again once it has written in a step of its own. */
    public <T> T call(Callable<T> call, Effect effect) throws Exception {
        if (effect.isRepeatable()) {
            return call(call, RetriedCall.of(effect));
        }
        var footprint = new Footprint();
        return call(() -> footprint.call(call), RetriedCall.of("call", effect, Deadline.none(), footprint));
    }

    @Override
    public <T> T call(Callable<T> call, RetriedCall about) throws Exception {
        options.budget().called();
        // Without a deadline nobody else knows when it began; with one, the clock need not be asked.
        long startedNanos = about.deadline().isLimited() ? 0 : clock.nanoTime();
        Throwable failure;
        try {
            return call.call();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        return again(call, History.of(this, about, startedNanos), failure);
    }

    /** Goes on after a failed first attempt: not part of the path that each call takes. */
    private static <T> T again(Callable<T> call, History history, Throwable first) throws Exception {
        history.ended(first);
        while (history.backOff()) {
            history.begin();
            try {
                return call.call();
            } catch (Throwable failure) {
                history.ended(failure);
            }
        }
        throw history.error();
    }

    /**
     * As {@link #callAsync(Supplier, RetriedCall)}, without a deadline; not made again once it has written in a step that it
     * began on the thread that started it.
     */
    public <T> CompletableFuture<T> callAsync(Supplier<? extends CompletionStage<T>> call, Effect effect) {
        if (effect.isRepeatable()) {
            return callAsync(call, RetriedCall.of(effect));
        }
        var footprint = new Footprint();
        return callAsync(() -> footprint.start(call::get), RetriedCall.of("call", effect, Deadline.none(), footprint));
    }

    @Override
    public <T> CompletableFuture<T> callAsync(Supplier<? extends CompletionStage<T>> call, RetriedCall about) {
        options.budget().called();
        return new AsyncRetry<T>(call, History.of(this, about, clock.nanoTime())).begin();
    }

    /** True if this call may run again after this error. */
    boolean permits(Throwable error, RetriedCall call) {
        return switch (Safety.of(error, call.effect())) {
            case SAFE -> call.maySafelyRunAgain(error) && passes(options.retryIf(), error);
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

    /** The backoff before retry {@code number}, which an overloaded server may have asked to be longer. */
    long backoffNanos(int number, long lastNanos, Throwable error) {
        long drawn = options.backoff().nanos(number, lastNanos, random);
        long asked = pushBackNanos(error);
        return asked <= drawn ? drawn : asked + (long) (asked / 2 * random.nextDouble());
    }

    private static long pushBackNanos(Throwable error) {
        return error instanceof OperationFailedException failed
                ? failed.pushBack().map(Duration::toNanos).orElse(0L)
                : 0;
    }

    @Override
    public String toString() {
        return "RetryPolicy[" + options.name() + ", maxRetries " + options.maxRetries() + ", " + options.backoff()
                + "]";
    }
}
