package dev.cenote.mongo;

import java.util.Optional;
import org.bson.conversions.Bson;

/** An operation that changes, replaces or deletes the first document that matches, and gives it. */
abstract class FindAndChange<T, S> extends ChangeOperation<Optional<T>, S> {
    final Class<T> type;

    FindAndChange(String name, String collection, Bson filter, Class<T> type, Options options) {
        super(name, collection, Optional.class, filter, options);
        this.type = type;
    }

    /** Gives these fields only. Default: all. */
    public S projection(Bson projection) {
        return change(changed -> changed.projection = projection);
    }

    /** Which is the first. Default: the server's order. */
    public S sort(Bson sort) {
        return change(changed -> changed.sort = sort);
    }
}
