package dev.cenote.circuit;

/**
 * Leave to make one call, given by {@link CircuitBreaker#acquire()}. Whoever got it says once how the call ended, on
 * every path: a probe's permit that is never settled delays the circuit by another reset time-out. Settling it again is
 * harmless for a probe's permit; while the circuit is closed it would count twice.
 *
 * <p>A permit belongs to the state that gave it. Once the circuit has left that state, it has no effect any more: a call
 * that began before the circuit opened says nothing of the server after it.
 *
 * <p>Thread-safe; nothing here blocks or throws.
 */
public interface Permit {
    /** The server answered. */
    void success();

    /** The server did not answer, or is going. */
    void failure(Throwable error);

    /** The call ended in a way that says nothing of the server; a probe's permit is given to the next caller. */
    void ignored();

    /**
     * Settles by what {@code error} means. A failure is: a verdict that the connection is to be closed; a connection that
     * could not be opened; an exception that is none of Cenote's. A success is a verdict that the connection is sound: the
     * server answered, if only to refuse. Ignored is what says nothing of the server: an exhausted, paused, cleared or
     * closed pool, a cancel, an interrupt, a caller's mistake, an {@link Error}.
     */
    default void settle(Throwable error) {
        switch (Reading.of(error)) {
            case ANSWERED -> success();
            case FAILED -> failure(error);
            case SILENT -> ignored();
        }
    }
}
