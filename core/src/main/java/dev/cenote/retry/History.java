package dev.cenote.retry;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.protocols.errors.RetriesExhaustedException.Attempt;
import dev.cenote.protocols.errors.RetriesExhaustedException.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The attempts of one call so far, and whether there is to be another. Used by one thread at a time; for a future, the
 * threads follow each other through its stages and the scheduler.
 */
final class History {
    private static final System.Logger LOG = System.getLogger("dev.cenote.retry");

    final RetryPolicy policy;
    private final RetriedCall call;
    private final long startedNanos;
    private final List<Attempt> attempts = new ArrayList<>(2);
    private long begunNanos;
    private long backoffNanos;
    private Ending ending = Ending.MOST_RETRIES;

    private History(RetryPolicy policy, RetriedCall call, long startedNanos) {
        this.policy = policy;
        this.call = call;
        this.startedNanos = startedNanos;
        this.begunNanos = startedNanos;
    }

    /**
     * A history whose first attempt has begun.
     *
     * @param startedNanos when, unless the deadline knows it better
     */
    static History of(RetryPolicy policy, RetriedCall call, long startedNanos) {
        Deadline deadline = call.deadline();
        return new History(
                policy,
                call,
                deadline.isLimited()
                        ? policy.clock.nanoTime() - deadline.elapsed().toNanos()
                        : startedNanos);
    }

    /** An attempt begins. */
    void begin() {
        begunNanos = policy.clock.nanoTime();
    }

    /** The attempt failed. */
    void ended(Throwable thrown) {
        attempts.add(new Attempt(
                attempts.size() + 1,
                Duration.ofNanos(begunNanos - startedNanos),
                Duration.ofNanos(policy.clock.nanoTime() - begunNanos),
                Safety.unwrapped(thrown)));
    }

    private Throwable lastError() {
        return attempts.get(attempts.size() - 1).error();
    }

    /** How long to wait before another attempt; empty if there is to be none. */
    OptionalLong backoffNanos() {
        int failed = attempts.size();
        if (!policy.permits(lastError(), call.effect())) {
            return end(Ending.NOT_SAFE);
        }
        if (failed > policy.options.maxRetries()) {
            return end(Ending.MOST_RETRIES);
        }
        long nanos = policy.backoffNanos(failed, backoffNanos, lastError());
        if (nanos >= call.deadline().remainingNanos()) {
            return end(Ending.DEADLINE);
        }
        if (!policy.options.budget().trySpend()) {
            return end(Ending.BUDGET);
        }
        backoffNanos = nanos;
        return OptionalLong.of(nanos);
    }

    private OptionalLong end(Ending reason) {
        ending = reason;
        return OptionalLong.empty();
    }

    /** Waits, on this thread, until another attempt may begin; false if there is to be none. */
    boolean backOff() {
        if (Thread.currentThread().isInterrupted()) {
            end(Ending.INTERRUPTED);
            return false;
        }
        OptionalLong nanos = backoffNanos();
        if (nanos.isEmpty()) {
            return false;
        }
        long endNanos = policy.clock.nanoTime() + nanos.getAsLong();
        tell(nanos.getAsLong());
        if (!parkUntil(endNanos)) {
            end(Ending.INTERRUPTED);
            return false;
        }
        return !isLate();
    }

    private boolean parkUntil(long endNanos) {
        while (!Thread.currentThread().isInterrupted()) {
            long left = endNanos - policy.clock.nanoTime();
            if (left <= 0) {
                return true;
            }
            LockSupport.parkNanos(this, left);
        }
        return false;
    }

    /** Tells the listeners of the retry that comes. */
    void tell(long backoffNanos) {
        if (policy.options.listeners().isEmpty()) {
            return;
        }
        var event = new RetryEvent(call.name(), attempts.size(), Duration.ofNanos(backoffNanos), lastError());
        for (Consumer<RetryEvent> listener : policy.options.listeners()) {
            try {
                listener.accept(event);
            } catch (RuntimeException | LinkageError thrown) {
                LOG.log(System.Logger.Level.WARNING, "a retry listener of " + call.name() + " threw", thrown);
            }
        }
    }

    /** True if the deadline passed during the backoff. */
    boolean isLate() {
        if (call.deadline().isExpired()) {
            end(Ending.DEADLINE);
            return true;
        }
        return false;
    }

    /** How the whole call ended. */
    Throwable failure() {
        return attempts.size() == 1 ? lastError() : new RetriesExhaustedException(call.name(), attempts, ending);
    }

    /** {@link #failure} as an exception to throw; an {@link Error} is thrown here, so that it is never mistaken. */
    Exception error() {
        Throwable failure = failure();
        if (lastError() instanceof Error error) {
            throw error;
        }
        return (Exception) failure;
    }
}
