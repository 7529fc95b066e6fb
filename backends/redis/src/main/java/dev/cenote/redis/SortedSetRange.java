package dev.cenote.redis;

import dev.cenote.protocols.Check;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which members of a sorted set, and in which order: by rank, by score or by the order of their bytes. Immutable. */
public final class SortedSetRange {
    private record Limit(long offset, long count) {}

    private final byte[] first;
    private final byte[] last;
    private final @Nullable String by;
    private final boolean reversed;
    private final Optional<Limit> limit;

    private SortedSetRange(byte[] first, byte[] last, @Nullable String by, boolean reversed, Optional<Limit> limit) {
        this.first = first;
        this.last = last;
        this.by = by;
        this.reversed = reversed;
        this.limit = limit;
    }

    private static SortedSetRange of(byte[] first, byte[] last, @Nullable String by) {
        return new SortedSetRange(first, last, by, false, Optional.empty());
    }

    /** From rank {@code start} to {@code stop}, both included, from 0; negative ones count from the end. */
    public static SortedSetRange byRank(long start, long stop) {
        return of(TypedGroup.ascii(Long.toString(start)), TypedGroup.ascii(Long.toString(stop)), null);
    }

    /** Of these scores, the lowest first. */
    public static SortedSetRange byScore(ScoreRange scores) {
        return of(scores.least(), scores.most(), "BYSCORE");
    }

    /** Of these members, in the order of their bytes. */
    public static SortedSetRange byLex(LexRange members) {
        return of(members.least(), members.most(), "BYLEX");
    }

    /** In the opposite order; ranks count in it too. */
    public SortedSetRange reversed() {
        return new SortedSetRange(first, last, by, !reversed, limit);
    }

    /** Leaves out the first {@code offset}, and ends after {@code count}. Not for ranks, which the server refuses. */
    public SortedSetRange limit(int offset, int count) {
        Check.atLeast("offset", 0, offset);
        Check.atLeast("count", 1, count);
        return new SortedSetRange(first, last, by, reversed, Optional.of(new Limit(offset, count)));
    }

    <K, V> Draft<K, V> addTo(Draft<K, V> draft) {
        // Scores and members are named from the high end when they are asked for in the opposite order; ranks are not.
        boolean swapped = reversed && by != null;
        draft.bytes(swapped ? last : first).bytes(swapped ? first : last);
        if (by != null) {
            draft.word(by);
        }
        draft.when(reversed, "REV");
        limit.ifPresent(some -> draft.word("LIMIT").number(some.offset).number(some.count));
        return draft;
    }
}
