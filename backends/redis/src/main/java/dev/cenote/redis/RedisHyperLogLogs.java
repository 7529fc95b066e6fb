package dev.cenote.redis;

/** Operations on HyperLogLogs, which count different values to within a percent in 12 kB. */
public final class RedisHyperLogLogs<K, V> extends TypedGroup<K, V> {
    RedisHyperLogLogs(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    /** Adds values; true if the count may have changed. */
    @SafeVarargs
    public final RedisOperation<Boolean> pfadd(K key, V... values) {
        return setting("PFADD").key(key).values("values", values).reply(Reply.TRUTH);
    }

    /** About how many different values were added to any of {@code keys}. */
    @SafeVarargs
    public final RedisOperation<Long> pfcount(K... keys) {
        return reading("PFCOUNT").keys(keys).reply(Reply.NUMBER);
    }

    /** Adds to {@code destination} what was added to {@code sources}. */
    @SafeVarargs
    public final RedisOperation<Boolean> pfmerge(K destination, K... sources) {
        return setting("PFMERGE").key(destination).keys(sources).reply(Reply.OK);
    }
}
