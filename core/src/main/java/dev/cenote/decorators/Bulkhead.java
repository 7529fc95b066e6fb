package dev.cenote.decorators;

import dev.cenote.protocols.errors.BulkheadFullException;
import java.time.Duration;

/**
 * Bounds how many calls are under way at a time, so that one slow dependency cannot take all threads of a service.
 *
 * <p>A pool is a bulkhead itself: its {@code maxSize} bounds the calls on a database, its {@code maxWaiters} those that
 * wait. This one is for everything else, and for parts of a service that share a pool. Another library's takes part by an
 * adapter.
 *
 * <pre>{@code
 * Bulkhead reports = Bulkhead.of("reports", 4, Duration.ofMillis(100));
 * Report report = Decorators.of(() -> render(month)).withBulkhead(reports).call();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public interface Bulkhead {
    /**
     * A bulkhead that waits in order of arrival.
     *
     * @param name for errors
     * @param maxConcurrentCalls most calls under way at a time, at least 1
     * @param maxWaitDuration how long a call waits for its turn; zero to fail at once
     * @throws dev.cenote.protocols.errors.ConfigurationException if one is out of bounds
     */
    static Bulkhead of(String name, int maxConcurrentCalls, Duration maxWaitDuration) {
        return new SemaphoreBulkhead(name, maxConcurrentCalls, maxWaitDuration);
    }

    /** Name, as it stands in errors. */
    String name();

    /**
     * Takes a turn, waiting for it, which {@link #release} gives back. An interrupt ends the wait and leaves the interrupt
     * flag set.
     *
     * @throws BulkheadFullException if none came in time; nothing was executed
     */
    void acquire();

    /** Takes a turn if there is one, without waiting: for calls that must not block. */
    boolean tryAcquire();

    /** Gives a turn back. */
    void release();
}
