package dev.cenote.protocols;

/** The states of a pool. */
public enum PoolState {
    /** Serves acquires. */
    READY,
    /** Refuses acquires until it is made ready. */
    PAUSED,
    /** Refuses acquires for good. */
    CLOSED
}
