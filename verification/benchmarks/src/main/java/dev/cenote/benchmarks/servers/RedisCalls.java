package dev.cenote.benchmarks.servers;

import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.redis.RedisOperation;
import dev.cenote.redis.RedisOperations;
import dev.cenote.redis.RedisPool;
import dev.cenote.redis.RedisPoolBuilder;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.support.ConnectionPoolSupport;
import java.net.URI;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/**
 * One command on a key that is there, in the words of each library.
 *
 * @param jedis with a connection of Jedis
 * @param lettuce with the blocking commands of Lettuce
 * @param cenote with Cenote
 */
record RedisCalls(
        Function<Jedis, Object> jedis,
        Function<RedisCommands<String, String>, Object> lettuce,
        RedisOperation<?> cenote) {
    private static final String KEY = "cenote:benchmark";
    private static final String VALUE = "value";

    static RedisCalls get() {
        return new RedisCalls(jedis -> jedis.get(KEY), commands -> commands.get(KEY), RedisOperations.get(KEY));
    }

    static RedisCalls set() {
        return new RedisCalls(
                jedis -> jedis.set(KEY, VALUE), commands -> commands.set(KEY, VALUE), RedisOperations.set(KEY, VALUE));
    }

    private static RedisPoolBuilder builder(String uri) {
        prepare(uri);
        return RedisPool.builder().uri(uri).minSize(ServerCalls.SIZE).maxSize(ServerCalls.SIZE);
    }

    Subject lease(String uri) {
        RedisPool pool = builder(uri).sharedConnections(0).build();
        return new ServerCall(
                () -> {
                    try (var lease = pool.acquire()) {
                        return lease.execute(cenote);
                    }
                },
                pool);
    }

    Subject shared(String uri, int connections) {
        RedisPool pool = builder(uri).sharedConnections(connections).build();
        return new ServerCall(() -> pool.execute(cenote), pool);
    }

    Subject jedisPool(String uri) {
        prepare(uri);
        var config = new JedisPoolConfig();
        config.setMaxTotal(ServerCalls.SIZE);
        config.setMaxIdle(ServerCalls.SIZE);
        config.setMinIdle(ServerCalls.SIZE);
        config.setJmxEnabled(false);
        var pool = new JedisPool(config, URI.create(uri));
        return new ServerCall(
                () -> {
                    try (Jedis connection = pool.getResource()) {
                        return Objects.requireNonNull(jedis.apply(connection));
                    }
                },
                pool);
    }

    Subject lettucePool(String uri) {
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
                        return Objects.requireNonNull(lettuce.apply(connection.sync()));
                    } finally {
                        pool.returnObject(connection);
                    }
                },
                () -> {
                    pool.close();
                    client.shutdown();
                });
    }

    Subject lettuceShared(String uri) {
        prepare(uri);
        RedisClient client = RedisClient.create(uri);
        RedisCommands<String, String> commands = client.connect().sync();
        return new ServerCall(() -> Objects.requireNonNull(lettuce.apply(commands)), client::shutdown);
    }

    Subject jedisWithoutPool(String uri) {
        prepare(uri);
        ThreadLocal<Jedis> own = ThreadLocal.withInitial(() -> new Jedis(URI.create(uri)));
        return new ServerCall(() -> Objects.requireNonNull(jedis.apply(own.get())), () -> {});
    }

    Subject lettuceWithoutPool(String uri) {
        prepare(uri);
        RedisClient client = RedisClient.create(uri);
        ThreadLocal<StatefulRedisConnection<String, String>> own = ThreadLocal.withInitial(client::connect);
        return new ServerCall(
                () -> Objects.requireNonNull(lettuce.apply(own.get().sync())), client::shutdown);
    }

    private static void prepare(String uri) {
        try (var jedis = new Jedis(URI.create(uri))) {
            jedis.set(KEY, VALUE);
        }
    }
}
