package dev.cenote.circuit;

/**
 * Leave to make one call, which must be told how it ended. What is told of a call that began in an earlier state of the
 * circuit changes nothing. Telling twice counts once for a probe.
 */
public interface Permit {
    /** The server answered. */
    void success();

    /** The server failed. */
    void failure(Throwable error);

    /** The call tells nothing of the server: it never reached it. */
    void ignored();
}
