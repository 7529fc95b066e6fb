package dev.cenote.redis;

import dev.cenote.protocols.Pool;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's scan. Whoever has news (a request, a page, a cancel) counts it in {@code news}; who counts the first
 * serves all until none is left, so that the subscriber is called by one thread at a time, and never from within a call.
 */
final class ScanSubscription<T> implements Flow.Subscription {
    private record Came<T>(
            @Nullable ScanPage<T> page, @Nullable Throwable failure) {}

    private final Pool<RedisConnection> pool;
    private final Function<ScanCursor, RedisOperation<ScanPage<T>>> step;
    private final Flow.Subscriber<? super T> subscriber;
    private final AtomicInteger news = new AtomicInteger();
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicReference<@Nullable Came<T>> came = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> mistake = new AtomicReference<>();
    private volatile boolean cancelled;

    // Those below belong to whoever serves.
    private final Queue<T> found = new ArrayDeque<>();
    private ScanCursor next = ScanCursor.start();
    private boolean asking;
    private boolean last;

    ScanSubscription(
            Pool<RedisConnection> pool,
            Function<ScanCursor, RedisOperation<ScanPage<T>>> step,
            Flow.Subscriber<? super T> subscriber) {
        this.pool = pool;
        this.step = step;
        this.subscriber = subscriber;
    }

    void begin() {
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long elements) {
        if (elements <= 0) {
            mistake.compareAndSet(null, new IllegalArgumentException("request must be > 0, was " + elements));
        } else {
            wanted.accumulateAndGet(elements, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        }
        serve();
    }

    @Override
    public void cancel() {
        cancelled = true;
        serve();
    }

    private void serve() {
        if (news.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        while (served != 0) {
            step();
            served = news.addAndGet(-served);
        }
    }

    private void step() {
        if (cancelled) {
            found.clear();
            return;
        }
        Throwable wrong = mistake.get();
        if (wrong != null) {
            end(wrong);
            return;
        }
        Came<T> arrived = came.getAndSet(null);
        if (arrived != null && !take(arrived)) {
            return;
        }
        deliver();
        if (!cancelled && found.isEmpty()) {
            goOn();
        }
    }

    /** False if it was the end. */
    private boolean take(Came<T> arrived) {
        asking = false;
        if (arrived.page == null) {
            end(arrived.failure);
            return false;
        }
        found.addAll(arrived.page.items());
        next = arrived.page.next();
        last = arrived.page.isLast();
        return true;
    }

    private void deliver() {
        while (!cancelled && !found.isEmpty() && wanted.get() > 0) {
            wanted.accumulateAndGet(1, (before, one) -> before == Long.MAX_VALUE ? before : before - one);
            subscriber.onNext(found.remove());
        }
    }

    private void goOn() {
        if (last) {
            end(null);
        } else if (!asking && wanted.get() > 0) {
            asking = true;
            try {
                var unused = pool.executeAsync(step.apply(next)).whenComplete((page, failure) -> {
                    came.set(new Came<>(page, failure));
                    serve();
                });
            } catch (RuntimeException failure) { // the step could not be made
                end(failure);
            }
        }
    }

    private void end(@Nullable Throwable failure) {
        cancelled = true;
        found.clear();
        if (failure == null) {
            subscriber.onComplete();
        } else {
            Throwable cause = failure.getCause();
            subscriber.onError(failure instanceof CompletionException && cause != null ? cause : failure);
        }
    }
}
