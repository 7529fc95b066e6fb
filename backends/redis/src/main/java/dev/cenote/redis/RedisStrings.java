package dev.cenote.redis;

import dev.cenote.protocols.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operations on single values, and on numbers that are kept as text. Of a key that holds a value of another type they fail
 * with WRONGTYPE, save those that set.
 */
public final class RedisStrings<K, V> extends TypedGroup<K, V> {
    RedisStrings(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    /** The value of {@code key}; empty if there is none. */
    public RedisOperation<Optional<V>> get(K key) {
        return reading("GET").key(key).reply(optionalValue());
    }

    /** Sets {@code key}, for good. Setting it again changes nothing. */
    public RedisOperation<Boolean> set(K key, V value) {
        return set(key, value, SetOptions.none());
    }

    /**
     * Sets {@code key} by {@code options}; false if their condition was not met. Where they have a condition it must not
     * run twice: the second time would tell another result. Where they have none it counts as idempotent, although a time
     * after which the value expires is counted from the second run.
     */
    public RedisOperation<Boolean> set(K key, V value, SetOptions options) {
        return options.addTo(
                        settingUnless(options.isConditional(), "SET").key(key).value(value))
                .reply(Reply.OK);
    }

    /** Sets {@code key} by {@code options}, and tells what it was before; empty if there was nothing. */
    public RedisOperation<Optional<V>> setAndGet(K key, V value, SetOptions options) {
        return options.addTo(changing("SET").key(key).value(value)).word("GET").reply(optionalValue());
    }

    /** The value of {@code key}, whose expiry becomes {@code expiry}; empty if there is none. */
    public RedisOperation<Optional<V>> getex(K key, Expiry expiry) {
        return expiry.addTo(setting("GETEX").key(key)).reply(optionalValue());
    }

    /** Deletes {@code key} and tells its value; empty if there was none. */
    public RedisOperation<Optional<V>> getdel(K key) {
        return changing("GETDEL").key(key).reply(optionalValue());
    }

    /** Sets {@code key}, to expire after {@code time}, rounded up to the millisecond. */
    public RedisOperation<Boolean> setex(K key, Duration time, V value) {
        return setting("PSETEX")
                .key(key)
                .number(Expiry.millis(time))
                .value(value)
                .reply(Reply.OK);
    }

    /** Sets {@code key} if it does not exist; false if it does. */
    public RedisOperation<Boolean> setnx(K key, V value) {
        return changing("SETNX").key(key).value(value).reply(Reply.TRUTH);
    }

    /** The values of {@code keys} in their order; empty where there is none, or none of this type. */
    @SafeVarargs
    public final RedisOperation<List<Optional<V>>> mget(K... keys) {
        return reading("MGET").keys(keys).reply(optionalValues());
    }

    /** Sets all of {@code values} at once. */
    public RedisOperation<Boolean> mset(Map<K, V> values) {
        return pairs(setting("MSET"), values).reply(Reply.OK);
    }

    /** Sets all of {@code values} if none of their keys exists; false if one does. */
    public RedisOperation<Boolean> msetnx(Map<K, V> values) {
        return pairs(changing("MSETNX"), values).reply(Reply.TRUTH);
    }

    private Draft<K, V> pairs(Draft<K, V> draft, Map<K, V> values) {
        Check.atLeast("values.size", 1, values.size());
        values.forEach((key, value) -> draft.key(key).value(value));
        return draft;
    }

    /** Adds 1 to the number at {@code key}, which is 0 if it is not there; tells the sum. */
    public RedisOperation<Long> incr(K key) {
        return changing("INCR").key(key).reply(Reply.NUMBER);
    }

    /** Adds {@code amount} to the number at {@code key}, which is 0 if it is not there; tells the sum. */
    public RedisOperation<Long> incrBy(K key, long amount) {
        return changing("INCRBY").key(key).number(amount).reply(Reply.NUMBER);
    }

    /** Adds {@code amount} to the decimal number at {@code key}, which is 0 if it is not there; tells the sum. */
    public RedisOperation<Double> incrByFloat(K key, double amount) {
        return changing("INCRBYFLOAT").key(key).number(amount).reply(Reply.DECIMAL);
    }

    /** Takes 1 from the number at {@code key}, which is 0 if it is not there; tells the difference. */
    public RedisOperation<Long> decr(K key) {
        return changing("DECR").key(key).reply(Reply.NUMBER);
    }

    /** Takes {@code amount} from the number at {@code key}, which is 0 if it is not there; tells the difference. */
    public RedisOperation<Long> decrBy(K key, long amount) {
        return changing("DECRBY").key(key).number(amount).reply(Reply.NUMBER);
    }

    /** Puts {@code value} at the end of what is at {@code key}; tells the length in bytes. */
    public RedisOperation<Long> append(K key, V value) {
        return changing("APPEND").key(key).value(value).reply(Reply.NUMBER);
    }

    /** Length of the value in bytes, 0 if there is none. */
    public RedisOperation<Long> strlen(K key) {
        return reading("STRLEN").key(key).reply(Reply.NUMBER);
    }

    /** The bytes from {@code start} to {@code end}, both included; negative ones count from the end. */
    public RedisOperation<V> getrange(K key, long start, long end) {
        return reading("GETRANGE")
                .key(key)
                .number(start)
                .number(end)
                .reply(new Reply.Decoder<>(Object.class, this::value));
    }

    /** Writes {@code value} over the bytes from {@code offset} on, with zeros where there were none; tells the length. */
    public RedisOperation<Long> setrange(K key, long offset, V value) {
        return setting("SETRANGE").key(key).number(offset).value(value).reply(Reply.NUMBER);
    }

    /** The longest common subsequence of the bytes of two values. */
    public RedisOperation<V> lcs(K one, K other) {
        return reading("LCS").key(one).key(other).reply(new Reply.Decoder<>(Object.class, this::value));
    }

    /** Length of {@link #lcs} in bytes. */
    public RedisOperation<Long> lcsLength(K one, K other) {
        return reading("LCS").key(one).key(other).word("LEN").reply(Reply.NUMBER);
    }
}
