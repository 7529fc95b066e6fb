package dev.cenote.redis;

import dev.cenote.redis.Reply.Decoder;
import dev.cenote.redis.StreamReports.Claimed;
import dev.cenote.redis.StreamReports.ConsumerInfo;
import dev.cenote.redis.StreamReports.GroupInfo;
import dev.cenote.redis.StreamReports.PendingEntry;
import dev.cenote.redis.StreamReports.PendingSummary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Operations on groups of consumers, among whom the entries of a stream are shared out. What a consumer has read and not
 * acknowledged is pending, and can be given to another. Those that are called blocking wait on the server as {@link
 * RedisLists} says; entries whose reply was lost stay pending, where {@link #xautoclaim} finds them.
 */
public final class RedisStreamGroups<K, V> extends TypedGroup<K, V> {
    RedisStreamGroups(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    // ---- groups

    /** Makes a group that reads what comes after the id {@code after}; {@code $} is what comes from now on. */
    public RedisOperation<Boolean> xgroupCreate(K key, String group, String after) {
        return changing("XGROUP CREATE").key(key).word(group).word(after).reply(Reply.OK);
    }

    /** As {@link #xgroupCreate}, and makes the stream if there is none. */
    public RedisOperation<Boolean> xgroupCreateWithStream(K key, String group, String after) {
        return changing("XGROUP CREATE")
                .key(key)
                .word(group)
                .word(after)
                .word("MKSTREAM")
                .reply(Reply.OK);
    }

    /** Deletes a group; false if there is none. */
    public RedisOperation<Boolean> xgroupDestroy(K key, String group) {
        return setting("XGROUP DESTROY").key(key).word(group).reply(Reply.TRUTH);
    }

    /** Lets a group read on after the id {@code after}. */
    public RedisOperation<Boolean> xgroupSetId(K key, String group, String after) {
        return setting("XGROUP SETID").key(key).word(group).word(after).reply(Reply.OK);
    }

    /** Makes a consumer known; false if it is. */
    public RedisOperation<Boolean> xgroupCreateConsumer(K key, StreamConsumer consumer) {
        return setting("XGROUP CREATECONSUMER")
                .key(key)
                .word(consumer.group())
                .word(consumer.name())
                .reply(Reply.TRUTH);
    }

    /** Deletes a consumer; tells how many entries it had pending, which are pending no more. */
    public RedisOperation<Long> xgroupDeleteConsumer(K key, StreamConsumer consumer) {
        return setting("XGROUP DELCONSUMER")
                .key(key)
                .word(consumer.group())
                .word(consumer.name())
                .reply(Reply.NUMBER);
    }

    // ---- reading

    /** Reads for a consumer: what was {@link StreamOffset#undelivered not delivered}, or, after an id, what it has pending. */
    @SafeVarargs
    public final RedisOperation<Map<K, List<StreamEntry<K, V>>>> xreadgroup(
            StreamConsumer consumer, XreadOptions options, StreamOffset<K>... from) {
        Draft<K, V> draft = options.addTo(reader(consumer)).when(options.isAcknowledged(), "NOACK");
        return RedisStreams.from(draft, from).reply(StreamReplies.byStream(this));
    }

    /** As {@link #xreadgroup}, waiting up to {@code timeout} until there is something; nothing if there was not. */
    @SafeVarargs
    public final RedisOperation<Map<K, List<StreamEntry<K, V>>>> xreadgroupBlocking(
            Duration timeout, StreamConsumer consumer, XreadOptions options, StreamOffset<K>... from) {
        Draft<K, V> draft = options.addTo(reader(consumer))
                .word("BLOCK")
                .waitingMillis(timeout)
                .when(options.isAcknowledged(), "NOACK");
        return RedisStreams.from(draft, from).reply(StreamReplies.byStream(this));
    }

    private Draft<K, V> reader(StreamConsumer consumer) {
        return changing("XREADGROUP").word("GROUP").word(consumer.group()).word(consumer.name());
    }

    /** Acknowledges entries; tells how many were pending. */
    public RedisOperation<Long> xack(K key, String group, String... ids) {
        return setting("XACK").key(key).word(group).words("ids", ids).reply(Reply.NUMBER);
    }

    // ---- what is pending

    /** What is pending in a group, in sum. */
    public RedisOperation<PendingSummary> xpending(K key, String group) {
        return reading("XPENDING").key(key).word(group).reply(new Decoder<>(PendingSummary.class, reply -> {
            List<@Nullable Object> parts = Reply.elements(reply);
            Map<String, Long> byConsumer = Reply.each(parts.get(3), Reply::elements).stream()
                    .collect(Collectors.toMap(one -> Reply.text(one.get(0)), one -> Reply.number(one.get(1))));
            return new PendingSummary(
                    Reply.number(parts.get(0)),
                    Reply.maybe(parts.get(1), Reply::text),
                    Reply.maybe(parts.get(2), Reply::text),
                    byConsumer);
        }));
    }

    /** What is pending in a group, one by one. */
    public RedisOperation<List<PendingEntry>> xpending(K key, String group, PendingQuery query) {
        return query.addTo(reading("XPENDING").key(key).word(group)).reply(Reply.list(reply -> {
            List<@Nullable Object> parts = Reply.elements(reply);
            return new PendingEntry(
                    Reply.text(parts.get(0)),
                    Reply.text(parts.get(1)),
                    Reply.millis(parts.get(2)),
                    Reply.number(parts.get(3)));
        }));
    }

    /** Gives to {@code consumer} those of these pending entries that were last given out at least {@code idle} ago. */
    public RedisOperation<List<StreamEntry<K, V>>> xclaim(
            K key, StreamConsumer consumer, Duration idle, String... ids) {
        return claiming("XCLAIM", key, consumer, idle)
                .words("ids", ids)
                .reply(Reply.list(one -> StreamReplies.entry(this, one)));
    }

    /** Gives to {@code consumer} up to 100 pending entries from the id {@code start} on that were given out at least {@code idle} ago. */
    public RedisOperation<Claimed<K, V>> xautoclaim(K key, StreamConsumer consumer, Duration idle, String start) {
        return claimed(claiming("XAUTOCLAIM", key, consumer, idle).word(start));
    }

    /** As {@link #xautoclaim(Object, StreamConsumer, Duration, String)} from the first on, up to {@code count}. */
    public RedisOperation<Claimed<K, V>> xautoclaim(K key, StreamConsumer consumer, Duration idle, int count) {
        return claimed(claiming("XAUTOCLAIM", key, consumer, idle)
                .word("0-0")
                .word("COUNT")
                .number(count));
    }

    private Draft<K, V> claiming(String name, K key, StreamConsumer consumer, Duration idle) {
        return changing(name)
                .key(key)
                .word(consumer.group())
                .word(consumer.name())
                .number(idle.toMillis());
    }

    private RedisOperation<Claimed<K, V>> claimed(Draft<K, V> draft) {
        return draft.reply(new Decoder<>(Claimed.class, reply -> {
            List<@Nullable Object> parts = Reply.elements(reply);
            return new Claimed<>(
                    Reply.text(parts.get(0)),
                    Reply.each(parts.get(1), one -> StreamReplies.entry(this, one)),
                    parts.size() > 2 ? Reply.each(parts.get(2), Reply::text) : List.of());
        }));
    }

    // ---- what the server knows

    /** The groups of a stream. */
    public RedisOperation<List<GroupInfo>> xinfoGroups(K key) {
        return reading("XINFO GROUPS").key(key).reply(Reply.list(reply -> {
            Map<String, RedisReply> told = Reply.told(reply);
            RedisReply lag = Reply.of(told, "lag");
            return new GroupInfo(
                    Reply.of(told, "name").text().orElse(""),
                    Reply.of(told, "consumers").number(),
                    Reply.of(told, "pending").number(),
                    Reply.of(told, "last-delivered-id").text().orElse(""),
                    lag.isNothing() ? Optional.empty() : Optional.of(lag.number()));
        }));
    }

    /** The consumers of a group. */
    public RedisOperation<List<ConsumerInfo>> xinfoConsumers(K key, String group) {
        return reading("XINFO CONSUMERS").key(key).word(group).reply(Reply.list(reply -> {
            Map<String, RedisReply> told = Reply.told(reply);
            return new ConsumerInfo(
                    Reply.of(told, "name").text().orElse(""),
                    Reply.of(told, "pending").number(),
                    Duration.ofMillis(Reply.of(told, "idle").number()));
        }));
    }
}
