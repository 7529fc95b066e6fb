package dev.cenote.retry;

import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.protocols.errors.RetriesExhaustedException.Attempt;
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

    History(RetryPolicy policy, RetriedCall call) {
        this.policy = policy;
        this.call = call;
        this.startedNanos = policy.clock.nanoTime();
    }

    /** An attempt begins. */
    void begin() {
        begunNanos = attempts.isEmpty() ? startedNanos : policy.clock.nanoTime();
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
        if (failed > policy.options.maxRetries() || !policy.permits(lastError(), call.effect())) {
            return OptionalLong.empty();
        }
        long nanos = policy.backoffNanos(failed);
        return nanos < call.deadline().remainingNanos() ? OptionalLong.of(nanos) : OptionalLong.empty();
    }

    /** Waits, on this thread, until another attempt may begin; false if there is to be none. */
    boolean backOff() {
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        OptionalLong nanos = backoffNanos();
        if (nanos.isEmpty()) {
            return false;
        }
        long endNanos = policy.clock.nanoTime() + nanos.getAsLong();
        tell(nanos.getAsLong());
        return parkUntil(endNanos) && !call.deadline().isExpired();
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

    boolean isLate() {
        return call.deadline().isExpired();
    }

    /** How the whole call ended. */
    Throwable failure() {
        return attempts.size() == 1 ? lastError() : new RetriesExhaustedException(call.name(), attempts);
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
