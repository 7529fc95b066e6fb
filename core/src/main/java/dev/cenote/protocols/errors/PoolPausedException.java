package dev.cenote.protocols.errors;

/** The pool is paused: it refuses acquires until it is made ready. */
public class PoolPausedException extends PoolException {
    private static final long serialVersionUID = 1L;

    public PoolPausedException(String pool, String message) {
        super(pool, message, null);
    }
}
