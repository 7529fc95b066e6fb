package dev.cenote.redis.pubsub;

import dev.cenote.protocols.errors.CenoteException;

/** A subscription with {@link OverflowPolicy#FAIL} has ended, since its subscriber was too slow for its buffer. */
public class OverflowException extends CenoteException {
    private static final long serialVersionUID = 1L;

    private final int buffer;

    OverflowException(int buffer) {
        super("a subscriber was slower than the messages came, and its buffer of " + buffer + " is full");
        this.buffer = buffer;
    }

    /** How many messages the buffer holds. */
    public int buffer() {
        return buffer;
    }
}
