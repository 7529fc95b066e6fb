package dev.cenote.redis;

/** A codec could not write what it was given, or could not read what Redis has. Says nothing of the connection. */
public class ValueCodecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ValueCodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
