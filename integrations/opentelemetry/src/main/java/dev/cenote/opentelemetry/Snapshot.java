package dev.cenote.opentelemetry;

import dev.cenote.protocols.Health;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a collection reads of a pool.
 *
 * @param stats its figures
 * @param health how well it is
 * @param suspects why callers are thought to wait, while they do
 */
record Snapshot(PoolStats stats, Health.Status health, Set<Suspicion.Cause> suspects) {
    /** With figures taken just now. A report takes the pool's lock: only while somebody waits does it say more. */
    static Snapshot of(Pool<?> pool, PoolStats stats) {
        Set<Suspicion.Cause> suspects = stats.waiters() == 0
                ? Set.of()
                : pool.report().suspicions().stream().map(Suspicion::cause).collect(Collectors.toUnmodifiableSet());
        return new Snapshot(stats, pool.health().status(), suspects);
    }
}
