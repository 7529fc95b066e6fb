package dev.cenote.mongo;

import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/**
 * The changes that a {@link Watch} is about, in the server's order, without a gap and none twice, however often the
 * connection is lost. Whoever opened it closes it; the pool's end closes it too. Thread-safe; a change goes to one caller.
 *
 * <pre>{@code
 * try (ChangeStream<Document> changes = pool.watch(Watch.collection("orders").startAfter(saved))) {
 *   while (true) {
 *     Optional<ChangeStreamDocument<Document>> change = changes.next();
 *     if (change.isEmpty()) {
 *       break;                                    // the collection was dropped, or somebody closed the stream
 *     }
 *     handle(change.get());
 *     save(change.get().getResumeToken());        // where another process goes on, should this one die
 *   }
 * }
 * }</pre>
 *
 * @param <T> what the documents became
 */
public final class ChangeStream<T> implements AutoCloseable {
    private final Watch<T> watch;
    private final ChangeBuffer<T> buffer;

    ChangeStream(Watch<T> watch, ChangeBuffer<T> buffer) {
        this.watch = watch;
        this.buffer = buffer;
    }

    /**
     * Waits for the next change, for as long as that takes; empty once the stream has ended in order: it was closed, or its
     * collection or database was dropped or renamed, which the change before this told as an invalidation.
     *
     * @throws dev.cenote.protocols.errors.OperationFailedException if the stream cannot go on: what it has missed is no
     *     longer in the oplog, the server refuses it, or resuming failed for longer than {@link Watch#giveUpAfter}
     * @throws dev.cenote.protocols.errors.PoolClosedException if the pool was closed
     * @throws InterruptedException if the thread is interrupted; nothing is lost by it
     */
    public Optional<ChangeStreamDocument<T>> next() throws InterruptedException {
        return next(Duration.ofNanos(Long.MAX_VALUE));
    }

    /** As {@link #next()}, and empty if no change comes within {@code timeout}; then {@link #isEnded()} tells which. */
    public Optional<ChangeStreamDocument<T>> next(Duration timeout) throws InterruptedException {
        Optional<ChangeStreamDocument<T>> change = buffer.take(TimeUnit.NANOSECONDS.convert(timeout));
        if (change.isEmpty() && buffer.isExhausted()) {
            buffer.failure().ifPresent(ChangeStream::raise);
        }
        return change;
    }

    private static void raise(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IllegalStateException("the thread that reads the stream was interrupted", failure);
    }

    /**
     * Where the stream goes on after what {@link #next} gave last, for {@link Watch#startAfter}; while nothing happens that
     * the stream is about, it moves on with the server's oplog. Changes that were read ahead do not count. Empty if there
     * was no change yet, and the server gives no token without one. Does not block.
     */
    public Optional<BsonDocument> resumeToken() {
        return buffer.token();
    }

    /** True once {@link #next} has nothing more to give, or throws. */
    public boolean isEnded() {
        return buffer.isExhausted();
    }

    /**
     * Ends it: who waits in {@link #next} returns, and what was read ahead is dropped. Does not block; the server hears of it
     * within {@link Watch#maxAwait}. Harmless when repeated.
     */
    @Override
    public void close() {
        buffer.close();
    }

    @Override
    public String toString() {
        return "ChangeStream[" + watch + (isEnded() ? ", ended]" : "]");
    }
}
