package dev.cenote.mongo;

import dev.cenote.protocols.errors.PoolException;

/** As many change streams are open as may be: this one was refused at once. Says nothing of the server. */
public final class TooManyChangeStreamsException extends PoolException {
    private static final long serialVersionUID = 1L;

    private final int maxChangeStreams;

    TooManyChangeStreamsException(String pool, int maxChangeStreams) {
        super(pool, "refused: " + maxChangeStreams + " change streams are open already (maxChangeStreams)", null);
        this.maxChangeStreams = maxChangeStreams;
    }

    /** How many may be open. */
    public int maxChangeStreams() {
        return maxChangeStreams;
    }
}
