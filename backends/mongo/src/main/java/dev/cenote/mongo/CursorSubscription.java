package dev.cenote.mongo;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's way through a {@link Streamable}: acquires at its first demand, fetches a batch when there is demand and
 * the last one is used up, and gives the lease back as soon as the server has nothing further to send.
 *
 * <p>Whatever happens (demand, a cancel, a batch that arrives) is noted and then {@link #signal signalled}; the first who
 * signals works off all that was noted until nothing is, so that the subscriber is called by one thread at a time, and the
 * fields below are touched by one.
 */
final class CursorSubscription<T> implements Flow.Subscription {
    private static final System.Logger LOG = System.getLogger(MongoPool.class.getName());

    private final Pool<MongoConnection> pool;
    private final Streamable<T> source;
    private final Flow.Subscriber<? super T> subscriber;

    // ---- noted from any thread
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable List<T> arrived;
    private volatile @Nullable CompletableFuture<Lease<MongoConnection>> acquiring;

    // ---- of whoever works the signals off; the first two also of the fetch that it waits for
    private @Nullable Lease<MongoConnection> lease;
    private @Nullable OpenCursor<T> cursor;
    private Iterator<T> batch = Collections.emptyIterator();
    private boolean fetching;
    private boolean ended;

    CursorSubscription(Pool<MongoConnection> pool, Streamable<T> source, Flow.Subscriber<? super T> subscriber) {
        this.pool = pool;
        this.source = source;
        this.subscriber = subscriber;
    }

    @Override
    public void request(long documents) {
        if (documents < 1) {
            failure = new IllegalArgumentException("documents must be >= 1, was " + documents);
        } else {
            demand.accumulateAndGet(documents, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        }
        signal();
    }

    @Override
    public void cancel() {
        cancelled = true;
        CompletableFuture<Lease<MongoConnection>> waiting = acquiring;
        if (waiting != null) {
            waiting.cancel(false);
        }
        signal();
    }

    private void signal() {
        if (signals.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            if (!ended) {
                work();
            }
            seen = signals.addAndGet(-seen);
        } while (seen > 0);
    }

    private void work() {
        List<T> fresh = arrived;
        if (fresh != null) {
            arrived = null;
            fetching = false;
            batch = fresh.iterator();
            if (isExhausted()) {
                release();
            }
        }
        emit();
        if (cancelled || failure != null) {
            endEarly();
        } else if (!fetching && !batch.hasNext()) {
            if (isExhausted()) {
                ended = true;
                subscriber.onComplete();
            } else if (demand.get() > 0) {
                fetch();
            }
        }
    }

    private void emit() {
        while (!cancelled && failure == null && batch.hasNext() && demand.get() > 0) {
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
            try {
                subscriber.onNext(batch.next());
            } catch (Throwable thrown) {
                // Counts as having cancelled, as the specification of reactive streams has it. By that, request() must
                // return normally, on whose thread this may be.
                cancelled = true;
                LOG.log(System.Logger.Level.WARNING, "a subscriber threw: its stream has ended", thrown);
            }
        }
    }

    private boolean isExhausted() {
        return cursor != null && cursor.isClosed();
    }

    private void fetch() {
        fetching = true;
        CompletableFuture<List<T>> next;
        try {
            next = cursor == null || lease == null ? open() : lease.executeAsync(cursor.more());
        } catch (RuntimeException refused) {
            next = CompletableFuture.failedFuture(refused);
        }
        var unused = next.whenComplete((documents, failed) -> {
            if (failed != null) { // before it arrives: what has arrived well may be followed by another fetch
                failure = failed instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failed;
            }
            arrived = failed == null ? documents : List.of();
            signal();
        });
    }

    private CompletableFuture<List<T>> open() {
        CompletableFuture<Lease<MongoConnection>> acquired = pool.acquireAsync();
        acquiring = acquired;
        if (cancelled) { // before it could see what it cancels
            acquired.cancel(false);
        }
        return acquired.thenCompose(got -> {
                    lease = got;
                    return got.executeAsync(OpenCursor.opening(source));
                })
                .thenApply(opened -> {
                    cursor = opened;
                    return opened.first();
                });
    }

    /** Waits for a fetch that is under way: until then the lease is its. */
    private void endEarly() {
        if (fetching) {
            return;
        }
        ended = true;
        batch = Collections.emptyIterator();
        release();
        Throwable reason = failure;
        if (reason != null && !cancelled) {
            subscriber.onError(reason);
        }
    }

    private void release() {
        Lease<MongoConnection> held = lease;
        lease = null;
        if (held == null) {
            return;
        }
        if (cursor == null || cursor.isClosed()) {
            held.close();
        } else {
            var unused = held.executeAsync(cursor.ending()).whenComplete((closed, failed) -> held.close());
        }
    }
}
