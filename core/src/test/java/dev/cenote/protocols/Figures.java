package dev.cenote.protocols;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Snapshots for tests that look at few of their figures. */
public final class Figures {
    private Figures() {}

    /** Of a pool that serves. */
    public static PoolStats stats(String pool, int maxSize, int idle, int leased, int connecting, int waiters) {
        return stats(pool, maxSize, idle, leased, connecting, waiters, Distribution.empty());
    }

    /** Of a pool that serves, and whose leases were held so long. */
    public static PoolStats stats(
            String pool, int maxSize, int idle, int leased, int connecting, int waiters, Distribution uses) {
        return new PoolStats(
                pool,
                PoolState.READY,
                0,
                0,
                maxSize,
                idle,
                leased,
                connecting,
                waiters,
                leased,
                0,
                0,
                0,
                0,
                leased,
                Map.of(),
                0,
                0,
                0,
                0,
                Map.of(),
                Distribution.empty(),
                uses,
                Distribution.empty(),
                PolicyStats.none());
    }

    /** Of which only those parts matter. */
    public static PoolReport report(
            PoolStats stats,
            List<Suspicion> suspicions,
            List<Holder> holders,
            List<WaitingCaller> waiters,
            @Nullable ConnectFailure failure) {
        var health = new Health(Health.Status.UP, "pool " + stats.pool() + " serves");
        return new PoolReport(stats, health, suspicions, holders, waiters, Optional.ofNullable(failure));
    }
}
