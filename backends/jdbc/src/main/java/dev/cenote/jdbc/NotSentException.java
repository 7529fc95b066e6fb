package dev.cenote.jdbc;

import dev.cenote.protocols.KnownError;
import java.sql.SQLNonTransientConnectionException;

/**
 * The connection turned out to be unusable, or the deadline to have passed, before anything was sent: the operation
 * provably did not run.
 */
public final class NotSentException extends SQLNonTransientConnectionException {
    private static final long serialVersionUID = 1L;

    /** The connection does not exist, in the words of the SQL standard. */
    private static final String STATE = "08003";

    private final boolean connectionSound;

    private NotSentException(String message, boolean connectionSound) {
        super(message, STATE);
        this.connectionSound = connectionSound;
    }

    /** This error, as the relational backends' classifiers know it. */
    public static KnownError known() {
        return new KnownError(
                STATE, "connection found closed before the send", () -> broken("the connection is closed"));
    }

    static NotSentException broken(String why) {
        return new NotSentException("nothing was sent: " + why, false);
    }

    static NotSentException late() {
        return new NotSentException("nothing was sent: the deadline had passed", true);
    }

    /** True if the connection can be used on: only the time was up. */
    public boolean isConnectionSound() {
        return connectionSound;
    }
}
