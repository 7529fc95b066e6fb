package dev.cenote.examples;

import dev.cenote.PoolRegistry;
import dev.cenote.Pools;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolStats;
import dev.cenote.redis.RedisOperations;
import dev.cenote.redis.RedisPool;
import java.util.List;
import java.util.Map;

/** Pools from configuration: opened by URI, kept by name, closed together. */
public final class RegistryExample {
    private RegistryExample() {}

    /** Opens a pool for each URI. Whatever the database, the options are the same. */
    public static PoolRegistry open(Map<String, String> urisByName) {
        var registry = new PoolRegistry();
        urisByName.forEach((name, uri) -> registry.register(name, Pools.open(uri)));
        return registry;
    }

    /** Asks the pool named {@code cache} for a sign of life; the type is needed for Redis' own operations only. */
    public static String ping(PoolRegistry registry) {
        return registry.get("cache", RedisPool.class).execute(RedisOperations.ping());
    }

    /** The figures of all pools, in the same words for each database. */
    public static List<PoolStats> stats(PoolRegistry registry) {
        return registry.all().values().stream().map(Pool::stats).toList();
    }
}
