package dev.cenote.protocols.errors;

/** The pool was cleared or paused while the acquire waited. */
public class PoolClearedException extends PoolException {
    private static final long serialVersionUID = 1L;

    public PoolClearedException(String pool, String message) {
        super(pool, message, null);
    }
}
