package dev.cenote.redis;

import java.util.List;

/** Unions, intersections and differences of sorted sets. */
public final class RedisSortedSetAlgebra<K, V> extends TypedGroup<K, V> {
    RedisSortedSetAlgebra(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    /** What is in any of them, the lowest score first. */
    public RedisOperation<List<V>> zunion(SortedSetCombination<K> of) {
        return of.addTo(reading("ZUNION")).reply(values());
    }

    /** What is in any of them with its score, the lowest first. */
    public RedisOperation<List<Scored<V>>> zunionWithScores(SortedSetCombination<K> of) {
        return of.addTo(reading("ZUNION")).word("WITHSCORES").reply(scoredList());
    }

    /** Stores {@link #zunion}; tells the number of members. */
    public RedisOperation<Long> zunionstore(K destination, SortedSetCombination<K> of) {
        return of.addTo(storing("ZUNIONSTORE", destination, of.keys()).key(destination))
                .reply(Reply.NUMBER);
    }

    /** What is in all of them, the lowest score first. */
    public RedisOperation<List<V>> zinter(SortedSetCombination<K> of) {
        return of.addTo(reading("ZINTER")).reply(values());
    }

    /** What is in all of them with its score, the lowest first. */
    public RedisOperation<List<Scored<V>>> zinterWithScores(SortedSetCombination<K> of) {
        return of.addTo(reading("ZINTER")).word("WITHSCORES").reply(scoredList());
    }

    /** Stores {@link #zinter}; tells the number of members. */
    public RedisOperation<Long> zinterstore(K destination, SortedSetCombination<K> of) {
        return of.addTo(storing("ZINTERSTORE", destination, of.keys()).key(destination))
                .reply(Reply.NUMBER);
    }

    /** Number of members that are in all of {@code keys}. */
    @SafeVarargs
    public final RedisOperation<Long> zintercard(K... keys) {
        return reading("ZINTERCARD").countedKeys(keys).reply(Reply.NUMBER);
    }

    /** As {@link #zintercard(Object...)}; the server counts no further than {@code limit}. */
    @SafeVarargs
    public final RedisOperation<Long> zintercardUpTo(long limit, K... keys) {
        return reading("ZINTERCARD")
                .countedKeys(keys)
                .word("LIMIT")
                .number(limit)
                .reply(Reply.NUMBER);
    }

    /** What is in the first of {@code keys} and in none of the others, the lowest score first. */
    @SafeVarargs
    public final RedisOperation<List<V>> zdiff(K... keys) {
        return reading("ZDIFF").countedKeys(keys).reply(values());
    }

    /** As {@link #zdiff}, with the scores. */
    @SafeVarargs
    public final RedisOperation<List<Scored<V>>> zdiffWithScores(K... keys) {
        return reading("ZDIFF").countedKeys(keys).word("WITHSCORES").reply(scoredList());
    }

    /** Stores {@link #zdiff}; tells the number of members. */
    @SafeVarargs
    public final RedisOperation<Long> zdiffstore(K destination, K... keys) {
        return storing("ZDIFFSTORE", destination, List.of(keys))
                .key(destination)
                .countedKeys(keys)
                .reply(Reply.NUMBER);
    }
}
