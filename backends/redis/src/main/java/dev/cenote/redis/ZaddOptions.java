package dev.cenote.redis;

import java.util.LinkedHashSet;
import java.util.Set;

/** Which members ZADD gives their scores, and what it counts. Immutable. */
public final class ZaddOptions {
    private static final ZaddOptions NONE = new ZaddOptions(Set.of(), false);

    private final Set<String> conditions;
    private final boolean countsChanged;

    private ZaddOptions(Set<String> conditions, boolean countsChanged) {
        this.conditions = conditions;
        this.countsChanged = countsChanged;
    }

    /** All members; counts the new ones. */
    public static ZaddOptions none() {
        return NONE;
    }

    private ZaddOptions with(String condition) {
        var all = new LinkedHashSet<>(conditions);
        all.add(condition);
        return new ZaddOptions(all, countsChanged);
    }

    /** Only members that are new (NX). The server refuses it together with any other condition. */
    public ZaddOptions ifAbsent() {
        return with("NX");
    }

    /** Only members that are there (XX). */
    public ZaddOptions ifPresent() {
        return with("XX");
    }

    /** Of members that are there only those whose score becomes greater (GT). */
    public ZaddOptions ifGreater() {
        return with("GT");
    }

    /** Of members that are there only those whose score becomes less (LT). */
    public ZaddOptions ifLess() {
        return with("LT");
    }

    /** Counts the members whose score has changed too (CH). */
    public ZaddOptions countingChanged() {
        return new ZaddOptions(conditions, true);
    }

    boolean isConditional() {
        return !conditions.isEmpty();
    }

    <K, V> Draft<K, V> addTo(Draft<K, V> draft) {
        return draft.words(conditions).when(countsChanged, "CH");
    }
}
