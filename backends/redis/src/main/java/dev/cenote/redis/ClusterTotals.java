package dev.cenote.redis;

import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.events.CloseReason;
import java.util.EnumMap;
import java.util.HashMap;
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
    private long shed;
    private long refused;
    private long created;
    private final Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);
    private long connectFailures;
    private long validationFailures;
    private long leaks;
    private long slowUses;
    private final Map<Verdict, Long> failures = new HashMap<>();
    private Distribution waits = Distribution.empty();
    private Distribution uses = Distribution.empty();
    private Distribution connects = Distribution.empty();

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
        shed += stats.shed();
        refused += stats.refused();
        created += stats.created();
        stats.closed().forEach((reason, count) -> closed.merge(reason, count, Long::sum));
        connectFailures += stats.connectFailures();
        validationFailures += stats.validationFailures();
        leaks += stats.leaks();
        slowUses += stats.slowUses();
        stats.failures().forEach((verdict, count) -> failures.merge(verdict, count, Long::sum));
        waits = waits.plus(stats.waits());
        uses = uses.plus(stats.uses());
        connects = connects.plus(stats.connects());
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
                shed,
                refused,
                created,
                closed,
                connectFailures,
                validationFailures,
                leaks,
                slowUses,
                failures,
                waits,
                uses,
                connects,
                whole.policies());
    }
}
