package dev.cenote.redis.pubsub;

import dev.cenote.protocols.Check;

/**
 * What can be subscribed to.
 *
 * @param kind how the server matches it
 * @param name the channel, or the pattern
 */
public record Topic(Kind kind, String name) {
    /** How the server finds the subscribers of a message. */
    public enum Kind {
        /** One channel (SUBSCRIBE). */
        CHANNEL,
        /** All channels that match a pattern with {@code *}, {@code ?} and {@code [...]} (PSUBSCRIBE). */
        PATTERN,
        /** One sharded channel, to which SPUBLISH publishes (SSUBSCRIBE; Redis 7 and later). */
        SHARD
    }

    /**
     * Checks it.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException if the name is blank
     */
    public Topic {
        Check.notBlank("name", name);
    }

    /** One channel. */
    public static Topic channel(String name) {
        return new Topic(Kind.CHANNEL, name);
    }

    /** All channels that match a pattern. */
    public static Topic pattern(String pattern) {
        return new Topic(Kind.PATTERN, pattern);
    }

    /** One sharded channel. */
    public static Topic shard(String name) {
        return new Topic(Kind.SHARD, name);
    }

    /** Kind and name. */
    @Override
    public String toString() {
        return switch (kind) {
            case CHANNEL -> "channel " + name;
            case PATTERN -> "pattern " + name;
            case SHARD -> "sharded channel " + name;
        };
    }
}
