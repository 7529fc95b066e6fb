package dev.cenote.protocols;

import dev.cenote.protocols.events.CloseReason;
import java.util.Map;

/**
 * Snapshot of a pool. Sizes are read one after another, so that a busy pool may show a state that lay a moment apart;
 * {@link #size()} never passes maxSize by it.
 *
 * @param pool name of the pool
 * @param state whether it serves
 * @param generation raised by each clear, from 0
 * @param minSize connections kept even when idle
 * @param maxSize the ceiling
 * @param idle connections nobody holds
 * @param leased connections somebody holds
 * @param connecting connections being opened
 * @param waiters callers waiting for a connection
 * @param acquired leases given since the start
 * @param released leases ended since the start
 * @param timedOut acquires that ended by their deadline
 * @param turnedAway acquires that were refused because too many waited, or shed because the queue stood
 * @param created connections opened since the start
 * @param closed connections closed since the start, by reason
 * @param connectFailures attempts to open a connection that failed
 * @param validationFailures connections that did not answer when validated
 * @param leaks leases held past the leak threshold without using their connection, counted once each
 * @param slowUses leases held past the leak threshold and in use, counted once each
 */
public record PoolStats(
        String pool,
        PoolState state,
        long generation,
        int minSize,
        int maxSize,
        int idle,
        int leased,
        int connecting,
        int waiters,
        long acquired,
        long released,
        long timedOut,
        long turnedAway,
        long created,
        Map<CloseReason, Long> closed,
        long connectFailures,
        long validationFailures,
        long leaks,
        long slowUses) {
    public PoolStats {
        closed = Map.copyOf(closed);
    }

    /** idle + leased + connecting. */
    public int size() {
        return idle + leased + connecting;
    }

    /** Connections closed since the start for that reason. */
    public long closed(CloseReason reason) {
        return closed.getOrDefault(reason, 0L);
    }
}
