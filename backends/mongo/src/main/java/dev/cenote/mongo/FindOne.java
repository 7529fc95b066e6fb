package dev.cenote.mongo;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.Optional;
import org.bson.conversions.Bson;

/**
 * Finds the first document, if there is one. Immutable: each method gives another one.
 *
 * @param <T> what the document becomes
 */
public final class FindOne<T> extends MongoOperation<Optional<T>> {
    private final Query<T> query;

    FindOne(Query<T> query) {
        super("findOne", query.collection(), Effect.READ_ONLY);
        this.query = query;
    }

    /** Finds these fields only. Default: all. */
    public FindOne<T> projection(Bson projection) {
        return new FindOne<>(query.showing(projection));
    }

    /** Finds the first in this order. Default: the server's. */
    public FindOne<T> sort(Bson sort) {
        return new FindOne<>(query.sortedBy(sort));
    }

    /** Makes {@code type} of the document, by the pool's codec registry. Default: {@link org.bson.Document}. */
    public <U> FindOne<U> as(Class<U> type) {
        return new FindOne<>(query.as(type));
    }

    @Override
    public Class<? super Optional<T>> resultType() {
        return Optional.class;
    }

    @Override
    Optional<T> run(MongoConnection connection, Deadline deadline) {
        return Optional.ofNullable(query.on(connection, deadline).first());
    }
}
