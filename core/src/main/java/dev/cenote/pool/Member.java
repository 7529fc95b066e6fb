package dev.cenote.pool;

import dev.cenote.protocols.Connection;

/** A connection while it is in the pool, and what stays true of it for all its life. Immutable. */
final class Member<C extends Connection> {
    final C connection;
    final long id;
    final long generation;
    final long openedNanos;
    final long replaceAtNanos;
    final long expiresAtNanos;

    Member(C connection, ConnectAttempt<C> attempt, long openedNanos, Lifetime lifetime) {
        this.connection = connection;
        this.id = attempt.id;
        this.generation = attempt.generation;
        this.openedNanos = openedNanos;
        this.replaceAtNanos = openedNanos + lifetime.replaceAfterNanos();
        this.expiresAtNanos = openedNanos + lifetime.nanos();
    }

    private Member(C connection, long generation, long openedNanos) {
        this.connection = connection;
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

    /** How long it may live, and after how long its replacement is opened. */
    record Lifetime(long nanos, long replaceAfterNanos) {}
}
