package dev.cenote.redis;

import dev.cenote.redis.Reply.Decoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Operations on the entries of streams; for groups of consumers see {@link RedisStreamGroups}. The fields of an entry are
 * of the type of the keys. Those that are called blocking wait on the server as {@link RedisLists} says.
 */
public final class RedisStreams<K, V> extends TypedGroup<K, V> {
    RedisStreams(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    /** Adds an entry; tells its id. */
    public RedisOperation<String> xadd(K key, Map<K, V> fields) {
        return XaddOptions.none()
                .addTo(changing("XADD").key(key))
                .fields(fields)
                .reply(Reply.TEXT);
    }

    /** Adds an entry by {@code options}; tells its id, empty if there is no stream and they want one. */
    public RedisOperation<Optional<String>> xadd(K key, XaddOptions options, Map<K, V> fields) {
        return options.addTo(changing("XADD").key(key)).fields(fields).reply(Reply.OPTIONAL_TEXT);
    }

    /** Number of entries. */
    public RedisOperation<Long> xlen(K key) {
        return reading("XLEN").key(key).reply(Reply.NUMBER);
    }

    /**
     * Entries from the id {@code first} to {@code last}, both included; {@code -} is the least of all and {@code +} the
     * greatest, {@code (} before an id leaves it out.
     */
    public RedisOperation<List<StreamEntry<K, V>>> xrange(K key, String first, String last) {
        return reading("XRANGE").key(key).word(first).word(last).reply(entryList());
    }

    /** The first {@code count} of {@link #xrange(Object, String, String)}. */
    public RedisOperation<List<StreamEntry<K, V>>> xrange(K key, String first, String last, int count) {
        return reading("XRANGE")
                .key(key)
                .word(first)
                .word(last)
                .word("COUNT")
                .number(count)
                .reply(entryList());
    }

    /** Entries from the id {@code last} down to {@code first}, the newest first. */
    public RedisOperation<List<StreamEntry<K, V>>> xrevrange(K key, String last, String first) {
        return reading("XREVRANGE").key(key).word(last).word(first).reply(entryList());
    }

    /** The first {@code count} of {@link #xrevrange(Object, String, String)}. */
    public RedisOperation<List<StreamEntry<K, V>>> xrevrange(K key, String last, String first, int count) {
        return reading("XREVRANGE")
                .key(key)
                .word(last)
                .word(first)
                .word("COUNT")
                .number(count)
                .reply(entryList());
    }

    /** What is there after the offset of each stream; streams with nothing are left out. */
    @SafeVarargs
    public final RedisOperation<Map<K, List<StreamEntry<K, V>>>> xread(XreadOptions options, StreamOffset<K>... from) {
        return from(options.addTo(reading("XREAD")), from).reply(entriesByStream());
    }

    /** As {@link #xread}, waiting up to {@code timeout} until there is something; nothing if there was not. */
    @SafeVarargs
    public final RedisOperation<Map<K, List<StreamEntry<K, V>>>> xreadBlocking(
            Duration timeout, XreadOptions options, StreamOffset<K>... from) {
        Draft<K, V> draft = options.addTo(reading("XREAD")).word("BLOCK").waitingMillis(timeout);
        return from(draft, from).reply(entriesByStream());
    }

    @SafeVarargs
    static <K, V> Draft<K, V> from(Draft<K, V> draft, StreamOffset<K>... from) {
        if (from.length == 0) {
            throw new IllegalArgumentException("offsets must not be empty, was []");
        }
        draft.word("STREAMS");
        for (StreamOffset<K> offset : from) {
            draft.key(offset.key());
        }
        for (StreamOffset<K> offset : from) {
            draft.word(offset.after());
        }
        return draft;
    }

    /** Deletes entries; tells how many there were. */
    public RedisOperation<Long> xdel(K key, String... ids) {
        return setting("XDEL").key(key).words("ids", ids).reply(Reply.NUMBER);
    }

    /** Removes old entries; tells how many. */
    public RedisOperation<Long> xtrim(K key, StreamTrim trim) {
        return trim.addTo(setting("XTRIM").key(key)).reply(Reply.NUMBER);
    }

    /** What the server knows of a stream; an error if there is none. */
    public RedisOperation<StreamReports.StreamInfo<K, V>> xinfoStream(K key) {
        return reading("XINFO STREAM").key(key).reply(new Decoder<>(StreamReports.StreamInfo.class, reply -> {
            Map<String, RedisReply> told = Reply.told(reply);
            return new StreamReports.StreamInfo<>(
                    Reply.of(told, "length").number(),
                    Reply.of(told, "groups").number(),
                    Reply.of(told, "last-generated-id").text().orElse(""),
                    Reply.maybe(Reply.of(told, "first-entry").raw(), this::entry),
                    Reply.maybe(Reply.of(told, "last-entry").raw(), this::entry));
        }));
    }

    private StreamEntry<K, V> entry(@Nullable Object reply) {
        return StreamReplies.entry(this, reply);
    }

    private Decoder<List<StreamEntry<K, V>>> entryList() {
        return Reply.list(this::entry);
    }

    private Decoder<Map<K, List<StreamEntry<K, V>>>> entriesByStream() {
        return StreamReplies.byStream(this);
    }
}
