package dev.cenote.redis;

/**
 * All operations on keys and values of given types, in groups. Immutable; made once and kept.
 *
 * <pre>{@code
 * static final RedisTypes<String, User> USERS = RedisOperations.with(JsonCodec.of(mapper, User.class));
 *
 * pool.execute(USERS.strings().set("user:1", user));
 * Optional<User> first = pool.execute(USERS.lists().lpop("waiting"));
 * }</pre>
 *
 * <p>{@link RedisOperations} has the same groups for keys and values that are text.
 */
public final class RedisTypes<K, V> extends TypedGroup<K, V> {
    private final RedisStrings<K, V> strings;
    private final RedisKeys<K> keys;
    private final RedisHashes<K, V> hashes;
    private final RedisLists<K, V> lists;
    private final RedisSets<K, V> sets;
    private final RedisSortedSets<K, V> sortedSets;
    private final RedisSortedSetAlgebra<K, V> sortedSetAlgebra;
    private final RedisStreams<K, V> streams;
    private final RedisStreamGroups<K, V> streamGroups;
    private final RedisBitmaps<K> bitmaps;
    private final RedisHyperLogLogs<K, V> hyperLogLogs;
    private final RedisGeo<K, V> geo;
    private final RedisScripts<K, V> scripts;

    RedisTypes(ValueCodec<K> keyCodec, ValueCodec<V> valueCodec) {
        super(keyCodec, valueCodec);
        this.strings = new RedisStrings<>(keyCodec, valueCodec);
        this.keys = new RedisKeys<>(keyCodec);
        this.hashes = new RedisHashes<>(keyCodec, valueCodec);
        this.lists = new RedisLists<>(keyCodec, valueCodec);
        this.sets = new RedisSets<>(keyCodec, valueCodec);
        this.sortedSets = new RedisSortedSets<>(keyCodec, valueCodec);
        this.sortedSetAlgebra = new RedisSortedSetAlgebra<>(keyCodec, valueCodec);
        this.streams = new RedisStreams<>(keyCodec, valueCodec);
        this.streamGroups = new RedisStreamGroups<>(keyCodec, valueCodec);
        this.bitmaps = new RedisBitmaps<>(keyCodec);
        this.hyperLogLogs = new RedisHyperLogLogs<>(keyCodec, valueCodec);
        this.geo = new RedisGeo<>(keyCodec, valueCodec);
        this.scripts = new RedisScripts<>(keyCodec, valueCodec);
    }

    /** GET, SET, INCR and the like. */
    public RedisStrings<K, V> strings() {
        return strings;
    }

    /** DEL, EXPIRE, SCAN and the like. */
    public RedisKeys<K> keys() {
        return keys;
    }

    /** HGET, HSET and the like. */
    public RedisHashes<K, V> hashes() {
        return hashes;
    }

    /** LPUSH, BLPOP and the like. */
    public RedisLists<K, V> lists() {
        return lists;
    }

    /** SADD, SINTER and the like. */
    public RedisSets<K, V> sets() {
        return sets;
    }

    /** ZADD, ZRANGE and the like. */
    public RedisSortedSets<K, V> sortedSets() {
        return sortedSets;
    }

    /** ZUNION, ZINTER, ZDIFF and the like. */
    public RedisSortedSetAlgebra<K, V> sortedSetAlgebra() {
        return sortedSetAlgebra;
    }

    /** XADD, XREAD and the like. */
    public RedisStreams<K, V> streams() {
        return streams;
    }

    /** XREADGROUP, XACK and the like. */
    public RedisStreamGroups<K, V> streamGroups() {
        return streamGroups;
    }

    /** SETBIT, BITFIELD and the like. */
    public RedisBitmaps<K> bitmaps() {
        return bitmaps;
    }

    /** PFADD, PFCOUNT, PFMERGE. */
    public RedisHyperLogLogs<K, V> hyperLogLogs() {
        return hyperLogLogs;
    }

    /** GEOADD, GEOSEARCH and the like. */
    public RedisGeo<K, V> geo() {
        return geo;
    }

    /** EVALSHA, FCALL and the like. */
    public RedisScripts<K, V> scripts() {
        return scripts;
    }

    /** Publishes {@code message}; tells how many subscribers of this server got it. */
    public RedisOperation<Long> publish(String channel, V message) {
        return changing("PUBLISH").word(channel).value(message).target(channel).reply(Reply.NUMBER);
    }

    /** Publishes {@code message} to a channel of the shard that its name belongs to; tells how many subscribers got it. */
    public RedisOperation<Long> spublish(K channel, V message) {
        return changing("SPUBLISH").key(channel).value(message).reply(Reply.NUMBER);
    }
}
