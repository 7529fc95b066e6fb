package dev.cenote.redis;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.Effect;
import io.lettuce.core.ScoredValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Operations on hashes, lists, sets and sorted sets. Those that set or remove leave the same data when they run twice, and
 * count as idempotent, although a second run tells another count.
 */
public final class RedisCollections {
    private RedisCollections() {}

    /** Sets a field of a hash; true if it is new. */
    public static RedisOperation<Boolean> hset(String key, String field, String value) {
        return new RedisOperation<>(
                "HSET",
                Optional.of(key),
                Effect.IDEMPOTENT,
                Boolean.class,
                commands -> commands.hset(key, field, value));
    }

    /** Sets fields of a hash; tells how many are new. */
    public static RedisOperation<Long> hset(String key, Map<String, String> fields) {
        Map<String, String> all = Map.copyOf(fields);
        Check.atLeast("fields.size", 1, all.size());
        return new RedisOperation<>(
                "HSET", Optional.of(key), Effect.IDEMPOTENT, Long.class, commands -> commands.hset(key, all));
    }

    /** A field of a hash; empty if there is none. */
    public static RedisOperation<Optional<String>> hget(String key, String field) {
        return new RedisOperation<>(
                "HGET",
                Optional.of(key),
                Effect.READ_ONLY,
                Optional.class,
                commands -> commands.hget(key, field).thenApply(Optional::ofNullable));
    }

    /** All fields of a hash. */
    public static RedisOperation<Map<String, String>> hgetAll(String key) {
        return new RedisOperation<>(
                "HGETALL", Optional.of(key), Effect.READ_ONLY, Map.class, commands -> commands.hgetall(key));
    }

    /** Fields of a hash in their order; empty where there is none. */
    public static RedisOperation<List<Optional<String>>> hmget(String key, String... fields) {
        String[] all = RedisOperations.some("fields", fields);
        return new RedisOperation<>(
                "HMGET",
                Optional.of(key),
                Effect.READ_ONLY,
                List.class,
                commands -> commands.hmget(key, all).thenApply(RedisOperations::values));
    }

    /** Deletes fields of a hash; tells how many there were. */
    public static RedisOperation<Long> hdel(String key, String... fields) {
        String[] all = RedisOperations.some("fields", fields);
        return new RedisOperation<>(
                "HDEL", Optional.of(key), Effect.IDEMPOTENT, Long.class, commands -> commands.hdel(key, all));
    }

    /** Adds {@code amount} to the number in a field of a hash; tells the sum. */
    public static RedisOperation<Long> hincrBy(String key, String field, long amount) {
        return new RedisOperation<>(
                "HINCRBY",
                Optional.of(key),
                Effect.NON_IDEMPOTENT,
                Long.class,
                commands -> commands.hincrby(key, field, amount));
    }

    /** True if a hash has the field. */
    public static RedisOperation<Boolean> hexists(String key, String field) {
        return new RedisOperation<>(
                "HEXISTS", Optional.of(key), Effect.READ_ONLY, Boolean.class, commands -> commands.hexists(key, field));
    }

    /** Number of fields of a hash. */
    public static RedisOperation<Long> hlen(String key) {
        return new RedisOperation<>(
                "HLEN", Optional.of(key), Effect.READ_ONLY, Long.class, commands -> commands.hlen(key));
    }

    /** Names of the fields of a hash. */
    public static RedisOperation<List<String>> hkeys(String key) {
        return new RedisOperation<>(
                "HKEYS", Optional.of(key), Effect.READ_ONLY, List.class, commands -> commands.hkeys(key));
    }

    /** Puts values at the head of a list, one after another; tells its length. */
    public static RedisOperation<Long> lpush(String key, String... values) {
        String[] all = RedisOperations.some("values", values);
        return new RedisOperation<>(
                "LPUSH", Optional.of(key), Effect.NON_IDEMPOTENT, Long.class, commands -> commands.lpush(key, all));
    }

    /** Puts values at the tail of a list; tells its length. */
    public static RedisOperation<Long> rpush(String key, String... values) {
        String[] all = RedisOperations.some("values", values);
        return new RedisOperation<>(
                "RPUSH", Optional.of(key), Effect.NON_IDEMPOTENT, Long.class, commands -> commands.rpush(key, all));
    }

    /** Takes the head of a list; empty if there is none. */
    public static RedisOperation<Optional<String>> lpop(String key) {
        return new RedisOperation<>(
                "LPOP",
                Optional.of(key),
                Effect.NON_IDEMPOTENT,
                Optional.class,
                commands -> commands.lpop(key).thenApply(Optional::ofNullable));
    }

    /** Takes the tail of a list; empty if there is none. */
    public static RedisOperation<Optional<String>> rpop(String key) {
        return new RedisOperation<>(
                "RPOP",
                Optional.of(key),
                Effect.NON_IDEMPOTENT,
                Optional.class,
                commands -> commands.rpop(key).thenApply(Optional::ofNullable));
    }

