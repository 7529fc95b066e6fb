package dev.cenote.mongo;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.Deadline;
import java.util.ArrayList;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * Finds documents. Immutable: each method gives another one. Run as an operation, it reads all that it finds into a list,
 * within the one deadline; for more than fits in memory, see {@link Streamable}.
 *
 * @param <T> what a document becomes
 */
public final class Find<T> extends FindOperation<T, List<T>, Find<T>> implements Streamable<T> {
    Find(String collection, Bson filter, Class<T> type, Options options) {
        super("find", collection, List.class, filter, type, options);
    }

    @Override
    Find<T> with(Options other) {
        return new Find<>(collection, filter, type, other);
    }

    /** Finds only what matches. Default: everything. */
    public Find<T> filter(Bson other) {
        return new Find<>(collection, other, type, options);
    }

    /** Finds no more than {@code limit}, which is at least 1. Default: no limit. */
    public Find<T> limit(int limit) {
        Check.atLeast("limit", 1, limit);
        return change(changed -> changed.limit = limit);
    }

    /** How many documents the server sends at a time, at least 1. Default: 101 at first, then as many as fit in 16 MB. */
    public Find<T> batchSize(int size) {
        Check.atLeast("batchSize", 1, size);
        return change(changed -> changed.batchSize = size);
    }

    /** Makes {@code other} of each document, by the pool's codec registry. Default: {@link org.bson.Document}. */
    public <U> Find<U> as(Class<U> other) {
        return new Find<>(collection, filter, other, options);
    }

    @Override
    List<T> run(MongoConnection connection, Deadline deadline) {
        return iterable(connection, deadline).into(new ArrayList<>());
    }
}
