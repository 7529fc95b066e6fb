package dev.cenote.spring.actuate;

import dev.cenote.PoolRegistry;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of each pool, with its reason, by what the pool knows already: no server is asked. A degraded pool serves, and
 * so is up, with {@code degraded} among its details; a paused one is out of service. Thread-safe; does not block.
 */
final class PoolsHealthContributor implements CompositeHealthContributor {
    private final PoolRegistry registry;

    PoolsHealthContributor(PoolRegistry registry) {
        this.registry = registry;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        Pool<?> pool = registry.all().get(name);
        return pool == null ? null : indicator(pool);
    }

    @Override
    public Stream<Entry> stream() {
        return registry.all().entrySet().stream().map(each -> new Entry(each.getKey(), indicator(each.getValue())));
    }

    private static HealthIndicator indicator(Pool<?> pool) {
        return () -> health(pool);
    }

    private static Health health(Pool<?> pool) {
        dev.cenote.protocols.Health own = pool.health();
        PoolStats stats = pool.stats();
        Health.Builder builder = new Health.Builder(status(own, stats))
                .withDetail("reason", own.reason())
                .withDetail("state", stats.state())
                .withDetail("leased", stats.leased())
                .withDetail("idle", stats.idle())
                .withDetail("maxSize", stats.maxSize())
                .withDetail("waiters", stats.waiters());
        if (own.status() == dev.cenote.protocols.Health.Status.DEGRADED) {
            builder.withDetail("degraded", true);
        }
        return builder.build();
    }

    private static Status status(dev.cenote.protocols.Health own, PoolStats stats) {
        if (stats.state() == PoolState.PAUSED) {
            return Status.OUT_OF_SERVICE;
        }
        return own.status() == dev.cenote.protocols.Health.Status.DOWN ? Status.DOWN : Status.UP;
    }
}
