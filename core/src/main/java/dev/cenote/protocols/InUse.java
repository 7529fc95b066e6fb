package dev.cenote.protocols;

/** What becomes of connections in use when a pool is cleared or paused. */
public enum InUse {
    /** Their holders finish; they are closed when they are returned. */
    KEPT,
    /** They are aborted at once: whatever runs on them fails, and the lease is good for nothing but being closed. */
    ABORTED
}
