package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Deadline;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What a find asks for. */
record Query<T>(
        String collection,
        Class<T> type,
        Bson filter,
        @Nullable Bson projection,
        @Nullable Bson sort,
        int skip,
        int limit) {
    Query {
        MongoOperations.validCollection(collection);
        Check.atLeast("skip", 0, skip);
    }

    static <T> Query<T> all(String collection, Class<T> type) {
        return new Query<>(collection, type, new BsonDocument(), null, null, 0, 0);
    }

    Query<T> where(Bson other) {
        return new Query<>(collection, type, other, projection, sort, skip, limit);
    }

    Query<T> showing(Bson other) {
        return new Query<>(collection, type, filter, other, sort, skip, limit);
    }

    Query<T> sortedBy(Bson other) {
        return new Query<>(collection, type, filter, projection, other, skip, limit);
    }

    Query<T> skipping(int other) {
        return new Query<>(collection, type, filter, projection, sort, other, limit);
    }

    Query<T> limitedTo(int other) {
        return new Query<>(collection, type, filter, projection, sort, skip, Check.atLeast("limit", 1, other));
    }

    <U> Query<U> as(Class<U> other) {
        return new Query<>(collection, other, filter, projection, sort, skip, limit);
    }

    FindIterable<T> on(MongoConnection connection, Deadline deadline) {
        MongoCollection<T> source = connection.collection(collection, type, deadline);
        ClientSession session = connection.session();
        FindIterable<T> found = session == null ? source.find(filter) : source.find(session, filter);
        if (projection != null) {
            found = found.projection(projection);
        }
        if (sort != null) {
            found = found.sort(sort);
        }
        return found.skip(skip).limit(limit);
    }
}
