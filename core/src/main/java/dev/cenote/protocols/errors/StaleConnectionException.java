package dev.cenote.protocols.errors;

/** A connection was found to be dead, expired or of an older generation when it was about to be used. Nothing was sent. */
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
