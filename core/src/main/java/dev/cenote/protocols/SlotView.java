package dev.cenote.protocols;

import dev.cenote.protocols.events.CloseReason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A slot of a pool as it was at one moment: the place that holds at most one connection. Immutable.
 *
 * @param state what the slot is about
 * @param connectionId the connection, if one is open
 * @param age how long ago it was opened, if one is open
 * @param expiresIn how long until it reaches its maximum lifetime, zero once it has; empty if none is open or it has none
 * @param isAgeing true once it is so near its maximum lifetime that another is to be opened in its place
 * @param closes why it will be closed when its holder returns it, if it will
 */
public record SlotView(
        State state,
        OptionalLong connectionId,
        Optional<Duration> age,
        Optional<Duration> expiresIn,
        boolean isAgeing,
        Optional<CloseReason> closes) {
    public SlotView {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(connectionId, "connectionId");
        Objects.requireNonNull(age, "age");
        Objects.requireNonNull(expiresIn, "expiresIn");
        Objects.requireNonNull(closes, "closes");
    }

    /** What a slot is about. */
    public enum State {
        /** It holds no connection. */
        EMPTY,
        /** A connection is being opened. */
        CONNECTING,
        /** Its connection can be had at once. */
        IDLE,
        /** Its connection was silent for so long that it is validated before anybody gets it. */
        UNPROVEN,
        /** Its connection is being validated. */
        VALIDATING,
        /** Somebody holds its connection, and runs nothing by typed operations. */
        LEASED,
        /** Somebody holds its connection, and an operation runs. */
        RUNNING,
        /** Its lease has ended, and the connection is on its way to the next holder or to rest. */
        RETURNING,
        /** Its connection is being closed. */
        CLOSING
    }
}
