package dev.cenote.retry;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.protocols.errors.RetriesExhaustedException.Attempt;
import dev.cenote.retry.RetryPolicy.RetryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Runs calls by a {@link RetryPolicy}. Thread-safe.
 *
 * <p>A call that fails at its only attempt throws that attempt's error as it is; one that was tried again throws {@link
 * RetriesExhaustedException}, which tells of each attempt. Backoff never outlasts the deadline: where the next attempt
 * could not begin in time, the call ends at once.
 */
public final class Retry {
    private final RetryPolicy policy;
    private final PoolRuntime runtime;
    private final Pause pause;

    /** How a blocking call waits between attempts. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /** Runs by {@code policy}, on the machine's clock. */
    public Retry(RetryPolicy policy) {
        this(policy, PoolRuntime.system());
    }

    /** Runs by {@code policy}, with the clock and randomness of {@code runtime}. */
    public Retry(RetryPolicy policy, PoolRuntime runtime) {
        this(policy, runtime, Retry::park);
    }

    Retry(RetryPolicy policy, PoolRuntime runtime, Pause pause) {
        this.policy = policy;
        this.runtime = runtime;
        this.pause = pause;
    }

    private static void park(Duration time) throws InterruptedException {
        java.util.concurrent.TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /** The policy. */
    public RetryPolicy policy() {
        return policy;
    }

    /**
     * Runs {@code body} until it succeeds or must not be tried again. Blocks; an interrupt during backoff ends the call
     * with the last error, and the flag is set.
     *
     * @param name what is called, for errors
     * @param effect what the call does to the data
     * @param deadline by when it must have ended
     * @throws Exception the body's, or {@link RetriesExhaustedException}
     */
    public <T> T call(String name, Effect effect, Deadline deadline, Callable<T> body) throws Exception {
        var course = new Course(name, effect, deadline);
        while (true) {
            long startedNanos = runtime.clock().nanoTime();
            try {
                return body.call();
            } catch (Exception error) {
                Optional<Duration> delay = course.failed(startedNanos, error);
                if (delay.isEmpty() || !sleep(delay.get())) {
                    throw course.error();
                }
            }
        }
    }

    private boolean sleep(Duration time) {
        try {
            pause.sleep(time);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A course for a call that is driven from outside, as asynchronous ones are. */
    public Course begin(String name, Effect effect, Deadline deadline) {
        return new Course(name, effect, deadline);
    }

    /** The attempts of one call so far. Not thread-safe: attempts come one after another. */
    public final class Course {
        private final String name;
        private final Effect effect;
        private final Deadline deadline;
        private final long beganNanos = runtime.clock().nanoTime();
        private List<Attempt> attempts = List.of();

        private Course(String name, Effect effect, Deadline deadline) {
            this.name = name;
            this.effect = effect;
            this.deadline = deadline;
        }

        /**
         * Records a failed attempt.
         *
         * @param startedNanos when it began, by the clock of the runtime
         * @return the delay before the next attempt; empty if there is to be none
         */
        public Optional<Duration> failed(long startedNanos, Throwable error) {
            if (attempts.isEmpty()) {
                attempts = new ArrayList<>(policy.maxRetries() + 1);
            }
            Duration took = Duration.ofNanos(runtime.clock().nanoTime() - startedNanos);
            attempts.add(new Attempt(attempts.size() + 1, Duration.ofNanos(startedNanos - beganNanos), took, error));
            int retry = attempts.size();
            if (retry > policy.maxRetries() || !policy.allows(error, effect)) {
                return Optional.empty();
            }
            Duration delay = policy.delay(retry, runtime.random());
            if (deadline.remainingNanos() <= delay.toNanos()) {
                return Optional.empty();
            }
            policy.told(new RetryEvent(name, retry, delay, error));
            return Optional.of(delay);
        }

        /** The error of the whole call. */
        public Exception error() {
            Throwable only = attempts.get(0).error();
            if (attempts.size() > 1) {
                return new RetriesExhaustedException(name, attempts);
            }
            return only instanceof Exception exception ? exception : new CenoteException(name + " failed", only);
        }
    }
}
