package dev.cenote.jdbc;

/** How much of a session is restored when its connection is returned. */
public enum ResetPolicy {
    /**
     * What was changed: an open transaction is rolled back, and the session is reset in full only if a statement changed
     * it or the driver's own connection was handed out. A connection that only ran plain statements costs no round trip.
     * Of a data source's connection: what was changed by JDBC's methods, and a transaction, however it was begun.
     */
    DIRTY,
    /** Everything, after every lease that ran anything: for sessions that stored functions change unseen. */
    FULL
}
