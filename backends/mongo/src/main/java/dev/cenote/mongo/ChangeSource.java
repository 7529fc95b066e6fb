package dev.cenote.mongo;

import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Opens the driver's cursors of one stream.
 *
 * @param timeout of each round trip, at this moment
 */
record ChangeSource<T>(Watch<T> watch, MongoClient client, String database, Supplier<Duration> timeout) {
    /** A cursor, and where to begin again should it fail before it has given anything. */
    record Opened<T>(MongoChangeStreamCursor<ChangeStreamDocument<T>> cursor, ResumePoint point) {}

    /** Opens a cursor there; blocks for a round trip, or two. What happens once this has returned will be heard. */
    Opened<T> open(ResumePoint point) {
        ResumePoint exact = point.isNow() ? afterLastOperation() : point;
        ChangeStreamIterable<T> changes = watch.on(client, database, timeout.get());
        // The driver resumes once by itself: it too must know where, though nothing was read yet.
        exact.apply(changes);
        MongoChangeStreamCursor<ChangeStreamDocument<T>> cursor = changes.cursor();
        return new Opened<>(cursor, exact.movedTo(cursor.getResumeToken()));
    }

    /** A server that gives no token with an empty answer, as those before 4.0.7, tells its time of every answer. */
    private ResumePoint afterLastOperation() {
        Document answer = client.getDatabase(database)
                .withTimeout(timeout.get().toMillis(), TimeUnit.MILLISECONDS)
                .runCommand(new BsonDocument("ping", new BsonInt32(1)));
        @Nullable BsonTimestamp time = answer.get("operationTime", BsonTimestamp.class);
        return time == null ? ResumePoint.now() : ResumePoint.after(time);
    }
}
