package dev.cenote.redis;

import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.events.CloseReason;
import java.util.EnumMap;
import java.util.Map;

/** Sums of the figures of several pools. Not thread-safe. */
final class ClusterTotals {
    private int minSize;
    private int maxSize;
    private int idle;
    private int leased;
    private int connecting;
    private int waiters;
    private long acquired;
    private long released;
    private long timedOut;
    private long turnedAway;
    private long created;
    private final Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);
    private long connectFailures;
    private long validationFailures;
    private long leaks;
    private long slowUses;

    /** Adds those of one pool; those of this moment too if it {@code lives}. */
    void add(PoolStats stats, boolean lives) {
        if (lives) {
            minSize += stats.minSize();
            maxSize += stats.maxSize();
            idle += stats.idle();
            leased += stats.leased();
            connecting += stats.connecting();
            waiters += stats.waiters();
        }
        acquired += stats.acquired();
        released += stats.released();
        timedOut += stats.timedOut();
        turnedAway += stats.turnedAway();
        created += stats.created();
        stats.closed().forEach((reason, count) -> closed.merge(reason, count, Long::sum));
        connectFailures += stats.connectFailures();
        validationFailures += stats.validationFailures();
        leaks += stats.leaks();
        slowUses += stats.slowUses();
    }

    /** What has been, without what is. */
    ClusterTotals copy() {
        var copy = new ClusterTotals();
        copy.acquired = acquired;
        copy.released = released;
        copy.timedOut = timedOut;
        copy.turnedAway = turnedAway;
        copy.created = created;
        copy.closed.putAll(closed);
        copy.connectFailures = connectFailures;
        copy.validationFailures = validationFailures;
        copy.leaks = leaks;
        copy.slowUses = slowUses;
        return copy;
    }

    /** As a snapshot, with name, state and generation of {@code whole}. */
    PoolStats stats(PoolStats whole) {
        return new PoolStats(
                whole.pool(),
                whole.state(),
                whole.generation(),
                minSize,
                maxSize,
                idle,
                leased,
                connecting,
                waiters,
                acquired,
                released,
                timedOut,
                turnedAway,
                created,
                closed,
                connectFailures,
                validationFailures,
                leaks,
                slowUses);
    }
}
