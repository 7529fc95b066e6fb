package dev.cenote.protocols.errors;

import org.jspecify.annotations.Nullable;

/** A pool did not give a connection. Nothing was executed: trying again is always safe. */
public class PoolException extends CenoteException {
    private static final long serialVersionUID = 1L;

    private final String pool;

    public PoolException(String pool, String message, @Nullable Throwable cause) {
        super("pool " + pool + ": " + message, cause);
        this.pool = pool;
    }

    /** Name of the pool. */
    public String pool() {
        return pool;
    }
}
