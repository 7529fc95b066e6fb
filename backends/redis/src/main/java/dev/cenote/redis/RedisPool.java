package dev.cenote.redis;

import dev.cenote.decorators.ResilientPool;

/**
 * A pool of connections to one Redis server. Thread-safe.
 *
 * <pre>{@code
 * try (var pool = RedisPool.builder().uri("redis://:secret@localhost:6379/0").maxSize(10).build()) {
 *     Optional<String> value = pool.execute(get("key"));
 * }
 * }</pre>
 *
 * <p>It has one client of Lettuce with two I/O threads, made when the first connection is opened and ended when the pool
 * has been closed and its last lease has ended. What depends on a future of this pool runs on those threads and must not
 * block; an operation that would is refused there with an {@link IllegalStateException} as cause.
 */
public final class RedisPool extends ResilientPool<RedisConnection> {
    RedisPool(Parts<RedisConnection> parts) {
        super(parts);
    }

    /** A builder with the default of each option: {@code localhost}, port 6379, database 0. */
    public static RedisPoolBuilder builder() {
        return new RedisPoolBuilder();
    }
}
