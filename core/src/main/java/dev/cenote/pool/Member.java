package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import org.jspecify.annotations.Nullable;

/** A connection while it is in the pool, and what stays true of it for all its life. */
final class Member<C extends Connection> {
    final C connection;
    /** The place that it has for all its life; null outside the slots. */
    private final @Nullable Slot<C> slot;

    final long id;
    final long generation;
    final long openedNanos;
    final long replaceAtNanos;
    final long expiresAtNanos;

    /** True once it was told to be closed; under the pool's lock. */
    boolean isToldClosed;

    Member(Slot<C> slot, C connection, ConnectAttempt<C> attempt, Lifetime lifetime) {
        this.connection = connection;
        this.slot = slot;
        this.id = attempt.id;
        this.generation = attempt.generation;
        this.openedNanos = lifetime.beginNanos();
        this.replaceAtNanos = openedNanos + lifetime.replaceAfterNanos();
        this.expiresAtNanos = openedNanos + lifetime.nanos();
    }

    private Member(C connection, long generation, long openedNanos) {
        this.connection = connection;
        this.slot = null;
        this.id = 0;
        this.generation = generation;
        this.openedNanos = openedNanos;
        this.replaceAtNanos = Long.MAX_VALUE;
        this.expiresAtNanos = Long.MAX_VALUE;
    }

    /** A connection outside the slots, which has no number and whose end is for its owner to see to. */
    static <C extends Connection> Member<C> shared(C connection, long generation, long openedNanos) {
        return new Member<>(connection, generation, openedNanos);
    }

    /** Its place, for the holder of a lease. */
    Slot<C> slot() {
        Slot<C> own = slot;
        if (own == null) {
            throw new IllegalStateException("connection is outside the slots");
        }
        return own;
    }

    /** When it begins, how long it may last, and after how long the connection's replacement is opened. */
    record Lifetime(long beginNanos, long nanos, long replaceAfterNanos) {}
}
