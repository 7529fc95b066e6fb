package dev.cenote.redis.pubsub;

import java.time.Duration;
import java.time.Instant;

/**
 * What a subscriber is told.
 *
 * @param <V> what a message carries
 */
public sealed interface PubSubSignal<V> {
    /**
     * A message.
     *
     * @param topic what was subscribed to
     * @param channel where it was published; the topic's name, unless that is a pattern
     * @param payload what was published, as the subscription's codec reads it
     */
    record Message<V>(Topic topic, String channel, V payload) implements PubSubSignal<V> {}

    /**
     * A time in which messages of a topic may have been missed, since the connection was lost. Whatever the server
     * published outside of all gaps was delivered; within, some may have been delivered and some not, none twice. It comes
     * between the last message before and the first after it.
     *
     * @param from when the server last proved that all it had published until then had arrived
     * @param to when the server had confirmed the new subscription
     */
    record Gap<V>(Topic topic, Instant from, Instant to) implements PubSubSignal<V> {
        /** How long it was. */
        public Duration length() {
            return Duration.between(from, to);
        }
    }

    /**
     * Messages that were dropped here, since the buffer was full.
     *
     * @param dropped how many, since the last of these
     */
    record Overflow<V>(long dropped) implements PubSubSignal<V> {}
}
