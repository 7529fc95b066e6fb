package dev.cenote.redis;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operations on sets. */
public final class RedisSets<K, V> extends TypedGroup<K, V> {
    RedisSets(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    /** Adds members; tells how many are new. */
    @SafeVarargs
    public final RedisOperation<Long> sadd(K key, V... members) {
        return setting("SADD").key(key).values("members", members).reply(Reply.NUMBER);
    }

    /** Removes members; tells how many there were. */
    @SafeVarargs
    public final RedisOperation<Long> srem(K key, V... members) {
        return setting("SREM").key(key).values("members", members).reply(Reply.NUMBER);
    }

    /** All members. */
    public RedisOperation<Set<V>> smembers(K key) {
        return reading("SMEMBERS").key(key).reply(valueSet());
    }

    /** True if it has the member. */
    public RedisOperation<Boolean> sismember(K key, V member) {
        return reading("SISMEMBER").key(key).value(member).reply(Reply.TRUTH);
    }

    /** For each of {@code members}, in their order, whether it is one. */
    @SafeVarargs
    public final RedisOperation<List<Boolean>> smismember(K key, V... members) {
        return reading("SMISMEMBER").key(key).values("members", members).reply(Reply.TRUTHS);
    }

    /** Number of members. */
    public RedisOperation<Long> scard(K key) {
        return reading("SCARD").key(key).reply(Reply.NUMBER);
    }

    /** Takes any member; empty if there is none. */
    public RedisOperation<Optional<V>> spop(K key) {
        return changing("SPOP").key(key).reply(optionalValue());
    }

    /** Takes up to {@code count} members. */
    public RedisOperation<Set<V>> spop(K key, int count) {
        return changing("SPOP").key(key).number(count).reply(valueSet());
    }

    /** Any member; empty if there is none. */
    public RedisOperation<Optional<V>> srandmember(K key) {
        return reading("SRANDMEMBER").key(key).reply(optionalValue());
    }

    /** Up to {@code count} different members; of a negative count as many as it says, some maybe more than once. */
    public RedisOperation<List<V>> srandmember(K key, long count) {
        return reading("SRANDMEMBER").key(key).number(count).reply(values());
    }

    /** Moves a member from one set to another; false if it was not in the first. */
    public RedisOperation<Boolean> smove(K source, K destination, V member) {
        return setting("SMOVE").key(source).key(destination).value(member).reply(Reply.TRUTH);
    }

    /** What is in all of {@code keys}. */
    @SafeVarargs
    public final RedisOperation<Set<V>> sinter(K... keys) {
        return reading("SINTER").keys(keys).reply(valueSet());
    }

    /** Number of members that are in all of {@code keys}. */
    @SafeVarargs
    public final RedisOperation<Long> sintercard(K... keys) {
        return reading("SINTERCARD").countedKeys(keys).reply(Reply.NUMBER);
    }

    /** As {@link #sintercard(Object...)}; the server counts no further than {@code limit}. */
    @SafeVarargs
    public final RedisOperation<Long> sintercardUpTo(long limit, K... keys) {
        return reading("SINTERCARD")
                .countedKeys(keys)
                .word("LIMIT")
                .number(limit)
                .reply(Reply.NUMBER);
    }

    /** What is in any of {@code keys}. */
    @SafeVarargs
    public final RedisOperation<Set<V>> sunion(K... keys) {
        return reading("SUNION").keys(keys).reply(valueSet());
    }

    /** What is in the first of {@code keys} and in none of the others. */
    @SafeVarargs
    public final RedisOperation<Set<V>> sdiff(K... keys) {
        return reading("SDIFF").keys(keys).reply(valueSet());
    }

    /** Stores {@link #sinter}; tells the number of members. */
    @SafeVarargs
    public final RedisOperation<Long> sinterstore(K destination, K... keys) {
        return storing("SINTERSTORE", destination, List.of(keys))
                .key(destination)
                .keys(keys)
                .reply(Reply.NUMBER);
    }

    /** Stores {@link #sunion}; tells the number of members. */
    @SafeVarargs
    public final RedisOperation<Long> sunionstore(K destination, K... keys) {
        return storing("SUNIONSTORE", destination, List.of(keys))
                .key(destination)
                .keys(keys)
                .reply(Reply.NUMBER);
    }

    /** Stores {@link #sdiff}; tells the number of members. */
    @SafeVarargs
    public final RedisOperation<Long> sdiffstore(K destination, K... keys) {
        return storing("SDIFFSTORE", destination, List.of(keys))
                .key(destination)
                .keys(keys)
                .reply(Reply.NUMBER);
    }

    /** One step of a scan of the members. {@link RedisScan} makes a stream of such steps. */
    public RedisOperation<ScanPage<V>> sscan(K key, ScanCursor cursor, ScanOptions options) {
        return options.addToElements(reading("SSCAN").key(key), cursor)
                .reply(page(reply -> Reply.each(reply, this::value)));
    }
}
