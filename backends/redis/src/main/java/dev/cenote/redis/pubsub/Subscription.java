package dev.cenote.redis.pubsub;

import java.util.Set;

/** What a listener is subscribed to. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /** What it is subscribed to. */
    Set<Topic> topics();

    /** False once it has been closed, has failed, or its pool has been closed. */
    boolean isActive();

    /** How many messages wait in its buffer. */
    int buffered();

    /**
     * Ends it at once: what waits in the buffer is dropped, no further call of the listener begins. Does not wait for a
     * call that runs, nor for the server. Harmless when repeated.
     */
    @Override
    void close();
}
