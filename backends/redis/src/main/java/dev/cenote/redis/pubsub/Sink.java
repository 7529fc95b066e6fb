package dev.cenote.redis.pubsub;

import java.util.Optional;

/** Whom a subscriber's signals are for. Called by one thread at a time. */
interface Sink<V> {
    void signal(PubSubSignal<V> signal);

    void end(Optional<Throwable> failure);

    /** For a listener. */
    static <V> Sink<V> of(PubSubListener<V> listener) {
        return new Sink<>() {
            @Override
            public void signal(PubSubSignal<V> signal) {
                if (signal instanceof PubSubSignal.Message<V> message) {
                    listener.onMessage(message);
                } else if (signal instanceof PubSubSignal.Gap<V> gap) {
                    listener.onGap(gap);
                } else if (signal instanceof PubSubSignal.Overflow<V> overflow) {
                    listener.onOverflow(overflow);
                }
            }

            @Override
            public void end(Optional<Throwable> failure) {
                listener.onEnd(failure);
            }
        };
    }
}
