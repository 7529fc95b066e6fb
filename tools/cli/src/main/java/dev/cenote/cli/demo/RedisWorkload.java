package dev.cenote.cli.demo;

import static dev.cenote.redis.RedisCollections.hget;
import static dev.cenote.redis.RedisCollections.hset;
import static dev.cenote.redis.RedisCollections.zadd;
import static dev.cenote.redis.RedisCollections.zscore;
import static dev.cenote.redis.RedisOperations.delete;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.publish;
import static dev.cenote.redis.RedisOperations.set;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Operation;
import dev.cenote.redis.RedisConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Redis: a number for each worker, and some other keys. */
final class RedisWorkload implements Workload<RedisConnection> {
    private static final String PREFIX = "cenote:demo:";

    private final String name;
    private final ResilientPool<RedisConnection> pool;
    private final List<String> ledgers = new ArrayList<>();

    RedisWorkload(String name, ResilientPool<RedisConnection> pool) {
        this.name = name;
        this.pool = pool;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ResilientPool<RedisConnection> pool() {
        return pool;
    }

    @Override
    public void prepare(int workers) {
        for (int worker = 0; worker < workers; worker++) {
            ledgers.add(PREFIX + "ledger:" + worker);
        }
        pool.execute(delete(ledgers.toArray(String[]::new)));
    }

    @Override
    public Operation<RedisConnection, ?> increment(int worker) {
        return incr(PREFIX + "ledger:" + worker);
    }

    @Override
    public Operation<RedisConnection, ?> other(int worker, RandomGenerator random) {
        String key = PREFIX + worker;
        return switch (random.nextInt(10)) {
            case 0 -> set(key, "value");
            case 1 -> hset(key + ":hash", "field", "value");
            case 2 -> hget(key + ":hash", "field");
            case 3 -> zadd(key + ":scores", random.nextInt(100), "member");
            case 4 -> zscore(key + ":scores", "member");
            case 5 -> publish(PREFIX + "news", "hello");
            default -> get(key);
        };
    }

    @Override
    public long stored() {
        return ledgers.stream()
                .mapToLong(key -> pool.execute(get(key)).map(Long::parseLong).orElse(0L))
                .sum();
    }
}
