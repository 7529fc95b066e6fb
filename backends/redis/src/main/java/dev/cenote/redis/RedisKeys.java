package dev.cenote.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Operations on keys, whatever they hold. */
public final class RedisKeys<K> extends TypedGroup<K, byte[]> {
    RedisKeys(ValueCodec<K> keys) {
        super(keys, ValueCodec.bytes());
    }

    /** Deletes {@code keys}; tells how many there were, which a second run would not. */
    @SafeVarargs
    public final RedisOperation<Long> delete(K... keys) {
        return setting("DEL").keys(keys).reply(Reply.NUMBER);
    }

    /** As {@link #delete}; the server frees the memory in the background. */
    @SafeVarargs
    public final RedisOperation<Long> unlink(K... keys) {
        return setting("UNLINK").keys(keys).reply(Reply.NUMBER);
    }

    /** How many of {@code keys} exist. */
    @SafeVarargs
    public final RedisOperation<Long> exists(K... keys) {
        return reading("EXISTS").keys(keys).reply(Reply.NUMBER);
    }

    /** As {@link #exists}, and the server takes them for used just now. */
    @SafeVarargs
    public final RedisOperation<Long> touch(K... keys) {
        return setting("TOUCH").keys(keys).reply(Reply.NUMBER);
    }

    /**
     * Lets {@code key} expire after {@code time}, rounded up to the millisecond; false if there is no such key. Counts as
     * idempotent: run twice, the time is counted from the second run, so that a retry lets the key live longer by as much
     * as it came later.
     */
    public RedisOperation<Boolean> expire(K key, Duration time) {
        return setting("PEXPIRE").key(key).number(Expiry.millis(time)).reply(Reply.TRUTH);
    }

    /** As {@link #expire(Object, Duration)} on a condition; false if it is not met. */
    public RedisOperation<Boolean> expire(K key, Duration time, ExpireCondition condition) {
        return changing("PEXPIRE")
                .key(key)
                .number(Expiry.millis(time))
                .word(condition.word)
                .reply(Reply.TRUTH);
    }

    /** Lets {@code key} expire at {@code instant}, to the millisecond; false if there is no such key. */
    public RedisOperation<Boolean> expireAt(K key, Instant instant) {
        return setting("PEXPIREAT").key(key).number(instant.toEpochMilli()).reply(Reply.TRUTH);
    }

    /** As {@link #expireAt(Object, Instant)} on a condition; false if it is not met. */
    public RedisOperation<Boolean> expireAt(K key, Instant instant, ExpireCondition condition) {
        return changing("PEXPIREAT")
                .key(key)
                .number(instant.toEpochMilli())
                .word(condition.word)
                .reply(Reply.TRUTH);
    }

    /** Time until {@code key} expires; empty if it never does, or is not there. */
    public RedisOperation<Optional<Duration>> ttl(K key) {
        return reading("PTTL").key(key).reply(new Reply.Decoder<>(Optional.class, reply -> {
            long millis = Reply.number(reply);
            return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
        }));
    }

    /** When {@code key} expires; empty if it never does, or is not there. */
    public RedisOperation<Optional<Instant>> expireTime(K key) {
        return reading("PEXPIRETIME").key(key).reply(new Reply.Decoder<>(Optional.class, reply -> {
            long millis = Reply.number(reply);
            return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
        }));
    }

    /** Lets {@code key} never expire; false if it did not anyway, or is not there. */
    public RedisOperation<Boolean> persist(K key) {
        return setting("PERSIST").key(key).reply(Reply.TRUTH);
    }

    /** What {@code key} holds: string, list, set, zset, hash or stream; empty if it is not there. */
    public RedisOperation<Optional<String>> type(K key) {
        return reading("TYPE").key(key).reply(new Reply.Decoder<>(Optional.class, reply -> {
            String type = Reply.text(reply);
            return type.equals("none") ? Optional.empty() : Optional.of(type);
        }));
    }

    /** Gives {@code key} the name {@code other}, in the place of what that was. An error if there is no such key. */
    public RedisOperation<Boolean> rename(K key, K other) {
        return changing("RENAME").key(key).key(other).reply(Reply.OK);
    }

    /** As {@link #rename} if there is no {@code other}; false if there is. */
    public RedisOperation<Boolean> renamenx(K key, K other) {
        return changing("RENAMENX").key(key).key(other).reply(Reply.TRUTH);
    }

    /** Copies {@code key} to {@code other}; false if {@code other} exists, or {@code key} does not. */
    public RedisOperation<Boolean> copy(K key, K other) {
        return changing("COPY").key(key).key(other).reply(Reply.TRUTH);
    }

    /** Copies {@code key} to {@code other} in the place of what that was; false if there is no {@code key}. */
    public RedisOperation<Boolean> copyReplacing(K key, K other) {
        return setting("COPY").key(key).key(other).word("REPLACE").reply(Reply.TRUTH);
    }

    /** Any key; empty if there is none. */
    public RedisOperation<Optional<K>> randomKey() {
        return reading("RANDOMKEY").reply(optionalKey());
    }

    /** One step of a scan of all keys of the server's database. {@link RedisScan} makes a stream of such steps. */
    public RedisOperation<ScanPage<K>> scan(ScanCursor cursor, ScanOptions options) {
        return options.addTo(reading("SCAN"), cursor).reply(page(reply -> Reply.each(reply, this::key)));
    }
}
