package dev.cenote.protocols.errors;

/** A connection was known to be dead when it was about to be used. Nothing was sent: acquire another. */
public class StaleConnectionException extends CenoteException {
    private static final long serialVersionUID = 1L;

    private final long connectionId;

    public StaleConnectionException(long connectionId, String message) {
        super("connection " + connectionId + " is stale: " + message);
        this.connectionId = connectionId;
    }

    /** Number of the connection in its pool. */
    public long connectionId() {
        return connectionId;
    }
}
