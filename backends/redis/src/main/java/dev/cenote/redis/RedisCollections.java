package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.hashes;
import static dev.cenote.redis.RedisOperations.lists;
import static dev.cenote.redis.RedisOperations.sets;
import static dev.cenote.redis.RedisOperations.sortedSets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The commonest operations on hashes, lists, sets and sorted sets of text, to be imported one by one. All of them are in the
 * groups of {@link RedisOperations}.
 */
public final class RedisCollections {
    private RedisCollections() {}

    /** As {@link RedisHashes#hset(Object, Object, Object)}. */
    public static RedisOperation<Boolean> hset(String key, String field, String value) {
        return hashes().hset(key, field, value);
    }

    /** As {@link RedisHashes#hset(Object, Map)}. */
    public static RedisOperation<Long> hset(String key, Map<String, String> fields) {
        return hashes().hset(key, fields);
    }

    /** As {@link RedisHashes#hget}. */
    public static RedisOperation<Optional<String>> hget(String key, String field) {
        return hashes().hget(key, field);
    }

    /** As {@link RedisHashes#hgetAll}. */
    public static RedisOperation<Map<String, String>> hgetAll(String key) {
        return hashes().hgetAll(key);
    }

    /** As {@link RedisHashes#hmget}. */
    public static RedisOperation<List<Optional<String>>> hmget(String key, String... fields) {
        return hashes().hmget(key, fields);
    }

    /** As {@link RedisHashes#hdel}. */
    public static RedisOperation<Long> hdel(String key, String... fields) {
        return hashes().hdel(key, fields);
    }

    /** As {@link RedisHashes#hincrBy}. */
    public static RedisOperation<Long> hincrBy(String key, String field, long amount) {
        return hashes().hincrBy(key, field, amount);
    }

    /** As {@link RedisHashes#hexists}. */
    public static RedisOperation<Boolean> hexists(String key, String field) {
        return hashes().hexists(key, field);
    }

    /** As {@link RedisHashes#hlen}. */
    public static RedisOperation<Long> hlen(String key) {
        return hashes().hlen(key);
    }

    /** As {@link RedisHashes#hkeys}. */
    public static RedisOperation<List<String>> hkeys(String key) {
        return hashes().hkeys(key);
    }

    /** As {@link RedisLists#lpush}. */
    public static RedisOperation<Long> lpush(String key, String... values) {
        return lists().lpush(key, values);
    }

    /** As {@link RedisLists#rpush}. */
    public static RedisOperation<Long> rpush(String key, String... values) {
        return lists().rpush(key, values);
    }

    /** As {@link RedisLists#lpop(Object)}. */
    public static RedisOperation<Optional<String>> lpop(String key) {
        return lists().lpop(key);
    }

    /** As {@link RedisLists#rpop(Object)}. */
    public static RedisOperation<Optional<String>> rpop(String key) {
        return lists().rpop(key);
    }

    /** As {@link RedisLists#lrange}. */
    public static RedisOperation<List<String>> lrange(String key, long start, long stop) {
        return lists().lrange(key, start, stop);
    }

    /** As {@link RedisLists#llen}. */
    public static RedisOperation<Long> llen(String key) {
        return lists().llen(key);
    }

    /** As {@link RedisSets#sadd}. */
    public static RedisOperation<Long> sadd(String key, String... members) {
        return sets().sadd(key, members);
    }

    /** As {@link RedisSets#srem}. */
    public static RedisOperation<Long> srem(String key, String... members) {
        return sets().srem(key, members);
    }

    /** As {@link RedisSets#smembers}. */
    public static RedisOperation<Set<String>> smembers(String key) {
        return sets().smembers(key);
    }

    /** As {@link RedisSets#sismember}. */
    public static RedisOperation<Boolean> sismember(String key, String member) {
        return sets().sismember(key, member);
    }

    /** As {@link RedisSets#scard}. */
    public static RedisOperation<Long> scard(String key) {
        return sets().scard(key);
    }

    /** As {@link RedisSortedSets#zadd(Object, double, Object)}. */
    public static RedisOperation<Boolean> zadd(String key, double score, String member) {
        return sortedSets().zadd(key, score, member);
    }

    /** As {@link RedisSortedSets#zrem}. */
    public static RedisOperation<Long> zrem(String key, String... members) {
        return sortedSets().zrem(key, members);
    }

    /** As {@link RedisSortedSets#zrange(Object, long, long)}. */
    public static RedisOperation<List<String>> zrange(String key, long start, long stop) {
        return sortedSets().zrange(key, start, stop);
    }

    /** As {@link RedisSortedSets#zrangeWithScores(Object, long, long)}. */
    public static RedisOperation<List<Scored<String>>> zrangeWithScores(String key, long start, long stop) {
        return sortedSets().zrangeWithScores(key, start, stop);
    }

    /** As {@link RedisSortedSets#zscore}. */
    public static RedisOperation<Optional<Double>> zscore(String key, String member) {
        return sortedSets().zscore(key, member);
    }

    /** As {@link RedisSortedSets#zincrBy}. */
    public static RedisOperation<Double> zincrBy(String key, double amount, String member) {
        return sortedSets().zincrBy(key, amount, member);
    }

    /** As {@link RedisSortedSets#zcard}. */
    public static RedisOperation<Long> zcard(String key) {
        return sortedSets().zcard(key);
    }

    /** As {@link RedisSortedSets#zrank}. */
    public static RedisOperation<Optional<Long>> zrank(String key, String member) {
        return sortedSets().zrank(key, member);
    }
}
