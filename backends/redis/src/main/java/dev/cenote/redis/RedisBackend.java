package dev.cenote.redis;

import dev.cenote.protocols.Backend;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Opens Redis pools by URI; found by {@link java.util.ServiceLoader}. */
public final class RedisBackend implements Backend {
    static final String NAME = "redis";
    static final Set<String> SCHEMES = Collections.unmodifiableSet(new TreeSet<>(
            Set.of("redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-cluster", "rediss-cluster")));

    /** For the service loader. */
    public RedisBackend() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> schemes() {
        return SCHEMES;
    }

    @Override
    public Pool<?> open(PoolUri uri) {
        return uri.scheme().endsWith(RedisParameters.CLUSTER)
                ? RedisClusterPool.builder().uri(uri).build()
                : RedisPool.builder().uri(uri).build();
    }
}
