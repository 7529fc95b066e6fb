package dev.cenote.spring.actuate;

import dev.cenote.PoolRegistry;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code pools}: what each pool says of itself, and what an operator does with it. The second must be
 * allowed by {@code management.endpoint.pools.access=unrestricted}: who may pause a pool can stop the service. Thread-safe.
 */
@Endpoint(id = "pools", defaultAccess = Access.READ_ONLY)
public final class PoolsEndpoint {
    private final PoolRegistry registry;

    /** Of the pools in {@code registry}. */
    public PoolsEndpoint(PoolRegistry registry) {
        this.registry = registry;
    }

    /**
     * All pools.
     *
     * @param pools by name
     */
    public record Overview(Map<String, Line> pools) {}

    /**
     * One pool in brief.
     *
     * @param health {@code UP}, {@code DEGRADED} or {@code DOWN}
     * @param reason why, in words
     * @param sizes its sizes
     */
    public record Line(String health, String reason, PoolDescription.Sizes sizes) {
        static Line of(Pool<?> pool) {
            Health health = pool.health();
            return new Line(health.status().name(), health.reason(), PoolDescription.Sizes.of(pool.stats()));
        }
    }

    /** All pools in brief. Does not block. */
    @ReadOperation
    public Overview pools() {
        var lines = new LinkedHashMap<String, Line>();
        registry.all().forEach((name, pool) -> lines.put(name, Line.of(pool)));
        return new Overview(lines);
    }

    /** One pool in full: figures, holders, waiters, suspicions; null, which is answered by 404, if there is none. Does not block. */
    @ReadOperation
    public @Nullable PoolDescription pool(@Selector String pool) {
        Pool<?> found = registry.all().get(pool);
        return found == null ? null : PoolDescription.of(found);
    }

    /**
     * Does something with a pool, and shows it afterwards.
     *
     * @param pool its name
     * @param action what to do
     * @param minSize only to resize; as it is if not given
     * @param maxSize only to resize; as it is if not given
     * @param inUse only to clear or pause: what becomes of leased connections; {@code KEPT} if not given
     * @throws InvalidEndpointRequestException if there is no such pool, or a size breaks its rule
     */
    @WriteOperation
    public PoolDescription act(
            @Selector String pool,
            @Selector PoolAction action,
            @Nullable Integer minSize,
            @Nullable Integer maxSize,
            @Nullable InUse inUse) {
        Pool<?> found = registry.all().get(pool);
        if (found == null) {
            throw new InvalidEndpointRequestException(
                    "pool must be one of " + registry.all().keySet() + ", was " + pool, "no such pool");
        }
        InUse fate = Objects.requireNonNullElse(inUse, InUse.KEPT);
        switch (action) {
            case CLEAR -> found.clear(fate);
            case PAUSE -> found.pause(fate);
            case READY -> found.ready();
            case RESIZE -> resize(found, minSize, maxSize);
        }
        return PoolDescription.of(found);
    }

    private static void resize(Pool<?> pool, @Nullable Integer minSize, @Nullable Integer maxSize) {
        var now = pool.stats();
        try {
            pool.resize(
                    Objects.requireNonNullElse(minSize, now.minSize()),
                    Objects.requireNonNullElse(maxSize, now.maxSize()));
        } catch (ConfigurationException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw new InvalidEndpointRequestException(message, message, wrong);
        }
    }
}
