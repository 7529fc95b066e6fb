package dev.cenote.retry;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * When and how a failed call is tried again: exponential backoff with jitter, at most so many times, and only where the
 * verdict on the error says that it is safe. Immutable and thread-safe.
 *
 * <p>Safe is: what provably never ran; what was rolled back; and, for an operation that may run twice, what may have run.
 * Not tried again are a commit whose fate is unknown, an error that trying again cannot help, an acquire that timed out
 * (it has spent its time, and an exhausted pool needs no more callers), a closed or paused pool, and an open circuit.
 *
 * <pre>{@code
 * RetryPolicy policy = RetryPolicy.exponential().base(Duration.ofMillis(20)).maxRetries(3).build();
 * }</pre>
 */
public final class RetryPolicy {
    private final int maxRetries;
    private final Duration base;
    private final Duration cap;
    private final double multiplier;
    private final double jitter;
    private final Predicate<Throwable> retryIf;
    private final Predicate<Throwable> retryUnclassified;
    private final List<Consumer<RetryEvent>> listeners;

    private RetryPolicy(Builder builder) {
        maxRetries = Check.atLeast("maxRetries", 0, builder.maxRetries);
        base = Check.positive("base", builder.base);
        cap = Check.positive("cap", builder.cap);
        if (cap.compareTo(base) < 0) {
            throw new ConfigurationException("cap must be >= base (" + base + "), was " + cap);
        }
        multiplier = Check.between("multiplier", 1, 100, builder.multiplier);
        jitter = Check.between("jitter", 0, 1, builder.jitter);
        retryIf = builder.retryIf;
        retryUnclassified = builder.retryUnclassified;
        listeners = List.copyOf(builder.listeners);
    }

    /** A builder of a policy with exponential backoff. */
    public static Builder exponential() {
        return new Builder();
    }

    /** Most retries after the first attempt. */
    public int maxRetries() {
        return maxRetries;
    }

    /** True if a call with that effect may be tried again after {@code error}. */
    public boolean allows(Throwable error, Effect effect) {
        return isSafe(error, effect) && retryIf.test(error);
    }

    private boolean isSafe(Throwable error, Effect effect) {
        if (error instanceof OperationFailedException failed) {
            return failed.verdict().isRetrySafe(effect);
        }
        if (error instanceof ConnectionFailedException failed) {
            return failed.verdict().call() == CallFate.NOT_EXECUTED;
        }
        if (error instanceof PoolClearedException || error instanceof StaleConnectionException) {
            return true;
        }
        boolean ours = error instanceof dev.cenote.protocols.errors.CenoteException;
        return !ours && !(error instanceof InterruptedException) && retryUnclassified.test(error);
    }

    /**
     * Delay before a retry: {@code base * multiplier^(retry - 1)}, at most the cap, of which the share {@code jitter} is
     * random.
     *
     * @param retry counted from 1
     */
    public Duration delay(int retry, RandomGenerator random) {
        double grown = base.toNanos() * Math.pow(multiplier, Math.min(retry - 1, 1_000));
        double whole = Math.min(grown, cap.toNanos());
        return Duration.ofNanos((long) (whole * (1 - jitter) + whole * jitter * random.nextDouble()));
    }

    void told(RetryEvent event) {
        for (Consumer<RetryEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException thrown) {
                System.getLogger(RetryPolicy.class.getName())
                        .log(System.Logger.Level.WARNING, "a retry listener threw", thrown);
            }
        }
    }

    @Override
    public String toString() {
        return "RetryPolicy[maxRetries " + maxRetries + ", base " + base + ", cap " + cap + ", multiplier " + multiplier
                + ", jitter " + jitter + "]";
    }

    /**
     * A retry that is about to wait.
     *
     * @param call name of the call
     * @param retry number of the retry, counted from 1
     * @param delay how long it will wait
     * @param error why the last attempt failed
     */
    public record RetryEvent(String call, int retry, Duration delay, Throwable error) {}

    /** Collects the parts of a policy. Not thread-safe. */
    public static final class Builder {
        private int maxRetries = 3;
        private Duration base = Duration.ofMillis(50);
        private Duration cap = Duration.ofSeconds(5);
        private double multiplier = 2;
        private double jitter = 1;
        private Predicate<Throwable> retryIf = error -> true;
        private Predicate<Throwable> retryUnclassified = error -> false;
        private final List<Consumer<RetryEvent>> listeners = new ArrayList<>();

        private Builder() {}

        /** Most retries after the first attempt, 0 or more. Default 3. */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = maxRetries;
            return this;
        }

        /** Delay before the first retry, before jitter. Default 50 ms. */
        public Builder base(Duration base) {
            this.base = base;
            return this;
        }

        /** Longest delay. Default 5 s. */
        public Builder cap(Duration cap) {
            this.cap = cap;
            return this;
        }

        /** How much longer each delay is than the one before, 1 or more. Default 2. */
        public Builder multiplier(double multiplier) {
            this.multiplier = multiplier;
            return this;
        }

        /** Share of the delay that is random, from 0 (none) to 1 (all of it, so that callers spread out). Default 1. */
        public Builder jitter(double jitter) {
            this.jitter = jitter;
            return this;
        }

        /**
         * Forbids retries that would be safe: only errors for which this is true are tried again. It cannot allow one that
         * is not safe. Default: all.
         */
        public Builder retryIf(Predicate<Throwable> condition) {
            this.retryIf = condition;
            return this;
        }

        /**
         * Allows retries of errors of which Cenote knows nothing, such as those of another library in a decorated call.
         * Whoever sets it vouches that these calls may run twice. Default: none.
         */
        public Builder retryUnclassified(Predicate<Throwable> condition) {
            this.retryUnclassified = condition;
            return this;
        }

        /** Is told of each retry before it waits. May be called several times. */
        public Builder onRetry(Consumer<RetryEvent> listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * The policy.
         *
         * @throws ConfigurationException if a part breaks its rule
         */
        public RetryPolicy build() {
            return new RetryPolicy(this);
        }
    }
}
