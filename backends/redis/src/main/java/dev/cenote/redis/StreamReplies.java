package dev.cenote.redis;

import dev.cenote.redis.Reply.Decoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the commands on streams answer. */
final class StreamReplies {
    private StreamReplies() {}

    static <K, V> StreamEntry<K, V> entry(TypedGroup<K, V> typed, @Nullable Object reply) {
        List<@Nullable Object> parts = Reply.elements(reply);
        return new StreamEntry<>(Reply.text(parts.get(0)), typed.fields(parts.get(1)));
    }

    static <K, V> Decoder<Map<K, List<StreamEntry<K, V>>>> byStream(TypedGroup<K, V> typed) {
        return new Decoder<>(Map.class, reply -> {
            Map<K, List<StreamEntry<K, V>>> streams = typed.newMap();
            Reply.pairs(
                    reply,
                    (stream, entries) -> streams.put(typed.key(stream), Reply.each(entries, one -> entry(typed, one))));
            return streams;
        });
    }
}
