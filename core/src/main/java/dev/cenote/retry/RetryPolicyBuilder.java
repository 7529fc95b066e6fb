package dev.cenote.retry;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Collects the parts of a {@link RetryPolicy}. Not thread-safe. */
public final class RetryPolicyBuilder {
    private Duration base = Duration.ofMillis(50);
    private Duration cap = Duration.ofSeconds(5);
    private double multiplier = 2;
    private double jitter = 1;
    private int maxRetries = 3;
    private Predicate<Throwable> retryIf = error -> true;
    private Predicate<Throwable> retryUnclassified = error -> false;
    private final List<Consumer<RetryEvent>> listeners = new ArrayList<>();
    private TimeSource clock = TimeSource.system();
    private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private Optional<ScheduledExecutorService> scheduler = Optional.empty();

    RetryPolicyBuilder() {}

    /**
     * Longest backoff before the first retry. Default 50 ms.
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
     * By how much the backoff grows from one retry to the next. Default 2; 1 for a constant backoff.
     *
     * @throws ConfigurationException unless it lies between 1 and 1000
     */
    public RetryPolicyBuilder multiplier(double multiplier) {
        this.multiplier = Check.between("multiplier", 1, 1000, multiplier);
        return this;
    }

    /**
     * The share of the backoff that is random: 0 for none, 1 for anything between no backoff and the whole. Default 1,
     * which spreads callers that failed together best.
     *
     * @throws ConfigurationException unless it lies between 0 and 1
     */
    public RetryPolicyBuilder jitter(double jitter) {
        this.jitter = Check.between("jitter", 0, 1, jitter);
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
     * @throws ConfigurationException if {@code cap} is shorter than {@code base}
     */
    public RetryPolicy build() {
        if (cap.compareTo(base) < 0) {
            throw new ConfigurationException("cap must be >= base (" + base + "), was " + cap);
        }
        var options = new RetryPolicy.Options(
                base, cap, multiplier, jitter, maxRetries, retryIf, retryUnclassified, List.copyOf(listeners));
        return new RetryPolicy(options, clock, random, scheduler);
    }
}
