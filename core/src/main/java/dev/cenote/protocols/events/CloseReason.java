package dev.cenote.protocols.events;

/** Why a connection was closed. */
public enum CloseReason {
    /** It passed its maximum lifetime. */
    EXPIRED,
    /** It was idle for longer than the idle time-out, above minSize. */
    IDLE,
    /** It belonged to an older generation. */
    STALE,
    /** The verdict on an error was that it cannot be used any more, or its holder invalidated it. */
    ERROR,
    /** It did not answer when validated. */
    VALIDATION_FAILED,
    /** Its session could not be restored on return. */
    RESET_FAILED,
    /** The pool was made smaller. */
    RESIZED,
    /** The pool was closed. */
    POOL_CLOSED
}
