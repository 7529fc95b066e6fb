package dev.cenote.mongo;

import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.util.ArrayDeque;
import java.util.Optional;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** What was read of a stream and not yet taken. All by the lock. */
final class ChangeBuffer<T> extends ChangeSink<T> {
    private final int capacity;
    private final ArrayDeque<ChangeStreamDocument<T>> changes = new ArrayDeque<>();
    private Optional<BsonDocument> token;
    private boolean over;
    private boolean closed;
    private @Nullable Throwable failure;

    ChangeBuffer(int capacity, Optional<BsonDocument> token) {
        this.capacity = capacity;
        this.token = token;
    }

    @Override
    boolean hasRoom() {
        return changes.size() < capacity;
    }

    @Override
    void accept(ChangeStreamDocument<T> change) {
        lock.lock();
        try {
            changes.add(change);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    void quiet(BsonDocument seen) {
        lock.lock();
        try {
            if (changes.isEmpty()) {
                token = Optional.of(seen);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    void ended(Optional<Throwable> cause) {
        lock.lock();
        try {
            over = true;
            failure = cause.orElse(null);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next change; empty if none came within {@code nanos}, or none will. */
    Optional<ChangeStreamDocument<T>> take(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (changes.isEmpty() && !isOver() && left > 0) {
                left = changed.awaitNanos(left);
            }
            ChangeStreamDocument<T> change = closed ? null : changes.poll();
            if (change != null) {
                token = Optional.of(change.getResumeToken());
                changed.signalAll();
            }
            return Optional.ofNullable(change);
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        return over || closed || stoppedBy().isPresent();
    }

    /** No more is taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            stop(null);
        } finally {
            lock.unlock();
        }
    }

    /** True if {@link #take} has given all there is. */
    boolean isExhausted() {
        lock.lock();
        try {
            return closed || changes.isEmpty() && isOver();
        } finally {
            lock.unlock();
        }
    }

    /** Why it ended, if it was neither closed nor invalidated. */
    Optional<Throwable> failure() {
        lock.lock();
        try {
            return closed ? Optional.empty() : Optional.ofNullable(failure).or(this::stoppedBy);
        } finally {
            lock.unlock();
        }
    }

    Optional<BsonDocument> token() {
        lock.lock();
        try {
            return token;
        } finally {
            lock.unlock();
        }
    }
}
