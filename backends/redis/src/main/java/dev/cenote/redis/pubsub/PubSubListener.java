package dev.cenote.redis.pubsub;

import dev.cenote.redis.pubsub.PubSubSignal.Gap;
import dev.cenote.redis.pubsub.PubSubSignal.Message;
import dev.cenote.redis.pubsub.PubSubSignal.Overflow;
import java.util.Optional;

/**
 * Is told the messages of a subscription, one after another, on a thread of the pool's that it may block: it holds up
 * nobody but itself, and what it cannot keep up with waits in its buffer. What it throws is logged.
 *
 * @param <V> what a message carries
 */
@FunctionalInterface
public interface PubSubListener<V> {
    /** A message has come. */
    void onMessage(Message<V> message);

    /** Messages may have been missed. Logs a warning by default; who keeps a copy of something should read it anew. */
    default void onGap(Gap<V> gap) {
        System.getLogger(PubSubListener.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "messages of " + gap.topic() + " may have been missed from " + gap.from() + " to " + gap.to());
    }

    /** Messages were dropped, since this is too slow for its buffer. Logs a warning by default. */
    default void onOverflow(Overflow<V> overflow) {
        System.getLogger(PubSubListener.class.getName())
                .log(System.Logger.Level.WARNING, "a slow subscriber missed " + overflow.dropped() + " messages");
    }

    /**
     * Nothing more will come, unless the subscription was closed by its owner, who knows. Does nothing by default.
     *
     * @param failure why; empty if the pool was closed
     */
    default void onEnd(Optional<Throwable> failure) {}
}
