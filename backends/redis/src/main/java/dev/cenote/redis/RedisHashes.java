package dev.cenote.redis;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operations on hashes. Their fields are of the type of the keys. */
public final class RedisHashes<K, V> extends TypedGroup<K, V> {
    RedisHashes(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    /** Sets a field; true if it is new. */
    public RedisOperation<Boolean> hset(K key, K field, V value) {
        return setting("HSET").key(key).field(field).value(value).reply(Reply.TRUTH);
    }

    /** Sets fields; tells how many are new. */
    public RedisOperation<Long> hset(K key, Map<K, V> fields) {
        return setting("HSET").key(key).fields(fields).reply(Reply.NUMBER);
    }

    /** Sets a field if there is none; false if there is. */
    public RedisOperation<Boolean> hsetnx(K key, K field, V value) {
        return changing("HSETNX").key(key).field(field).value(value).reply(Reply.TRUTH);
    }

    /** A field; empty if there is none. */
    public RedisOperation<Optional<V>> hget(K key, K field) {
        return reading("HGET").key(key).field(field).reply(optionalValue());
    }

    /** Fields in their order; empty where there is none. */
    @SafeVarargs
    public final RedisOperation<List<Optional<V>>> hmget(K key, K... fields) {
        return reading("HMGET").key(key).fields(fields).reply(optionalValues());
    }

    /** All fields. */
    public RedisOperation<Map<K, V>> hgetAll(K key) {
        return reading("HGETALL").key(key).reply(fieldMap());
    }

    /** Deletes fields; tells how many there were. */
    @SafeVarargs
    public final RedisOperation<Long> hdel(K key, K... fields) {
        return setting("HDEL").key(key).fields(fields).reply(Reply.NUMBER);
    }

    /** True if there is the field. */
    public RedisOperation<Boolean> hexists(K key, K field) {
        return reading("HEXISTS").key(key).field(field).reply(Reply.TRUTH);
    }

    /** Number of fields. */
    public RedisOperation<Long> hlen(K key) {
        return reading("HLEN").key(key).reply(Reply.NUMBER);
    }

    /** Names of the fields. */
    public RedisOperation<List<K>> hkeys(K key) {
        return reading("HKEYS").key(key).reply(keyList());
    }

    /** Values of the fields. */
    public RedisOperation<List<V>> hvals(K key) {
        return reading("HVALS").key(key).reply(values());
    }

    /** Length of a field's value in bytes, 0 if there is none. */
    public RedisOperation<Long> hstrlen(K key, K field) {
        return reading("HSTRLEN").key(key).field(field).reply(Reply.NUMBER);
    }

    /** Adds {@code amount} to the number in a field, which is 0 if it is not there; tells the sum. */
    public RedisOperation<Long> hincrBy(K key, K field, long amount) {
        return changing("HINCRBY").key(key).field(field).number(amount).reply(Reply.NUMBER);
    }

    /** Adds {@code amount} to the decimal number in a field, which is 0 if it is not there; tells the sum. */
    public RedisOperation<Double> hincrByFloat(K key, K field, double amount) {
        return changing("HINCRBYFLOAT").key(key).field(field).number(amount).reply(Reply.DECIMAL);
    }

    /** The name of any field; empty if there is none. */
    public RedisOperation<Optional<K>> hrandfield(K key) {
        return reading("HRANDFIELD").key(key).reply(optionalKey());
    }

    /** Names of up to {@code count} different fields; of a negative count as many as it says, some maybe more than once. */
    public RedisOperation<List<K>> hrandfield(K key, long count) {
        return reading("HRANDFIELD").key(key).number(count).reply(keyList());
    }

    /** As {@link #hrandfield(Object, long)}, with their values. */
    public RedisOperation<List<Map.Entry<K, V>>> hrandfieldWithValues(K key, long count) {
        return reading("HRANDFIELD").key(key).number(count).word("WITHVALUES").reply(fieldList());
    }

    /** One step of a scan of the fields. {@link RedisScan} makes a stream of such steps. */
    public RedisOperation<ScanPage<Map.Entry<K, V>>> hscan(K key, ScanCursor cursor, ScanOptions options) {
        return options.addToElements(reading("HSCAN").key(key), cursor).reply(page(this::fieldEntries));
    }
}
