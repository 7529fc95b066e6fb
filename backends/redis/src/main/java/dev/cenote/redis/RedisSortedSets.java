package dev.cenote.redis;

import dev.cenote.protocols.Check;
import dev.cenote.redis.Reply.Decoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Operations on one sorted set: its members, their scores and ranks, and pops; for what is made of several see {@link
 * RedisSortedSetAlgebra}. Those that begin with b wait on the server as {@link RedisLists} says.
 */
public final class RedisSortedSets<K, V> extends TypedGroup<K, V> {
    /** An end of a sorted set. */
    public enum ScoreEnd {
        MIN,
        MAX
    }

    RedisSortedSets(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    // ---- scores

    /** Gives a member its score; true if it is new. */
    public RedisOperation<Boolean> zadd(K key, double score, V member) {
        return setting("ZADD").key(key).number(score).value(member).reply(Reply.TRUTH);
    }

    /** Gives members their scores; tells how many are new. */
    public RedisOperation<Long> zadd(K key, Map<V, Double> members) {
        return zadd(key, ZaddOptions.none(), members);
    }

    /** Gives members their scores by {@code options}; tells how many are new, or have changed if they ask for it. */
    public RedisOperation<Long> zadd(K key, ZaddOptions options, Map<V, Double> members) {
        Check.atLeast("members.size", 1, members.size());
        Draft<K, V> draft =
                options.addTo(settingUnless(options.isConditional(), "ZADD").key(key));
        members.forEach((member, score) -> draft.number((double) score).value(member));
        return draft.reply(Reply.NUMBER);
    }

    /** Adds {@code amount} to the score of a member by {@code options}; tells the sum, empty if their condition was not met. */
    public RedisOperation<Optional<Double>> zaddIncr(K key, ZaddOptions options, double amount, V member) {
        return options.addTo(changing("ZADD").key(key))
                .word("INCR")
                .number(amount)
                .value(member)
                .reply(Reply.OPTIONAL_DECIMAL);
    }

    /** Adds {@code amount} to the score of a member, which is 0 if it is not there; tells the sum. */
    public RedisOperation<Double> zincrBy(K key, double amount, V member) {
        return changing("ZINCRBY").key(key).number(amount).value(member).reply(Reply.DECIMAL);
    }

    /** Score of a member; empty if there is none. */
    public RedisOperation<Optional<Double>> zscore(K key, V member) {
        return reading("ZSCORE").key(key).value(member).reply(Reply.OPTIONAL_DECIMAL);
    }

    /** Scores of {@code members} in their order; empty where there is none. */
    @SafeVarargs
    public final RedisOperation<List<Optional<Double>>> zmscore(K key, V... members) {
        return reading("ZMSCORE")
                .key(key)
                .values("members", members)
                .reply(Reply.list(one -> Reply.maybe(one, Reply::decimal)));
    }

    /** Rank of a member by score, the lowest first, from 0; empty if there is none. */
    public RedisOperation<Optional<Long>> zrank(K key, V member) {
        return reading("ZRANK").key(key).value(member).reply(Reply.OPTIONAL_NUMBER);
    }

    /** Rank of a member by score, the highest first, from 0; empty if there is none. */
    public RedisOperation<Optional<Long>> zrevrank(K key, V member) {
        return reading("ZREVRANK").key(key).value(member).reply(Reply.OPTIONAL_NUMBER);
    }

    // ---- how many

    /** Number of members. */
    public RedisOperation<Long> zcard(K key) {
        return reading("ZCARD").key(key).reply(Reply.NUMBER);
    }

    /** Number of members of these scores. */
    public RedisOperation<Long> zcount(K key, ScoreRange scores) {
        return reading("ZCOUNT")
                .key(key)
                .bytes(scores.least())
                .bytes(scores.most())
                .reply(Reply.NUMBER);
    }

    /** Number of these members. */
    public RedisOperation<Long> zlexcount(K key, LexRange members) {
        return reading("ZLEXCOUNT")
                .key(key)
                .bytes(members.least())
                .bytes(members.most())
                .reply(Reply.NUMBER);
    }

    // ---- ranges

    /** Members by rank, the lowest score first, both ends included. */
    public RedisOperation<List<V>> zrange(K key, long start, long stop) {
        return zrange(key, SortedSetRange.byRank(start, stop));
    }

    /** The members of {@code range}. */
    public RedisOperation<List<V>> zrange(K key, SortedSetRange range) {
        return range.addTo(reading("ZRANGE").key(key)).reply(values());
    }

    /** Members with their scores by rank, the lowest score first, both ends included. */
    public RedisOperation<List<Scored<V>>> zrangeWithScores(K key, long start, long stop) {
        return zrangeWithScores(key, SortedSetRange.byRank(start, stop));
    }

    /** The members of {@code range} with their scores. */
    public RedisOperation<List<Scored<V>>> zrangeWithScores(K key, SortedSetRange range) {
        return range.addTo(reading("ZRANGE").key(key)).word("WITHSCORES").reply(scoredList());
    }

    /** Stores the members of {@code range} of {@code source}; tells how many. */
    public RedisOperation<Long> zrangestore(K destination, K source, SortedSetRange range) {
        return range.addTo(storing("ZRANGESTORE", destination, List.of(source))
                        .key(destination)
                        .key(source))
                .reply(Reply.NUMBER);
    }

    /** Any member; empty if there is none. */
    public RedisOperation<Optional<V>> zrandmember(K key) {
        return reading("ZRANDMEMBER").key(key).reply(optionalValue());
    }

    /** Up to {@code count} different members; of a negative count as many as it says, some maybe more than once. */
    public RedisOperation<List<V>> zrandmember(K key, long count) {
        return reading("ZRANDMEMBER").key(key).number(count).reply(values());
    }

    /** As {@link #zrandmember(Object, long)}, with their scores. */
    public RedisOperation<List<Scored<V>>> zrandmemberWithScores(K key, long count) {
        return reading("ZRANDMEMBER").key(key).number(count).word("WITHSCORES").reply(scoredList());
    }

    /** One step of a scan of the members. {@link RedisScan} makes a stream of such steps. */
    public RedisOperation<ScanPage<Scored<V>>> zscan(K key, ScanCursor cursor, ScanOptions options) {
        return options.addToElements(reading("ZSCAN").key(key), cursor).reply(page(this::scored));
    }

    // ---- removing

    /** Removes members; tells how many there were. */
    @SafeVarargs
    public final RedisOperation<Long> zrem(K key, V... members) {
        return setting("ZREM").key(key).values("members", members).reply(Reply.NUMBER);
    }

    /** Removes members by rank, both ends included; tells how many. */
    public RedisOperation<Long> zremrangeByRank(K key, long start, long stop) {
        return changing("ZREMRANGEBYRANK").key(key).number(start).number(stop).reply(Reply.NUMBER);
    }

    /** Removes the members of these scores; tells how many there were. */
    public RedisOperation<Long> zremrangeByScore(K key, ScoreRange scores) {
        return setting("ZREMRANGEBYSCORE")
                .key(key)
                .bytes(scores.least())
                .bytes(scores.most())
                .reply(Reply.NUMBER);
    }

    /** Removes these members; tells how many there were. */
    public RedisOperation<Long> zremrangeByLex(K key, LexRange members) {
        return setting("ZREMRANGEBYLEX")
                .key(key)
                .bytes(members.least())
                .bytes(members.most())
                .reply(Reply.NUMBER);
    }

    /** Takes the member of the lowest score; empty if there is none. */
    public RedisOperation<Optional<Scored<V>>> zpopmin(K key) {
        return changing("ZPOPMIN").key(key).reply(firstScored());
    }

    /** Takes up to {@code count} members, the lowest score first. */
    public RedisOperation<List<Scored<V>>> zpopmin(K key, int count) {
        return changing("ZPOPMIN").key(key).number(count).reply(scoredList());
    }

    /** Takes the member of the highest score; empty if there is none. */
    public RedisOperation<Optional<Scored<V>>> zpopmax(K key) {
        return changing("ZPOPMAX").key(key).reply(firstScored());
    }

    /** Takes up to {@code count} members, the highest score first. */
    public RedisOperation<List<Scored<V>>> zpopmax(K key, int count) {
        return changing("ZPOPMAX").key(key).number(count).reply(scoredList());
    }

    /** Takes up to {@code count} members from one end of the first of {@code keys} that has any. */
    @SafeVarargs
    public final RedisOperation<Optional<Popped<K, List<Scored<V>>>>> zmpop(ScoreEnd end, int count, K... keys) {
        return changing("ZMPOP")
                .countedKeys(keys)
                .word(end.name())
                .word("COUNT")
                .number(count)
                .reply(poppedList());
    }

    /** Takes the member of the lowest score from the first of {@code keys} that has one, waiting up to {@code timeout}. */
    @SafeVarargs
    public final RedisOperation<Optional<Popped<K, Scored<V>>>> bzpopmin(Duration timeout, K... keys) {
        return changing("BZPOPMIN").keys(keys).waitingSeconds(timeout).reply(popped());
    }

    /** Takes the member of the highest score from the first of {@code keys} that has one, waiting up to {@code timeout}. */
    @SafeVarargs
    public final RedisOperation<Optional<Popped<K, Scored<V>>>> bzpopmax(Duration timeout, K... keys) {
        return changing("BZPOPMAX").keys(keys).waitingSeconds(timeout).reply(popped());
    }

    /** As {@link #zmpop}, waiting up to {@code timeout} for something to take. */
    @SafeVarargs
    public final RedisOperation<Optional<Popped<K, List<Scored<V>>>>> bzmpop(
            Duration timeout, ScoreEnd end, int count, K... keys) {
        return changing("BZMPOP")
                .waitingSeconds(timeout)
                .countedKeys(keys)
                .word(end.name())
                .word("COUNT")
                .number(count)
                .reply(poppedList());
    }

    private Decoder<Optional<Scored<V>>> firstScored() {
        return new Decoder<>(Optional.class, reply -> scored(reply).stream().findFirst());
    }

    private Decoder<Optional<Popped<K, Scored<V>>>> popped() {
        return Reply.optional(reply -> {
            List<@Nullable Object> parts = Reply.elements(reply);
            return new Popped<>(key(parts.get(0)), new Scored<>(value(parts.get(1)), Reply.decimal(parts.get(2))));
        });
    }

    private Decoder<Optional<Popped<K, List<Scored<V>>>>> poppedList() {
        return Reply.optional(reply -> {
            List<@Nullable Object> parts = Reply.elements(reply);
            return new Popped<>(key(parts.get(0)), scored(parts.get(1)));
        });
    }
}
