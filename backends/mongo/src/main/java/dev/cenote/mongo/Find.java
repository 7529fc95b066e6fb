package dev.cenote.mongo;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.ArrayList;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * Finds documents. Immutable: each method gives another one. All that is found is read into a list, within the one
 * deadline; for more than fits in memory, take the driver's cursor through {@code lease.unwrap(MongoDatabase.class)}.
 *
 * @param <T> what a document becomes
 */
public final class Find<T> extends MongoOperation<List<T>> {
    private final Query<T> query;

    Find(Query<T> query) {
        super("find", query.collection(), Effect.READ_ONLY);
        this.query = query;
    }

    /** Finds only what matches. Default: everything. */
    public Find<T> filter(Bson filter) {
        return new Find<>(query.where(filter));
    }

    /** Finds these fields only. Default: all. */
    public Find<T> projection(Bson projection) {
        return new Find<>(query.showing(projection));
    }

    /** Finds in this order. Default: the server's. */
    public Find<T> sort(Bson sort) {
        return new Find<>(query.sortedBy(sort));
    }

    /** Leaves the first {@code skip} out. Default 0. */
    public Find<T> skip(int skip) {
        return new Find<>(query.skipping(skip));
    }

    /** Finds no more than {@code limit}, which is at least 1. Default: no limit. */
    public Find<T> limit(int limit) {
        return new Find<>(query.limitedTo(limit));
    }

    /** Makes {@code type} of each document, by the pool's codec registry. Default: {@link org.bson.Document}. */
    public <U> Find<U> as(Class<U> type) {
        return new Find<>(query.as(type));
    }

    @Override
    public Class<? super List<T>> resultType() {
        return List.class;
    }

    @Override
    List<T> run(MongoConnection connection, Deadline deadline) {
        return query.on(connection, deadline).into(new ArrayList<>());
    }
}
