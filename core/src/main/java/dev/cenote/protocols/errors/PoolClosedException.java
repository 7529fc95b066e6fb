package dev.cenote.protocols.errors;

/** The pool was closed, before the acquire or while it waited. */
public class PoolClosedException extends PoolException {
    private static final long serialVersionUID = 1L;

    public PoolClosedException(String pool, String message) {
        super(pool, message, null);
    }
}
