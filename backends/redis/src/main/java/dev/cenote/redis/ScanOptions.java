package dev.cenote.redis;

import dev.cenote.protocols.Check;
import java.util.Optional;

/** What a scan looks for, and how much in one step. Immutable. */
public final class ScanOptions {
    private static final ScanOptions ALL = new ScanOptions(Optional.empty(), Optional.empty(), Optional.empty());

    private final Optional<String> pattern;
    private final Optional<Integer> count;
    private final Optional<String> type;

    private ScanOptions(Optional<String> pattern, Optional<Integer> count, Optional<String> type) {
        this.pattern = pattern;
        this.count = count;
        this.type = type;
    }

    /** All, in steps of the server's choice (10). */
    public static ScanOptions all() {
        return ALL;
    }

    /** Only what matches {@code pattern}, with {@code *}, {@code ?} and {@code [...]}. */
    public static ScanOptions matching(String pattern) {
        return new ScanOptions(Optional.of(pattern), Optional.empty(), Optional.empty());
    }

    /** About how many elements the server looks at in one step; it lets no others run meanwhile. */
    public ScanOptions count(int elements) {
        return new ScanOptions(pattern, Optional.of(Check.atLeast("count", 1, elements)), type);
    }

    /** Only keys that hold a value of {@code type}: string, list, set, zset, hash, stream. For scans of keys alone. */
    public ScanOptions type(String type) {
        return new ScanOptions(pattern, count, Optional.of(Check.notBlank("type", type)));
    }

    <K, V> Draft<K, V> addTo(Draft<K, V> draft, ScanCursor cursor) {
        draft.word(cursor.position());
        pattern.ifPresent(some -> draft.word("MATCH").word(some));
        count.ifPresent(some -> draft.word("COUNT").number(some));
        type.ifPresent(some -> draft.word("TYPE").word(some));
        return draft;
    }

    /** Of the elements of one key, which have no types. */
    <K, V> Draft<K, V> addToElements(Draft<K, V> draft, ScanCursor cursor) {
        if (type.isPresent()) {
            throw new IllegalArgumentException(
                    "type must not be set when the elements of a key are scanned, was " + type.get());
        }
        return addTo(draft, cursor);
    }
}
