package dev.cenote.redis;

import static dev.cenote.redis.RedisCollections.hgetAll;
import static dev.cenote.redis.RedisCollections.lrange;
import static dev.cenote.redis.RedisCollections.rpush;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.ledger.LedgerContract;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.HashMap;
import java.util.Map;

class RedisLedgerTest extends LedgerContract<RedisConnection, RedisPoolBuilder> {
    @Override
    protected Product product() {
        return Product.REDIS;
    }

    /** Redis keeps what it acknowledged only if it has written it before. */
    @Override
    protected TestServer start() {
        return TestServers.start(
                Product.REDIS,
                ServerOptions.defaults().withArguments("--appendonly", "yes", "--appendfsync", "always"));
    }

    @Override
    protected RedisPoolBuilder builder(String uri) {
        return RedisPool.builder().uri(uri);
    }

    @Override
    protected void prepare(ResilientPool<RedisConnection> pool, int counters) {
        pool.execute(RedisOperations.delete("counters", "ledger"));
    }

    @Override
    protected Operation<RedisConnection, Long> increment(int counter) {
        return RedisCollections.hincrBy("counters", String.valueOf(counter), 1);
    }

    @Override
    protected Operation<RedisConnection, Long> insert(String row) {
        return rpush("ledger", row);
    }

    @Override
    protected Map<Integer, Long> counters(ResilientPool<RedisConnection> pool, int counters) {
        var values = new HashMap<Integer, Long>();
        pool.execute(hgetAll("counters"))
                .forEach((counter, value) -> values.put(Integer.parseInt(counter), Long.parseLong(value)));
        return values;
    }

    @Override
    protected Map<String, Long> rows(ResilientPool<RedisConnection> pool) {
        var times = new HashMap<String, Long>();
        pool.execute(lrange("ledger", 0, -1)).forEach(row -> times.merge(row, 1L, Long::sum));
        return times;
    }
}
