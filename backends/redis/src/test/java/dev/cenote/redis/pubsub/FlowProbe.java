package dev.cenote.redis.pubsub;

import dev.cenote.redis.pubsub.PubSubSignal.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A subscriber of a publisher that remembers all. */
final class FlowProbe implements Flow.Subscriber<PubSubSignal<String>> {
    private final List<String> payloads = new CopyOnWriteArrayList<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Throwable failure;
    private volatile boolean complete;
    private volatile boolean throwing;

    FlowProbe throwing() {
        throwing = true;
        return this;
    }

    void awaitSubscription() {
        Recorder.await("it is subscribed", () -> subscription != null);
    }

    Flow.Subscription subscription() {
        return Objects.requireNonNull(subscription);
    }

    List<String> payloads() {
        return payloads;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    boolean isComplete() {
        return complete;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(PubSubSignal<String> signal) {
        if (signal instanceof Message<String> message) {
            payloads.add(message.payload());
        }
        if (throwing) {
            throw new IllegalStateException("rude");
        }
    }

    @Override
    public void onError(Throwable error) {
        failure = error;
    }

    @Override
    public void onComplete() {
        complete = true;
    }
}
