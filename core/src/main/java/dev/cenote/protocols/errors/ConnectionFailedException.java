package dev.cenote.protocols.errors;

import dev.cenote.protocols.Verdict;

/** A connection could not be opened, and waiting for another attempt is of no use. */
public class ConnectionFailedException extends PoolException {
    private static final long serialVersionUID = 1L;

    private final Verdict verdict;

    public ConnectionFailedException(String pool, String message, Verdict verdict, Throwable cause) {
        super(pool, message, cause);
        this.verdict = verdict;
    }

    /** What the backend's classifier said of the cause. */
    public Verdict verdict() {
        return verdict;
    }
}
