package dev.cenote.protocols.errors;

/** The thread was interrupted while it waited in acquire. Its interrupt flag is set again. */
public class AcquireInterruptedException extends PoolException {
    private static final long serialVersionUID = 1L;

    public AcquireInterruptedException(String pool, String message) {
        super(pool, message, null);
    }
}
