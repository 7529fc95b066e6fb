package dev.cenote.protocols;

import java.util.Objects;

/**
 * What a {@link Classifier} says of an error, in two independent halves: what becomes of the connection, and what is
 * known of the call.
 *
 * @param connection what becomes of the connection
 * @param call what is known of the call
 */
public record Verdict(ConnectionFate connection, CallFate call) {
    public Verdict {
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(call, "call");
    }

    /** What becomes of the connection on which an error was seen. */
    public enum ConnectionFate {
        /** It is sound; the next holder may have it. */
        KEEP,
        /** It must be closed. */
        EVICT,
        /** It must be closed, and everything opened before now is suspect: the server is going or changed its role. */
        CLEAR
    }

    /** What is known of the call that ended with an error. */
    public enum CallFate {
        /** It provably never ran: trying again is always safe. */
        NOT_EXECUTED,
        /** The transaction was rolled back and must be run again as a whole; a single statement may simply be. */
        ROLLED_BACK,
        /** It may have run: trying again is safe only for an operation that may run twice. */
        UNKNOWN,
        /** A commit whose fate is not known: never tried again. */
        COMMIT_UNKNOWN,
        /** Trying again cannot help. */
        PERMANENT
    }

    /** This verdict, with that fate of the connection. */
    public Verdict withConnection(ConnectionFate fate) {
        return new Verdict(fate, call);
    }

    /** This verdict, with that fate of the call. */
    public Verdict withCall(CallFate fate) {
        return new Verdict(connection, fate);
    }

    /** True if an operation with this effect may be tried again after this verdict without doubling a write. */
    public boolean isRetrySafe(Effect effect) {
        return switch (call) {
            case NOT_EXECUTED, ROLLED_BACK -> true;
            case UNKNOWN -> effect.isRepeatable();
            case COMMIT_UNKNOWN, PERMANENT -> false;
        };
    }
}
