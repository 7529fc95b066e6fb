package dev.cenote.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How SET sets: when the value expires, and on what condition it is set. Immutable. */
public final class SetOptions {
    private enum Condition {
        ALWAYS,
        IF_ABSENT,
        IF_PRESENT
    }

    private static final SetOptions NONE = new SetOptions(Optional.empty(), false, Condition.ALWAYS);

    private final Optional<Expiry> expiry;
    private final boolean keepTtl;
    private final Condition condition;

    private SetOptions(Optional<Expiry> expiry, boolean keepTtl, Condition condition) {
        this.expiry = expiry;
        this.keepTtl = keepTtl;
        this.condition = condition;
    }

    /** Never expires, always set. */
    public static SetOptions none() {
        return NONE;
    }

    /** Expires after {@code time}, rounded up to the millisecond; replaces another expiry. */
    public SetOptions expireAfter(Duration time) {
        return new SetOptions(Optional.of(Expiry.after(time)), false, condition);
    }

    /** Expires at {@code instant}, to the millisecond; replaces another expiry. */
    public SetOptions expireAt(Instant instant) {
        return new SetOptions(Optional.of(Expiry.at(instant)), false, condition);
    }

    /** Leaves the expiry that the key has; replaces another expiry. */
    public SetOptions keepTtl() {
        return new SetOptions(Optional.empty(), true, condition);
    }

    /** Only if the key does not exist (NX). */
    public SetOptions ifAbsent() {
        return new SetOptions(expiry, keepTtl, Condition.IF_ABSENT);
    }

    /** Only if the key exists (XX). */
    public SetOptions ifPresent() {
        return new SetOptions(expiry, keepTtl, Condition.IF_PRESENT);
    }

    boolean isConditional() {
        return condition != Condition.ALWAYS;
    }

    <K, V> Draft<K, V> addTo(Draft<K, V> draft) {
        expiry.ifPresent(when -> when.addTo(draft));
        return draft.when(keepTtl, "KEEPTTL")
                .when(condition == Condition.IF_ABSENT, "NX")
                .when(condition == Condition.IF_PRESENT, "XX");
    }
}
