package dev.cenote.redis.pubsub;

import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A connection while it is the one that is listened to. Its state by the lock of its {@link RedisPubSub}. */
final class Link {
    final StatefulRedisPubSubConnection<String, byte[]> connection;
    /** All that the server published before this has arrived: when the last PING was sent that was answered. */
    Instant provenUntil;

    /** SUBSCRIBEs without a reply: an older one's reply must not be taken for that of the last. */
    private final Map<Topic, Integer> asked = new HashMap<>();

    Link(StatefulRedisPubSubConnection<String, byte[]> connection, Instant openedAt) {
        this.connection = connection;
        this.provenUntil = openedAt;
    }

    CompletionStage<?> subscribe(Topic topic) {
        asked.merge(topic, 1, Integer::sum);
        RedisPubSubAsyncCommands<String, byte[]> commands = connection.async();
        return switch (topic.kind()) {
            case CHANNEL -> commands.subscribe(topic.name());
            case PATTERN -> commands.psubscribe(topic.name());
            case SHARD -> commands.ssubscribe(topic.name());
        };
    }

    /** Notes a reply to a SUBSCRIBE, be it a refusal; true if it is the last's. */
    boolean isAnsweredLast(Topic topic) {
        return asked.computeIfPresent(topic, (same, count) -> count == 1 ? null : count - 1) == null;
    }

    CompletionStage<?> unsubscribe(Topic topic) {
        RedisPubSubAsyncCommands<String, byte[]> commands = connection.async();
        return switch (topic.kind()) {
            case CHANNEL -> commands.unsubscribe(topic.name());
            case PATTERN -> commands.punsubscribe(topic.name());
            case SHARD -> commands.sunsubscribe(topic.name());
        };
    }

    CompletionStage<?> ping() {
        return connection.async().ping();
    }

    /** Who is told what the server says, on the driver's thread. */
    interface Ear {
        void message(Link link, Topic topic, String channel, byte[] payload);

        void subscribed(Link link, Topic topic);
    }

    void listen(Ear ear) {
        connection.addListener(new RedisPubSubListener<>() {
            @Override
            public void message(String channel, byte[] payload) {
                ear.message(Link.this, Topic.channel(channel), channel, payload);
            }

            @Override
            public void message(String pattern, String channel, byte[] payload) {
                ear.message(Link.this, Topic.pattern(pattern), channel, payload);
            }

            @Override
            public void smessage(String channel, byte[] payload) {
                ear.message(Link.this, Topic.shard(channel), channel, payload);
            }

            @Override
            public void subscribed(String channel, long count) {
                ear.subscribed(Link.this, Topic.channel(channel));
            }

            @Override
            public void psubscribed(String pattern, long count) {
                ear.subscribed(Link.this, Topic.pattern(pattern));
            }

            @Override
            public void ssubscribed(String channel, long count) {
                ear.subscribed(Link.this, Topic.shard(channel));
            }

            @Override
            public void unsubscribed(String channel, long count) {}

            @Override
            public void punsubscribed(String pattern, long count) {}
        });
    }
}
