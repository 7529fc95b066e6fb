package dev.cenote.mongo;

import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.bson.BsonDocument;

/** A subscriber of a publisher, called by the thread that reads; nothing is read that it has not asked for. */
final class FlowChanges<T> extends ChangeSink<T> implements Flow.Subscription {
    private static final System.Logger LOG = System.getLogger(MongoPool.class.getName());

    private final Flow.Subscriber<? super ChangeStreamDocument<T>> subscriber;

    // by the lock
    private long wanted;
    private boolean cancelled;

    FlowChanges(Flow.Subscriber<? super ChangeStreamDocument<T>> subscriber) {
        this.subscriber = Objects.requireNonNull(subscriber, "subscriber");
    }

    /** The stream is open: from now on it may ask. */
    void opened() {
        subscriber.onSubscribe(this);
    }

    /** It could not be opened. */
    void refused(Throwable failure) {
        cancel();
        subscriber.onSubscribe(this);
        subscriber.onError(failure);
    }

    @Override
    public void request(long changes) {
        if (changes < 1) {
            stop(new IllegalArgumentException("changes must be >= 1, was " + changes));
            return;
        }
        lock.lock();
        try {
            long sum = wanted + changes;
            wanted = sum < 0 ? Long.MAX_VALUE : sum;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            cancelled = true;
            stop(null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    boolean hasRoom() {
        return wanted > 0;
    }

    @Override
    void accept(ChangeStreamDocument<T> change) {
        lock.lock();
        try {
            if (isStopped()) {
                return;
            }
            if (wanted != Long.MAX_VALUE) {
                wanted--;
            }
        } finally {
            lock.unlock();
        }
        try {
            subscriber.onNext(change);
        } catch (RuntimeException thrown) {
            // As the specification of reactive streams has it, one that throws has cancelled.
            LOG.log(System.Logger.Level.WARNING, "a subscriber of changes threw, and hears no more", thrown);
            cancel();
        }
    }

    @Override
    void quiet(BsonDocument seen) {}

    @Override
    void ended(Optional<Throwable> failure) {
        boolean left;
        lock.lock();
        try {
            left = cancelled;
        } finally {
            lock.unlock();
        }
        if (left) {
            return;
        }
        failure.ifPresentOrElse(subscriber::onError, subscriber::onComplete);
    }
}
