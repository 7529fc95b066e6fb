package dev.cenote.redis;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.Effect;
import io.lettuce.core.KeyValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operations on keys and strings, and PUBLISH; for hashes, lists and sets see {@link RedisCollections}. */
public final class RedisOperations {
    private RedisOperations() {}

    /** The value of {@code key}; empty if there is none. */
    public static RedisOperation<Optional<String>> get(String key) {
        return new RedisOperation<>(
                "GET",
                Optional.of(key),
                Effect.READ_ONLY,
                Optional.class,
                commands -> commands.get(key).thenApply(Optional::ofNullable));
    }

    /** Sets {@code key}, for good. Setting it again changes nothing. */
    public static RedisOperation<Boolean> set(String key, String value) {
        return set(key, value, SetOptions.none());
    }

    /**
     * Sets {@code key} by {@code options}; false if their condition was not met. Where they have a condition it must not
     * run twice: the second time would tell another result. Where they have none it counts as idempotent, although a time
     * after which the value expires is counted from the second run.
     */
    public static RedisOperation<Boolean> set(String key, String value, SetOptions options) {
        Effect effect = options.isConditional() ? Effect.NON_IDEMPOTENT : Effect.IDEMPOTENT;
        return new RedisOperation<>(
                "SET",
                Optional.of(key),
                effect,
                Boolean.class,
                commands -> commands.set(key, value, options.args()).thenApply("OK"::equals));
    }

    /** The values of {@code keys} in their order; empty where there is none. */
    public static RedisOperation<List<Optional<String>>> mget(String... keys) {
        String[] wanted = some("keys", keys);
        return new RedisOperation<List<Optional<String>>>(
                "MGET",
                theOnly(wanted),
                Effect.READ_ONLY,
                List.class,
                commands -> commands.mget(wanted).thenApply(RedisOperations::values))
                .on(wanted);
    }

    /** Sets all of {@code values} at once. */
    public static RedisOperation<Boolean> mset(Map<String, String> values) {
        Map<String, String> all = Map.copyOf(values);
        Check.atLeast("values.size", 1, all.size());
        return new RedisOperation<Boolean>(
                "MSET",
                Optional.empty(),
                Effect.IDEMPOTENT,
                Boolean.class,
                commands -> commands.mset(all).thenApply("OK"::equals))
                .on(all.keySet().toArray(String[]::new));
    }

    /** Deletes {@code keys}; tells how many there were, which a second run would not. */
    public static RedisOperation<Long> delete(String... keys) {
        String[] wanted = some("keys", keys);
        return new RedisOperation<Long>(
                "DEL", theOnly(wanted), Effect.IDEMPOTENT, Long.class, commands -> commands.del(wanted)).on(wanted);
    }

    /** How many of {@code keys} exist. */
    public static RedisOperation<Long> exists(String... keys) {
        String[] wanted = some("keys", keys);
        return new RedisOperation<Long>(
                "EXISTS", theOnly(wanted), Effect.READ_ONLY, Long.class, commands -> commands.exists(wanted)).on(wanted);
    }

    /**
     * Lets {@code key} expire after {@code time}, rounded up to the millisecond; false if there is no such key. Counts as
     * idempotent: run twice, the time is counted from the second run, so that a retry lets the key live longer by as much
     * as it came later.
     */
    public static RedisOperation<Boolean> expire(String key, Duration time) {
        long millis = millis(time);
        return new RedisOperation<>(
                "PEXPIRE",
                Optional.of(key),
                Effect.IDEMPOTENT,
                Boolean.class,
                commands -> commands.pexpire(key, millis));
    }

    /** Time until {@code key} expires; empty if it never does, or is not there. */
    public static RedisOperation<Optional<Duration>> ttl(String key) {
        return new RedisOperation<>(
                "PTTL",
                Optional.of(key),
                Effect.READ_ONLY,
                Optional.class,
                commands -> commands.pttl(key)
                        .thenApply(millis -> millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis))));
    }

    /** Adds 1 to the number at {@code key}, which is 0 if it is not there; tells the sum. */
    public static RedisOperation<Long> incr(String key) {
        return new RedisOperation<>(
                "INCR", Optional.of(key), Effect.NON_IDEMPOTENT, Long.class, commands -> commands.incr(key));
    }

    /** Adds {@code amount} to the number at {@code key}, which is 0 if it is not there; tells the sum. */
    public static RedisOperation<Long> incrBy(String key, long amount) {
        return new RedisOperation<>(
                "INCRBY",
                Optional.of(key),
                Effect.NON_IDEMPOTENT,
                Long.class,
                commands -> commands.incrby(key, amount));
    }

    /** Takes 1 from the number at {@code key}, which is 0 if it is not there; tells the difference. */
    public static RedisOperation<Long> decr(String key) {
        return new RedisOperation<>(
                "DECR", Optional.of(key), Effect.NON_IDEMPOTENT, Long.class, commands -> commands.decr(key));
    }

    /** Publishes {@code message}; tells how many subscribers of this server got it. */
    public static RedisOperation<Long> publish(String channel, String message) {
        return new RedisOperation<Long>(
                "PUBLISH",
                Optional.of(channel),
                Effect.NON_IDEMPOTENT,
                Long.class,
                commands -> commands.publish(channel, message))
                .on(); // every node of a cluster passes it on
    }

    /** Asks the server for a sign of life: PONG. */
    public static RedisOperation<String> ping() {
        return new RedisOperation<>(
                "PING", Optional.empty(), Effect.READ_ONLY, String.class, commands -> commands.ping());
    }

    static List<Optional<String>> values(List<KeyValue<String, String>> replies) {
        return replies.stream()
                .map(reply -> reply.hasValue() ? Optional.of(reply.getValue()) : Optional.<String>empty())
                .toList();
    }

    /** A copy, which must hold something and no null. */
    static String[] some(String field, String... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException(field + " must not be empty, was []");
        }
        return List.of(values).toArray(new String[0]);
    }

    private static Optional<String> theOnly(String... keys) {
        return keys.length == 1 ? Optional.of(keys[0]) : Optional.empty();
    }

    /** Rounded up: 0 milliseconds would delete the key. */
    static long millis(Duration time) {
        return Check.positive("expiry", time).plusNanos(999_999).toMillis();
    }
}
