package dev.cenote.redis;

import io.lettuce.core.SetArgs;
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

    private static final SetOptions NONE = new SetOptions(Optional.empty(), Optional.empty(), false, Condition.ALWAYS);

    private final Optional<Long> expiryMillis;
    private final Optional<Instant> expireAt;
    private final boolean keepTtl;
    private final Condition condition;

    private SetOptions(Optional<Long> expiryMillis, Optional<Instant> expireAt, boolean keepTtl, Condition condition) {
        this.expiryMillis = expiryMillis;
        this.expireAt = expireAt;
        this.keepTtl = keepTtl;
        this.condition = condition;
    }

    /** Never expires, always set. */
    public static SetOptions none() {
        return NONE;
    }

    /** Expires after {@code time}, rounded up to the millisecond; replaces another expiry. */
    public SetOptions expireAfter(Duration time) {
        return new SetOptions(Optional.of(RedisOperations.millis(time)), Optional.empty(), false, condition);
    }

    /** Expires at {@code instant}, to the millisecond; replaces another expiry. */
    public SetOptions expireAt(Instant instant) {
        return new SetOptions(Optional.empty(), Optional.of(instant), false, condition);
    }

    /** Leaves the expiry that the key has; replaces another expiry. */
    public SetOptions keepTtl() {
        return new SetOptions(Optional.empty(), Optional.empty(), true, condition);
    }

    /** Only if the key does not exist (NX). */
    public SetOptions ifAbsent() {
        return new SetOptions(expiryMillis, expireAt, keepTtl, Condition.IF_ABSENT);
    }

    /** Only if the key exists (XX). */
    public SetOptions ifPresent() {
        return new SetOptions(expiryMillis, expireAt, keepTtl, Condition.IF_PRESENT);
    }

    boolean isConditional() {
        return condition != Condition.ALWAYS;
    }

    SetArgs args() {
        var args = new SetArgs();
        expiryMillis.ifPresent(args::px);
        expireAt.ifPresent(args::pxAt);
        if (keepTtl) {
            args.keepttl();
        }
        switch (condition) {
            case IF_ABSENT -> args.nx();
            case IF_PRESENT -> args.xx();
            case ALWAYS -> {}
        }
        return args;
    }
}
