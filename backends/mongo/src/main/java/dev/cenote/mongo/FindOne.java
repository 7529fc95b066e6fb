package dev.cenote.mongo;

import dev.cenote.protocols.Deadline;
import java.util.Optional;
import org.bson.conversions.Bson;

/**
 * Finds the first document, if there is one. Immutable: each method gives another one.
 *
 * @param <T> what the document becomes
 */
public final class FindOne<T> extends FindOperation<T, Optional<T>, FindOne<T>> {
    FindOne(String collection, Bson filter, Class<T> type, Options options) {
        super("findOne", collection, Optional.class, filter, type, options);
    }

    @Override
    FindOne<T> with(Options other) {
        return new FindOne<>(collection, filter, type, other);
    }

    /** Makes {@code other} of the document, by the pool's codec registry. Default: {@link org.bson.Document}. */
    public <U> FindOne<U> as(Class<U> other) {
        return new FindOne<>(collection, filter, other, options);
    }

    @Override
    Optional<T> run(MongoConnection connection, Deadline deadline) {
        return Optional.ofNullable(iterable(connection, deadline).first());
    }
}
