package dev.cenote.decorators.annotations;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The one subscription that a subscriber sees, whatever publishers follow each other behind it. Passes elements and demand
 * on; what one publisher was asked for and did not give, the next is asked for. Signals to the subscriber are given under
 * the monitor, one at a time, and none after the end.
 */
final class Relay<T> implements Flow.Subscription {
    private final Flow.Subscriber<? super T> subscriber;
    private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();

    // Under the monitor.
    private long demand;
    private boolean given;
    private boolean ended;
    private Flow.@Nullable Subscription upstream;

    Relay(Flow.Subscriber<? super T> subscriber) {
        this.subscriber = subscriber;
    }

    /** Has {@code running} cancelled with the subscription. */
    void cancels(CompletableFuture<?> running) {
        cancelled.thenRun(() -> running.cancel(false));
    }

    synchronized boolean isOver() {
        return ended;
    }

    synchronized boolean hasGiven() {
        return given;
    }

    /** Passes on what {@code source} gives; {@code sourceEnded} completes with its end. */
    void follow(Flow.Publisher<T> source, CompletableFuture<Optional<Throwable>> sourceEnded) {
        source.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                attach(subscription);
            }

            @Override
            public void onNext(T element) {
                if (!sourceEnded.isDone()) {
                    give(element);
                }
            }

            @Override
            public void onError(Throwable failure) {
                if (hasGiven()) {
                    sourceEnded.complete(Optional.of(failure));
                } else {
                    sourceEnded.completeExceptionally(failure);
                }
            }

            @Override
            public void onComplete() {
                sourceEnded.complete(Optional.empty());
            }
        });
    }

    private void attach(Flow.Subscription subscription) {
        long wanted;
        boolean over;
        synchronized (this) {
            upstream = subscription;
            wanted = demand;
            over = ended;
        }
        if (over) {
            subscription.cancel();
        } else if (wanted > 0) {
            subscription.request(wanted);
        }
    }

    private synchronized void give(T element) {
        if (!ended) {
            given = true;
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            subscriber.onNext(element);
        }
    }

    /** Tells the subscriber of the end, once. */
    synchronized void end(@Nullable Throwable failure) {
        if (ended) {
            return;
        }
        ended = true;
        if (upstream != null) {
            upstream.cancel(); // after the end of its own harmless; after a deadline needed
        }
        if (failure == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(failure);
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            end(new IllegalArgumentException("n must be > 0, was " + n));
            return;
        }
        Flow.Subscription asked;
        synchronized (this) {
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            asked = upstream;
        }
        if (asked != null) {
            asked.request(n);
        }
    }

    @Override
    public void cancel() {
        Flow.Subscription left;
        synchronized (this) {
            ended = true;
            left = upstream;
        }
        if (left != null) {
            left.cancel();
        }
        cancelled.complete(true);
    }
}
