package dev.cenote.protocols;

import java.util.Objects;

/**
 * How well a pool is.
 *
 * @param status the grade
 * @param reason why, in words that stand alone in a log
 */
public record Health(Status status, String reason) {
    public Health {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
    }

    /** The grades. */
    public enum Status {
        /** Serves. */
        UP,
        /**
         * Serves, but something wants attention: all connections leased and callers waiting, or connecting fails: the last
         * connect did, and that is no longer ago than {@code connectBackoffCap}, or somebody waits, or minSize is not met.
         */
        DEGRADED,
        /** Does not serve: paused, closed, or no connection is open and connecting fails. */
        DOWN
    }
}
