package dev.cenote.redis;

import dev.cenote.protocols.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where operations come from. The commonest stand here, for text:
 *
 * <pre>{@code
 * pool.execute(set("greeting", "hello"));
 * Optional<String> greeting = pool.execute(get("greeting"));
 * }</pre>
 *
 * <p>All are in groups, such as {@link #strings()}, {@link #lists()} or {@link #sortedSets()}, named as the commands of
 * Redis are: {@code lists().blpop(...)}. {@link #with(ValueCodec)} gives the same groups for other types of values, such as
 * JSON or bytes. {@link #batch} sends several at once, {@link #command} what is missing here; transactions are in {@link
 * RedisTransactions}. What may be sent again when its reply was lost: {@link RedisOperation}.
 */
public final class RedisOperations {
    private static final RedisTypes<String, String> TEXT = new RedisTypes<>(ValueCodec.strings(), ValueCodec.strings());

    private RedisOperations() {}

    // ---- groups

    /** All operations on keys that are text, and values that {@code codec} writes and reads. */
    public static <V> RedisTypes<String, V> with(ValueCodec<V> codec) {
        return new RedisTypes<>(ValueCodec.strings(), codec);
    }

    /** All operations on keys and values, each by its codec. */
    public static <K, V> RedisTypes<K, V> with(ValueCodec<K> keys, ValueCodec<V> values) {
        return new RedisTypes<>(keys, values);
    }

    /** All operations on text. */
    public static RedisTypes<String, String> text() {
        return TEXT;
    }

    /** GET, SET, INCR and the like, for text. */
    public static RedisStrings<String, String> strings() {
        return TEXT.strings();
    }

    /** DEL, EXPIRE, SCAN and the like, for text. */
    public static RedisKeys<String> keys() {
        return TEXT.keys();
    }

    /** HGET, HSET and the like, for text. */
    public static RedisHashes<String, String> hashes() {
        return TEXT.hashes();
    }

    /** LPUSH, BLPOP and the like, for text. */
    public static RedisLists<String, String> lists() {
        return TEXT.lists();
    }

    /** SADD, SINTER and the like, for text. */
    public static RedisSets<String, String> sets() {
        return TEXT.sets();
    }

    /** ZADD, ZRANGE and the like, for text. */
    public static RedisSortedSets<String, String> sortedSets() {
        return TEXT.sortedSets();
    }

    /** ZUNION, ZINTER, ZDIFF and the like, for text. */
    public static RedisSortedSetAlgebra<String, String> sortedSetAlgebra() {
        return TEXT.sortedSetAlgebra();
    }

    /** XADD, XREAD and the like, for text. */
    public static RedisStreams<String, String> streams() {
        return TEXT.streams();
    }

    /** XREADGROUP, XACK and the like, for text. */
    public static RedisStreamGroups<String, String> streamGroups() {
        return TEXT.streamGroups();
    }

    /** SETBIT, BITFIELD and the like. */
    public static RedisBitmaps<String> bitmaps() {
        return TEXT.bitmaps();
    }

    /** PFADD, PFCOUNT, PFMERGE, for text. */
    public static RedisHyperLogLogs<String, String> hyperLogLogs() {
        return TEXT.hyperLogLogs();
    }

    /** GEOADD, GEOSEARCH and the like, for text. */
    public static RedisGeo<String, String> geo() {
        return TEXT.geo();
    }

    /** EVALSHA, FCALL and the like, for text. */
    public static RedisScripts<String, String> scripts() {
        return TEXT.scripts();
    }

    // ---- several, and any

    /**
     * Sends several operations at once and waits for their replies together, which saves their round trips. Others may come
     * between them: it is no transaction. See {@link BatchResult} for what is told of each.
     *
     * @throws IllegalArgumentException if there is none, or one waits on the server, changes the session or is a batch
     */
    public static RedisOperation<BatchResult> batch(RedisOperation<?>... operations) {
        return batch(List.of(operations));
    }

    /** As {@link #batch(RedisOperation...)}. */
    public static RedisOperation<BatchResult> batch(List<? extends RedisOperation<?>> operations) {
        return BatchCommand.operation(List.copyOf(operations));
    }

    /**
     * Any command, which must not run twice. Its arguments are text, bytes, numbers and {@link RawKey keys}.
     *
     * <pre>{@code
     * String encoding = pool.execute(command("OBJECT", "ENCODING", key("list"))).text().orElseThrow();
     * }</pre>
     *
     * <p>One that waits on the server, or changes the session, has a connection to itself, as has every one that is not
     * known here; after one that changes the session the connection is cleaned before the next holder gets it.
     *
     * @throws IllegalArgumentException if it would take the connection out of its pool's hands (SUBSCRIBE, MULTI, MONITOR,
     *     CLIENT REPLY and the like); the message names what does it instead
     */
    public static RedisOperation<RedisReply> command(String name, Object... args) {
        return command(Effect.NON_IDEMPOTENT, name, args);
    }

    /** As {@link #command(String, Object...)} with this effect, for which the caller vouches. */
    public static RedisOperation<RedisReply> command(Effect effect, String name, Object... args) {
        return RawCommand.operation(effect, name, args);
    }

    /** An argument of {@link #command} that is a key, so that it is shown, and sent to the node that has it. */
    public static RawKey key(String key) {
        return new RawKey(ValueCodec.strings().encode(key));
    }

    /** Asks the server for a sign of life: PONG. */
    public static RedisOperation<String> ping() {
        return TEXT.reading("PING").reply(Reply.TEXT);
    }

    // ---- the commonest, for text

    /** As {@link RedisStrings#get}. */
    public static RedisOperation<Optional<String>> get(String key) {
        return strings().get(key);
    }

    /** As {@link RedisStrings#set(Object, Object)}. */
    public static RedisOperation<Boolean> set(String key, String value) {
        return strings().set(key, value);
    }

    /** As {@link RedisStrings#set(Object, Object, SetOptions)}. */
    public static RedisOperation<Boolean> set(String key, String value, SetOptions options) {
        return strings().set(key, value, options);
    }

    /** As {@link RedisStrings#mget}. */
    public static RedisOperation<List<Optional<String>>> mget(String... keys) {
        return strings().mget(keys);
    }

    /** As {@link RedisStrings#mset}. */
    public static RedisOperation<Boolean> mset(Map<String, String> values) {
        return strings().mset(values);
    }

    /** As {@link RedisStrings#incr}. */
    public static RedisOperation<Long> incr(String key) {
        return strings().incr(key);
    }

    /** As {@link RedisStrings#incrBy}. */
    public static RedisOperation<Long> incrBy(String key, long amount) {
        return strings().incrBy(key, amount);
    }

    /** As {@link RedisStrings#decr}. */
    public static RedisOperation<Long> decr(String key) {
        return strings().decr(key);
    }

    /** As {@link RedisKeys#delete}. */
    public static RedisOperation<Long> delete(String... keys) {
        return keys().delete(keys);
    }

    /** As {@link RedisKeys#exists}. */
    public static RedisOperation<Long> exists(String... keys) {
        return keys().exists(keys);
    }

    /** As {@link RedisKeys#expire(Object, Duration)}. */
    public static RedisOperation<Boolean> expire(String key, Duration time) {
        return keys().expire(key, time);
    }

    /** As {@link RedisKeys#ttl}. */
    public static RedisOperation<Optional<Duration>> ttl(String key) {
        return keys().ttl(key);
    }

    /** As {@link RedisTypes#publish}. */
    public static RedisOperation<Long> publish(String channel, String message) {
        return TEXT.publish(channel, message);
    }
}
