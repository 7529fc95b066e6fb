package dev.cenote.redis.pubsub;

import dev.cenote.protocols.Deadline;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/** Opens the connections of a {@link RedisPubSub}, which does not reconnect by itself. */
public interface PubSubConnector {
    /**
     * Opens one; blocks.
     *
     * @throws Exception the driver's
     */
    StatefulRedisPubSubConnection<String, byte[]> open(Deadline deadline) throws Exception;

    /** Ends one; does not block. */
    void close(StatefulRedisPubSubConnection<String, byte[]> connection);

    /**
     * Lets {@code what} block the current thread.
     *
     * @throws IllegalStateException if it is one of the driver's
     */
    void admitBlocking(String what);
}
