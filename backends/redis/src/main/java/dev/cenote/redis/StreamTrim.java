package dev.cenote.redis;

import java.util.Optional;

/** Which of the oldest entries of a stream are removed. Immutable. */
public final class StreamTrim {
    private final String by;
    private final String threshold;
    private final boolean approximate;
    private final Optional<Long> limit;

    private StreamTrim(String by, String threshold, boolean approximate, Optional<Long> limit) {
        this.by = by;
        this.threshold = threshold;
        this.approximate = approximate;
        this.limit = limit;
    }

    /** All but the newest {@code entries}. */
    public static StreamTrim maxLength(long entries) {
        return new StreamTrim("MAXLEN", Long.toString(entries), false, Optional.empty());
    }

    /** All older than the entry {@code id}. */
    public static StreamTrim minId(String id) {
        return new StreamTrim("MINID", id, false, Optional.empty());
    }

    /** Leaves some more where that is cheaper for the server. */
    public StreamTrim approximate() {
        return new StreamTrim(by, threshold, true, limit);
    }

    /** Removes no more than about {@code entries} at once. Makes it {@link #approximate}, as the server wants. */
    public StreamTrim limit(long entries) {
        return new StreamTrim(by, threshold, true, Optional.of(entries));
    }

    <K, V> Draft<K, V> addTo(Draft<K, V> draft) {
        draft.word(by).when(approximate, "~").word(threshold);
        limit.ifPresent(most -> draft.word("LIMIT").number(most));
        return draft;
    }
}
