package dev.cenote.opentelemetry;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.redis.RedisConnection;
import dev.cenote.redis.RedisOperations;
import dev.cenote.redis.RedisPool;
import dev.cenote.redis.RedisPoolBuilder;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.Map;

class RedisSpanTest extends SpanContract<RedisConnection> {
    @Override
    Product product() {
        return Product.REDIS;
    }

    @Override
    RedisPoolBuilder builder(String uri) {
        return RedisPool.builder().uri(uri);
    }

    @Override
    void prepare(ResilientPool<RedisConnection> pool) {
        pool.execute(RedisOperations.strings().set(SECRET, SECRET));
    }

    @Override
    Operation<RedisConnection, ?> good() {
        return RedisOperations.strings().get(SECRET);
    }

    @Override
    Operation<RedisConnection, ?> bad() {
        return RedisOperations.lists().lpush(SECRET, SECRET);
    }

    @Override
    Operation<RedisConnection, ?> leased(Operation<? super RedisConnection, ?> operation) {
        return RedisOperations.command(Effect.READ_ONLY, "BLPOP", "nothing-comes", "0.01");
    }

    @Override
    String title() {
        return "GET";
    }

    @Override
    Map<String, Object> described() {
        return Map.of("db.system.name", "redis", "db.namespace", "0", "db.operation.name", "GET");
    }

    @Override
    String statusCode() {
        return "WRONGTYPE";
    }
}