    /** Elements of a list from {@code start} to {@code stop}, both included; negative ones count from the tail. */
    public static RedisOperation<List<String>> lrange(String key, long start, long stop) {
        return new RedisOperation<>(
                "LRANGE",
                Optional.of(key),
                Effect.READ_ONLY,
                List.class,
                commands -> commands.lrange(key, start, stop));
    }

    /** Length of a list. */
    public static RedisOperation<Long> llen(String key) {
        return new RedisOperation<>(
                "LLEN", Optional.of(key), Effect.READ_ONLY, Long.class, commands -> commands.llen(key));
    }

    /** Adds members to a set; tells how many are new. */
    public static RedisOperation<Long> sadd(String key, String... members) {
        String[] all = RedisOperations.some("members", members);
        return new RedisOperation<>(
                "SADD", Optional.of(key), Effect.IDEMPOTENT, Long.class, commands -> commands.sadd(key, all));
    }

    /** Removes members of a set; tells how many there were. */
    public static RedisOperation<Long> srem(String key, String... members) {
        String[] all = RedisOperations.some("members", members);
        return new RedisOperation<>(
                "SREM", Optional.of(key), Effect.IDEMPOTENT, Long.class, commands -> commands.srem(key, all));
    }

    /** All members of a set. */
    public static RedisOperation<Set<String>> smembers(String key) {
        return new RedisOperation<>(
                "SMEMBERS", Optional.of(key), Effect.READ_ONLY, Set.class, commands -> commands.smembers(key));
    }

    /** True if a set has the member. */
    public static RedisOperation<Boolean> sismember(String key, String member) {
        return new RedisOperation<>(
                "SISMEMBER",
                Optional.of(key),
                Effect.READ_ONLY,
                Boolean.class,
                commands -> commands.sismember(key, member));
    }

    /** Number of members of a set. */
    public static RedisOperation<Long> scard(String key) {
        return new RedisOperation<>(
                "SCARD", Optional.of(key), Effect.READ_ONLY, Long.class, commands -> commands.scard(key));
    }

    /** Gives a member of a sorted set its score; true if it is new. */
    public static RedisOperation<Boolean> zadd(String key, double score, String member) {
        return new RedisOperation<>(
                "ZADD",
                Optional.of(key),
                Effect.IDEMPOTENT,
                Boolean.class,
                commands -> commands.zadd(key, score, member).thenApply(added -> added == 1));
    }

    /** Removes members of a sorted set; tells how many there were. */
    public static RedisOperation<Long> zrem(String key, String... members) {
        String[] all = RedisOperations.some("members", members);
        return new RedisOperation<>(
                "ZREM", Optional.of(key), Effect.IDEMPOTENT, Long.class, commands -> commands.zrem(key, all));
    }

    /** Members of a sorted set by rank, lowest score first, both ends included. */
    public static RedisOperation<List<String>> zrange(String key, long start, long stop) {
        return new RedisOperation<>(
                "ZRANGE",
                Optional.of(key),
                Effect.READ_ONLY,
                List.class,
                commands -> commands.zrange(key, start, stop));
    }

    /** Members of a sorted set with their scores by rank, lowest first, both ends included; in that order. */
    public static RedisOperation<Map<String, Double>> zrangeWithScores(String key, long start, long stop) {
        return new RedisOperation<>(
                "ZRANGE",
                Optional.of(key),
                Effect.READ_ONLY,
                Map.class,
                commands -> commands.zrangeWithScores(key, start, stop).thenApply(RedisCollections::scores));
    }

    private static Map<String, Double> scores(List<ScoredValue<String>> replies) {
        var scores = new LinkedHashMap<String, Double>();
        replies.forEach(reply -> scores.put(reply.getValue(), reply.getScore()));
        return scores;
    }

    /** Score of a member of a sorted set; empty if there is none. */
    public static RedisOperation<Optional<Double>> zscore(String key, String member) {
        return new RedisOperation<>(
                "ZSCORE",
                Optional.of(key),
                Effect.READ_ONLY,
                Optional.class,
                commands -> commands.zscore(key, member).thenApply(Optional::ofNullable));
    }

    /** Adds {@code amount} to the score of a member; tells the sum. */
    public static RedisOperation<Double> zincrBy(String key, double amount, String member) {
        return new RedisOperation<>(
                "ZINCRBY",
                Optional.of(key),
                Effect.NON_IDEMPOTENT,
                Double.class,
                commands -> commands.zincrby(key, amount, member));
    }

    /** Number of members of a sorted set. */
    public static RedisOperation<Long> zcard(String key) {
        return new RedisOperation<>(
                "ZCARD", Optional.of(key), Effect.READ_ONLY, Long.class, commands -> commands.zcard(key));
    }

    /** Rank of a member by score, from 0; empty if there is none. */
    public static RedisOperation<Optional<Long>> zrank(String key, String member) {
        return new RedisOperation<>(
                "ZRANK",
                Optional.of(key),
                Effect.READ_ONLY,
                Optional.class,
                commands -> commands.zrank(key, member).thenApply(Optional::ofNullable));
    }
}
