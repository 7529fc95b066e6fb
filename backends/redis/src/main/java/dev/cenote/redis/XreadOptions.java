package dev.cenote.redis;

import dev.cenote.protocols.Check;
import java.util.Optional;

/** How much of each stream is read. Immutable. */
public final class XreadOptions {
    private static final XreadOptions NONE = new XreadOptions(Optional.empty(), false);

    private final Optional<Integer> count;
    private final boolean acknowledged;

    private XreadOptions(Optional<Integer> count, boolean acknowledged) {
        this.count = count;
        this.acknowledged = acknowledged;
    }

    /** All there is. */
    public static XreadOptions none() {
        return NONE;
    }

    /** Up to {@code entries} of each stream. */
    public XreadOptions count(int entries) {
        return new XreadOptions(Optional.of(Check.atLeast("count", 1, entries)), acknowledged);
    }

    /** Entries count as acknowledged as soon as they are read (NOACK). For reads by a group. */
    public XreadOptions acknowledged() {
        return new XreadOptions(count, true);
    }

    <K, V> Draft<K, V> addTo(Draft<K, V> draft) {
        count.ifPresent(some -> draft.word("COUNT").number(some));
        return draft;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }
}
