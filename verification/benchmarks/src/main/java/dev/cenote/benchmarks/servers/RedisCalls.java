package dev.cenote.benchmarks.servers;

import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.redis.RedisOperations;
import dev.cenote.redis.RedisPool;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.support.ConnectionPoolSupport;
import java.net.URI;
import java.util.Objects;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/** GET of a key that is there. */
final class RedisCalls {
    private static final String KEY = "cenote:benchmark";

    private RedisCalls() {}

    static Subject cenote(String uri) {
        prepare(uri);
        RedisPool pool = RedisPool.builder()
                .uri(uri)
                .minSize(ServerCalls.SIZE)
                .maxSize(ServerCalls.SIZE)
                .build();
        var get = RedisOperations.get(KEY);
        return new ServerCall(
                () -> {
                    try (var lease = pool.acquire()) {
                        return lease.execute(get);
                    }
                },
                pool);
    }

    static Subject jedisPool(String uri) {
        prepare(uri);
        var config = new JedisPoolConfig();
        config.setMaxTotal(ServerCalls.SIZE);
        config.setMaxIdle(ServerCalls.SIZE);
        config.setMinIdle(ServerCalls.SIZE);
        config.setJmxEnabled(false);
        var pool = new JedisPool(config, URI.create(uri));
        return new ServerCall(
                () -> {
                    try (Jedis jedis = pool.getResource()) {
                        return Objects.requireNonNull(jedis.get(KEY));
                    }
                },
                pool);
    }

    static Subject lettucePool(String uri) {
        prepare(uri);
        var config = new GenericObjectPoolConfig<StatefulRedisConnection<String, String>>();
        config.setMaxTotal(ServerCalls.SIZE);
        config.setMaxIdle(ServerCalls.SIZE);
        config.setMinIdle(ServerCalls.SIZE);
        config.setJmxEnabled(false);
        RedisClient client = RedisClient.create(uri);
        // Its wrappers are dynamic proxies; without them, one returns the connection by hand, as here.
        GenericObjectPool<StatefulRedisConnection<String, String>> pool =
                ConnectionPoolSupport.createGenericObjectPool(client::connect, config, false);
        return new ServerCall(
                () -> {
                    StatefulRedisConnection<String, String> connection = pool.borrowObject();
                    try {
                        return Objects.requireNonNull(connection.sync().get(KEY));
                    } finally {
                        pool.returnObject(connection);
                    }
                },
                () -> {
                    pool.close();
                    client.shutdown();
                });
    }

    static Subject jedisWithoutPool(String uri) {
        prepare(uri);
        ThreadLocal<Jedis> own = ThreadLocal.withInitial(() -> new Jedis(URI.create(uri)));
        return new ServerCall(() -> Objects.requireNonNull(own.get().get(KEY)), () -> {});
    }

    static Subject lettuceWithoutPool(String uri) {
        prepare(uri);
        RedisClient client = RedisClient.create(uri);
        ThreadLocal<StatefulRedisConnection<String, String>> own = ThreadLocal.withInitial(client::connect);
        return new ServerCall(() -> Objects.requireNonNull(own.get().sync().get(KEY)), client::shutdown);
    }

    private static void prepare(String uri) {
        try (var jedis = new Jedis(URI.create(uri))) {
            jedis.set(KEY, "value");
        }
    }
}
