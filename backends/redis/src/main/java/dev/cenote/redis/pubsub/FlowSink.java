package dev.cenote.redis.pubsub;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A subscriber of a publisher. Nothing is delivered before its {@code onSubscribe} has returned. */
final class FlowSink<V> implements Sink<V>, Flow.Subscription {
    /** What was begun for it. */
    record Begun<V>(Subscriber<V> subscriber, CompletableFuture<Subscription> joined) {}

    private final Flow.Subscriber<? super PubSubSignal<V>> flow;
    private volatile @Nullable Subscriber<V> subscriber;

    FlowSink(Flow.Subscriber<? super PubSubSignal<V>> flow) {
        this.flow = Objects.requireNonNull(flow, "subscriber");
    }

    void begin(Function<Sink<V>, Begun<V>> join) {
        Begun<V> begun = join.apply(this);
        subscriber = begun.subscriber();
        var unused = begun.joined().whenComplete((joined, failure) -> {
            if (failure == null) {
                flow.onSubscribe(this);
                begun.subscriber().release();
            } else {
                flow.onSubscribe(new Nothing());
                flow.onError(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
            }
        });
    }

    @Override
    public void request(long signals) {
        Subscriber<V> requesting = subscriber;
        if (requesting == null) {
            return;
        }
        if (signals < 1) {
            requesting.fail(new IllegalArgumentException("signals must be >= 1, was " + signals));
            return;
        }
        requesting.request(signals);
    }

    @Override
    public void cancel() {
        Subscriber<V> cancelled = subscriber;
        if (cancelled != null) {
            cancelled.close();
        }
    }

    /** One that throws counts as having cancelled, as the specification of reactive streams has it. */
    @Override
    public void signal(PubSubSignal<V> signal) {
        try {
            flow.onNext(signal);
        } catch (Throwable thrown) {
            cancel();
            throw thrown;
        }
    }

    @Override
    public void end(Optional<Throwable> failure) {
        failure.ifPresentOrElse(flow::onError, flow::onComplete);
    }

    private static final class Nothing implements Flow.Subscription {
        @Override
        public void request(long signals) {}

        @Override
        public void cancel() {}
    }
}
