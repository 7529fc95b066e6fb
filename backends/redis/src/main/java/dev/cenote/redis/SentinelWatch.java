package dev.cenote.redis;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.redis.pubsub.PubSubListener;
import dev.cenote.redis.pubsub.PubSubSignal.Gap;
import dev.cenote.redis.pubsub.PubSubSignal.Message;
import dev.cenote.redis.pubsub.RedisPubSub;
import dev.cenote.redis.pubsub.SubscriptionOptions;
import dev.cenote.redis.pubsub.Topic;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hears from the sentinels when another server becomes the master, and has the pool leave the old one. It begins with the
 * first connection of the pool, and tries again with the next if the sentinels cannot be subscribed to. What it misses is
 * found later, by the errors of the old server.
 */
final class SentinelWatch implements PoolListener, PubSubListener<String> {
    private static final Topic SWITCHED = Topic.channel("+switch-master");

    private final PoolEngine<?> engine;
    private final RedisPubSub sentinels;
    private final String master;
    private final AtomicBoolean begun = new AtomicBoolean();

    SentinelWatch(PoolEngine<?> engine, RedisPubSub sentinels, String master) {
        this.engine = engine;
        this.sentinels = sentinels;
        this.master = master;
        engine.addListener(this);
    }

    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.ConnectionReady && begun.compareAndSet(false, true)) {
            var unused = sentinels
                    .subscribeAsync(SubscriptionOptions.text(), this, SWITCHED)
                    .whenComplete((subscription, failure) -> begun.set(failure == null));
        }
    }

    @Override
    public boolean wantsAcquires() {
        return false;
    }

    /** The message is: name, old address and port, new address and port. */
    @Override
    public void onMessage(Message<String> message) {
        String[] words = message.payload().split(" ");
        if (words[0].equals(master)) {
            engine.outdate(engine.generation());
        }
    }

    @Override
    public void onGap(Gap<String> gap) {
        System.getLogger(SentinelWatch.class.getName())
                .log(
                        System.Logger.Level.DEBUG,
                        "a fail-over of {0} between {1} and {2} may have been missed",
                        master,
                        gap.from(),
                        gap.to());
    }
}
