package dev.cenote.retry;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Collects the parts of a {@link RetryPolicy}. Not thread-safe. */
public final class RetryPolicyBuilder {
    /** The forms of backoff. */
    enum Kind {
        EXPONENTIAL,
        DECORRELATED,
        FIXED
    }

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Kind kind;
    private Optional<String> name = Optional.empty();
    private Optional<RetryBudget> budget = Optional.empty();
    private Duration base = Duration.ofMillis(50);
    private Duration cap = Duration.ofSeconds(5);
    private double multiplier = 2;
    private OptionalDouble jitter = OptionalDouble.empty();
    private int maxRetries = 3;
    private Predicate<Throwable> retryIf = error -> true;
    private Predicate<Throwable> retryUnclassified = error -> false;
    private final List<Consumer<RetryEvent>> listeners = new ArrayList<>();
    private TimeSource clock = TimeSource.system();
    private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private Optional<ScheduledExecutorService> scheduler = Optional.empty();

    RetryPolicyBuilder(Kind kind) {
        this.kind = kind;
    }

    /**
     * Name for logs and metrics. Default: a number.
     *
     * @throws ConfigurationException if it is blank
     */
    public RetryPolicyBuilder name(String name) {
        this.name = Optional.of(Check.notBlank("name", name));
        return this;
    }

    /**
     * Bounds the load that retries may add; one budget may serve several policies, and so several pools. Default: one of
     * the policy's own, as {@link RetryBudget#builder} makes it.
     */
    public RetryPolicyBuilder budget(RetryBudget budget) {
        this.budget = Optional.of(budget);
        return this;
    }

    /**
     * Longest backoff before the first retry, or shortest of all where it is decorrelated. Default 50 ms.
     *
     * @throws ConfigurationException unless it is longer than zero
     */
    public RetryPolicyBuilder base(Duration base) {
        this.base = Check.positive("base", base);
        return this;
    }

    /**
     * Longest backoff before any retry. Default 5 s.
     *
     * @throws ConfigurationException unless it is longer than zero
     */
    public RetryPolicyBuilder cap(Duration cap) {
        this.cap = Check.positive("cap", cap);
        return this;
    }

    /**
     * By how much the backoff grows at most from one retry to the next. Default 2; 3 where it is decorrelated.
     *
     * @throws ConfigurationException unless it lies between 1 and 1000, or if the backoff is fixed
     */
    public RetryPolicyBuilder multiplier(double multiplier) {
        if (kind == Kind.FIXED) {
            throw new ConfigurationException("multiplier must not be set for a fixed backoff, was " + multiplier);
        }
        this.multiplier = Check.between("multiplier", 1, 1000, multiplier);
        return this;
    }

    /**
     * The share of the backoff that is random: 0 for none, 1 for anything between no backoff and the whole. Default 1,
     * which spreads callers that failed together best; 0 where the backoff is fixed.
     *
     * @throws ConfigurationException unless it lies between 0 and 1, or if the backoff is decorrelated, which is random by
     *     itself
     */
    public RetryPolicyBuilder jitter(double jitter) {
        if (kind == Kind.DECORRELATED) {
            throw new ConfigurationException("jitter must not be set for a decorrelated backoff, was " + jitter);
        }
        this.jitter = OptionalDouble.of(Check.between("jitter", 0, 1, jitter));
        return this;
    }

    /**
     * Most retries after the first attempt. Default 3; 0 for none.
     *
     * @throws ConfigurationException if it is negative
     */
    public RetryPolicyBuilder maxRetries(int maxRetries) {
        this.maxRetries = Check.atLeast("maxRetries", 0, maxRetries);
        return this;
    }

    /**
     * Tries again only after errors that pass {@code predicate} too. It can forbid a retry that would be safe, never
     * permit one that is not; if it throws, that is logged and forbids. Default: all pass.
     */
    public RetryPolicyBuilder retryIf(Predicate<Throwable> predicate) {
        this.retryIf = Objects.requireNonNull(predicate, "predicate");
        return this;
    }

    /**
     * Tries again also after errors that have no verdict, being none of Cenote's, if they pass {@code predicate}, whatever
     * the call's effect: nobody but the caller knows whether such a call ran, and a write may run twice. For calls other
     * than a pool's. Default: none passes.
     */
    public RetryPolicyBuilder retryUnclassifiedAtOwnRisk(Predicate<Throwable> predicate) {
        this.retryUnclassified = Objects.requireNonNull(predicate, "predicate");
        return this;
    }

    /**
     * Is told before each backoff, on the thread of the failed attempt. It should return at once; what it throws is
     * logged and harms nobody. May be called several times.
     */
    public RetryPolicyBuilder onRetry(Consumer<RetryEvent> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** The clock for the backoff. Default the machine's; a pool puts its own in its place. */
    public RetryPolicyBuilder clock(TimeSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Randomness for the jitter; thread-safe. Default the machine's; a pool puts its own in its place. */
    public RetryPolicyBuilder random(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
        return this;
    }

    /** Starts the retries of futures; the giver ends it. Default the JDK's shared timer and common pool. */
    public RetryPolicyBuilder scheduler(ScheduledExecutorService scheduler) {
        this.scheduler = Optional.of(scheduler);
        return this;
    }

    /**
     * The policy.
     *
     * @throws ConfigurationException if {@code cap} is shorter than {@code base}, unless the backoff is fixed
     */
    public RetryPolicy build() {
        if (kind != Kind.FIXED && cap.compareTo(base) < 0) {
            throw new ConfigurationException("cap must be >= base (" + base + "), was " + cap);
        }
        var options = new RetryPolicy.Options(
                name.orElseGet(() -> "retry-" + COUNT.incrementAndGet()),
                backoff(),
                maxRetries,
                budget.orElseGet(() -> RetryBudget.builder().clock(clock).build()),
                retryIf,
                retryUnclassified,
                List.copyOf(listeners));
        return new RetryPolicy(options, clock, random, scheduler);
    }

    private Backoff backoff() {
        return switch (kind) {
            case EXPONENTIAL -> new Backoff.Exponential(base.toNanos(), cap.toNanos(), multiplier, jitter.orElse(1));
            case DECORRELATED -> new Backoff.Decorrelated(base.toNanos(), cap.toNanos(), multiplier);
            case FIXED -> new Backoff.Exponential(base.toNanos(), base.toNanos(), 1, jitter.orElse(0));
        };
    }
}
