package dev.cenote.protocols;

import java.util.concurrent.TimeoutException;

/**
 * Thrown by an operation that gave up because its deadline was near, where the driver's exception alone would not tell
 * (it may say that somebody cancelled the statement). The driver's exception is the cause, and what is classified.
 */
public final class DeadlineExceededException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    /** Gives up with the driver's exception. */
    public DeadlineExceededException(Throwable driverException) {
        super(driverException.getMessage());
        initCause(driverException);
    }
}
