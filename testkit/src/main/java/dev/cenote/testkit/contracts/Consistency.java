package dev.cenote.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What must be true of a pool at rest, whatever was done to it. Each concurrency test ends with it. */
public final class Consistency {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Consistency() {}

    /**
     * Checks that no lease, waiter or slot was lost: nothing is leased or waits, as many were released as acquired, and
     * maxSize different connections can be had at once. The pool must be ready, and its leases ended.
     */
    public static <C extends Connection> void assertAtRest(Pool<C> pool) {
        until(pool, "nothing is leased and nobody waits", stats -> stats.leased() == 0 && stats.waiters() == 0);
        PoolStats stats = pool.stats();
        assertThat(stats.acquired()).as("acquired, of %s", stats).isEqualTo(stats.released());
        assertThat(stats.size()).as("size, of %s", stats).isLessThanOrEqualTo(stats.maxSize());
        List<Lease<C>> all = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        try {
            for (int i = 0; i < stats.maxSize(); i++) {
                Lease<C> lease = pool.acquire(PATIENCE);
                all.add(lease);
                ids.add(lease.connectionId());
            }
        } finally {
            all.forEach(Lease::close);
        }
        assertThat(ids).as("connections had at once").hasSize(stats.maxSize());
        until(pool, "all were returned", now -> now.leased() == 0 && now.acquired() == now.released());
    }

    /** Waits until the figures of the pool are as said. */
    public static void until(Pool<?> pool, String description, Predicate<PoolStats> condition) {
        await(description + " in " + pool.name())
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> condition.test(pool.stats()));
    }
}
