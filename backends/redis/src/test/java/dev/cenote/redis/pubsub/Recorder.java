package dev.cenote.redis.pubsub;

import dev.cenote.redis.pubsub.PubSubSignal.Gap;
import dev.cenote.redis.pubsub.PubSubSignal.Message;
import dev.cenote.redis.pubsub.PubSubSignal.Overflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A listener that remembers all it was told, and may be held. */
final class Recorder implements PubSubListener<String> {
    final List<Message<String>> messages = new CopyOnWriteArrayList<>();
    final List<Gap<String>> gaps = new CopyOnWriteArrayList<>();
    final List<Long> dropped = new CopyOnWriteArrayList<>();
    final List<String> order = new CopyOnWriteArrayList<>();
    volatile @Nullable Optional<Throwable> end;

    private final Semaphore free = new Semaphore(Integer.MAX_VALUE / 2);

    /** Lets the next call hang until {@link #free}. */
    void hold() {
        free.drainPermits();
    }

    void free() {
        free.release(Integer.MAX_VALUE / 2);
    }

    @Override
    public void onMessage(Message<String> message) {
        messages.add(message);
        order.add(message.payload());
        free.acquireUninterruptibly();
    }

    @Override
    public void onGap(Gap<String> gap) {
        gaps.add(gap);
        order.add("gap");
    }

    @Override
    public void onOverflow(Overflow<String> overflow) {
        dropped.add(overflow.dropped());
        order.add("dropped " + overflow.dropped());
    }

    @Override
    public void onEnd(Optional<Throwable> failure) {
        end = failure;
    }

    List<String> payloads() {
        return messages.stream().map(Message::payload).toList();
    }

    void awaitMessages(int count) {
        await(count + " messages", () -> messages.size() >= count);
    }

    static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(20)).until(condition);
    }
}
