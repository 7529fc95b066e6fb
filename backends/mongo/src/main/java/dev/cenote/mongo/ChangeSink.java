package dev.cenote.mongo;

import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Whom a {@link ChangeReader} reads for. One thread reads; the end may be asked for by any, and is seen at once by whoever
 * waits here.
 */
abstract class ChangeSink<T> {
    final ReentrantLock lock = new ReentrantLock();
    final Condition changed = lock.newCondition();
    private boolean stopped;
    private @Nullable Throwable stoppedBy;

    /** True if it may be given one more. By the lock. */
    abstract boolean hasRoom();

    /** Takes a change; there is room. */
    abstract void accept(ChangeStreamDocument<T> change);

    /** The server has looked as far as {@code seen} and found no further change. */
    abstract void quiet(BsonDocument seen);

    /** It is over: nothing comes any more. Called once. */
    abstract void ended(Optional<Throwable> failure);

    /** Has the reader end; the first failure, if any is given, is what it ends with. Does not block. */
    final void stop(@Nullable Throwable failure) {
        lock.lock();
        try {
            if (!stopped) {
                stopped = true;
                stoppedBy = failure;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    final boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    final Optional<Throwable> stoppedBy() {
        lock.lock();
        try {
            return Optional.ofNullable(stoppedBy);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room. False if it was stopped. */
    final boolean awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopped && !hasRoom()) {
                changed.await();
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for that long. False if it was stopped. */
    final boolean pause(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!stopped && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }
}
