package dev.cenote.redis.pubsub;

/** What becomes of a message for which a subscriber's buffer has no room. */
public enum OverflowPolicy {
    /** The oldest in the buffer is dropped for it, and told of. */
    DROP_OLDEST,
    /** It is dropped, and told of. */
    DROP_NEWEST,
    /** The subscription ends with an {@link OverflowException}, after what is in the buffer. */
    FAIL
}
