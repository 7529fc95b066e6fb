package dev.cenote.redis.pubsub;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A subscriber whose topics the server has not confirmed all. By the lock of its {@link RedisPubSub}. */
final class Joining<V> {
    private final Subscriber<V> subscriber;
    private final Set<Topic> missing;
    private final CompletableFuture<Subscription> joined = new CompletableFuture<>();

    Joining(Subscriber<V> subscriber) {
        this.subscriber = subscriber;
        this.missing = new HashSet<>(subscriber.topics());
    }

    Subscriber<V> subscriber() {
        return subscriber;
    }

    /** Completes when all are confirmed. */
    CompletableFuture<Subscription> joined() {
        return joined;
    }

    void confirm(Topic topic) {
        missing.remove(topic);
    }

    boolean isComplete() {
        return missing.isEmpty();
    }
}
