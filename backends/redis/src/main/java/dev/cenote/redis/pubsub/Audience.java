package dev.cenote.redis.pubsub;

import dev.cenote.redis.pubsub.PubSubSignal.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those who are subscribed to one topic. By the lock of their {@link RedisPubSub}. */
final class Audience {
    final Topic topic;
    /** Who has been told that the server confirmed, and so hears of gaps too. */
    private final List<Subscriber<?>> hearing = new ArrayList<>();

    private final List<Joining<?>> waiting = new ArrayList<>();
    private boolean confirmed;
    private Instant askedAt = Instant.MIN;
    private @Nullable Instant deafSince;

    Audience(Topic topic) {
        this.topic = topic;
    }

    boolean isEmpty() {
        return hearing.isEmpty() && waiting.isEmpty();
    }

    /** Takes one more in; the subscription to this topic may be there already. */
    void add(Joining<?> joining) {
        if (confirmed) {
            hearing.add(joining.subscriber());
            joining.confirm(topic);
        } else {
            waiting.add(joining);
        }
    }

    void remove(Subscriber<?> subscriber) {
        hearing.remove(subscriber);
        waiting.removeIf(joining -> joining.subscriber() == subscriber);
    }

    void asked(Instant at) {
        askedAt = at;
    }

    /** The server has subscribed this connection: all is heard from now on. */
    void confirm(Instant at) {
        Instant since = deafSince;
        deafSince = null;
        if (since != null) {
            for (Subscriber<?> subscriber : hearing) {
                tell(subscriber, since, at.isBefore(since) ? since : at);
            }
        }
        confirmed = true;
        for (Joining<?> joining : waiting) {
            hearing.add(joining.subscriber());
            joining.confirm(topic);
        }
        waiting.clear();
    }

    private <V> void tell(Subscriber<V> subscriber, Instant from, Instant to) {
        subscriber.tell(new Gap<>(topic, from, to));
    }

    /** The connection is lost, on which all had arrived that was published before {@code provenUntil}. */
    void lose(Instant provenUntil) {
        if (confirmed) {
            confirmed = false;
            deafSince = askedAt.isAfter(provenUntil) ? askedAt : provenUntil;
        }
    }

    /** Everybody in it, to be told that the server refuses. */
    List<Subscriber<?>> hearing() {
        return List.copyOf(hearing);
    }

    List<Joining<?>> waiting() {
        return List.copyOf(waiting);
    }

    /** Gives a message to all; who has become too slow to stay is returned. */
    List<Subscriber<?>> offer(String channel, byte[] payload) {
        if (!confirmed) {
            return List.of();
        }
        List<Subscriber<?>> leaving = List.of();
        for (Subscriber<?> subscriber : hearing) {
            if (!subscriber.offer(topic, channel, payload)) {
                leaving = new ArrayList<>(leaving);
                leaving.add(subscriber);
            }
        }
        return leaving;
    }
}
