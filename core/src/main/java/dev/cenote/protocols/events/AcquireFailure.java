package dev.cenote.protocols.events;

/** Why an acquire failed. */
public enum AcquireFailure {
    /** Its deadline passed. */
    TIMEOUT,
    /** The pool was closed. */
    POOL_CLOSED,
    /** The pool was paused. */
    POOL_PAUSED,
    /** The pool was cleared while it waited. */
    POOL_CLEARED,
    /** Too many waited already. */
    QUEUE_FULL,
    /** It was turned away because the queue stood. */
    SHED,
    /** Connecting cannot succeed. */
    CONNECTION_ERROR,
    /** Its thread was interrupted, or its future cancelled. */
    CANCELLED
}
