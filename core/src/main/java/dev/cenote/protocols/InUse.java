package dev.cenote.protocols;

/** What becomes of connections in use when a pool is cleared or paused. */
public enum InUse {
    /** Their holders finish; they are closed when they are returned. */
    KEPT,
    /**
     * They are aborted and closed at once, those that are being opened too: whatever runs on them fails, their leases end,
     * and further use of those fails with a {@link dev.cenote.protocols.errors.StaleConnectionException}.
     */
    ABORTED
}
