package dev.cenote.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.OperationType;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.OperationFailedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream on a thread of the pool, for as long as its sink wants it.
 *
 * <p>The driver itself opens its cursor again after some errors, once. Where that fails too, as while no server answers,
 * this does, by the token of what it gave to the sink last: so nothing is missed, and nothing comes twice.
 */
final class ChangeReader<T> implements Runnable {
    /** The server's words for errors after which the stream can, or can not, go on where it was. */
    private static final String RESUMABLE = "ResumableChangeStreamError";

    private static final String NOT_RESUMABLE = "NonResumableChangeStreamError";

    /** How soon to ask a server again that answers at once that there is nothing, as the stand-in for MongoDB does. */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ChangeSource<T> source;
    private final ChangeSink<T> sink;
    private final Surroundings around;
    private @Nullable MongoChangeStreamCursor<ChangeStreamDocument<T>> cursor;
    private ResumePoint point;
    private int failuresInARow;
    private long failingSinceNanos;

    /** What it takes from its pool. */
    interface Surroundings {
        Verdict classify(Throwable failure);

        /** How long to wait before another attempt, after so many that failed. */
        Duration backoff(int failures);

        long nanoTime();

        /** Counts the times that streams were opened again. */
        LongAdder resumed();

        /** Does on another thread what may block. */
        void later(Runnable blocking);

        /** The stream is over. */
        void left(ChangeReader<?> reader);
    }

    ChangeReader(ChangeSource<T> source, ChangeSink<T> sink, Surroundings around) {
        this.source = source;
        this.sink = sink;
        this.around = around;
        this.point = source.watch().start();
    }

    /** Opens the cursor for the first time; one attempt. */
    void open() {
        try {
            begin();
        } catch (RuntimeException failure) {
            throw asError(failure);
        }
    }

    private void begin() {
        ChangeSource.Opened<T> opened = source.open(point);
        cursor = opened.cursor();
        point = opened.point();
    }

    void stop(@Nullable Throwable failure) {
        sink.stop(failure);
    }

    @Override
    public void run() {
        Optional<Throwable> failure = Optional.empty();
        try {
            readAll();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            failure = Optional.of(interrupted);
        } catch (Throwable ending) { // whatever it is: somebody waits for the end
            failure = Optional.of(ending);
        }
        // Told first: to say goodbye to a server that is silent takes until the time-out.
        sink.ended(failure.or(sink::stoppedBy));
        close(cursor);
        around.left(this);
    }

    private void readAll() throws InterruptedException {
        while (sink.awaitRoom()) {
            long asked = around.nanoTime();
            ChangeStreamDocument<T> change;
            BsonDocument seen;
            try {
                change = current().tryNext();
                seen = current().getResumeToken();
            } catch (RuntimeException failure) {
                if (!resume(failure)) {
                    return;
                }
                continue;
            }
            failuresInARow = 0;
            if (change != null) {
                point = ResumePoint.resumeAfter(change.getResumeToken());
                sink.accept(change);
                if (change.getOperationType() == OperationType.INVALIDATE) {
                    return;
                }
            } else {
                point = point.movedTo(seen);
                if (seen != null) {
                    sink.quiet(seen);
                }
                sink.pause(PACE_NANOS - (around.nanoTime() - asked));
            }
        }
    }

    private MongoChangeStreamCursor<ChangeStreamDocument<T>> current() {
        MongoChangeStreamCursor<ChangeStreamDocument<T>> open = cursor;
        if (open == null) {
            throw new IllegalStateException("the stream was not opened");
        }
        return open;
    }

    /** Opens the stream again where it was. False if it was stopped meanwhile. */
    private boolean resume(RuntimeException first) throws InterruptedException {
        RuntimeException failure = first;
        while (true) {
            abandonCursor();
            if (sink.isStopped()) {
                return false;
            }
            if (failuresInARow++ == 0) {
                failingSinceNanos = around.nanoTime();
            }
            if (!isResumable(failure) || isTimeToGiveUp()) {
                throw asError(failure);
            }
            if (!sink.pause(around.backoff(failuresInARow).toNanos())) {
                return false;
            }
            try {
                begin();
                around.resumed().increment();
                return true;
            } catch (RuntimeException again) {
                failure = again;
            }
        }
    }

    private boolean isResumable(RuntimeException failure) {
        if (point.isNow() || failure instanceof MongoInterruptedException) {
            // Without a place to go on from, what happened meanwhile would be lost unseen.
            return false;
        }
        if (failure instanceof MongoException labelled) {
            if (labelled.hasErrorLabel(NOT_RESUMABLE)) {
                return false;
            }
            if (labelled.hasErrorLabel(RESUMABLE)) {
                return true;
            }
        }
        return around.classify(failure).isRetrySafe(Effect.READ_ONLY);
    }

    private boolean isTimeToGiveUp() {
        return source.watch()
                .giveUpAfter()
                .filter(limit -> around.nanoTime() - failingSinceNanos >= limit.toNanos())
                .isPresent();
    }

    private RuntimeException asError(RuntimeException failure) {
        if (failure instanceof CenoteException) {
            return failure;
        }
        return new OperationFailedException(source.watch().toString(), around.classify(failure), failure);
    }

    /** Its goodbye must not hold up the next one. */
    private void abandonCursor() {
        MongoChangeStreamCursor<?> abandoned = cursor;
        cursor = null;
        if (abandoned != null) {
            around.later(() -> close(abandoned));
        }
    }

    private static void close(@Nullable MongoChangeStreamCursor<?> closing) {
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (RuntimeException ignored) {
            // A server that is not told forgets the cursor after some minutes.
        }
    }
}
