package dev.cenote.mongo;

import com.mongodb.client.model.Collation;
import org.bson.conversions.Bson;

/** An operation that changes, replaces or deletes what matches. */
abstract class ChangeOperation<R, S> extends DocumentWrite<R, S> {
    final Bson filter;

    ChangeOperation(String name, String collection, Class<? super R> resultType, Bson filter, Options options) {
        super(name, collection, resultType, options);
        this.filter = filter;
    }

    /** Which index the server must use, by its keys. Default: the server's choice. */
    public S hint(Bson keys) {
        return change(changed -> {
            changed.hint = keys;
            changed.hintName = null;
        });
    }

    /** As {@link #hint(Bson)}, by the name of the index. */
    public S hint(String index) {
        return change(changed -> {
            changed.hint = null;
            changed.hintName = index;
        });
    }

    /** By which rules of which language strings are compared. Default: the collection's. */
    public S collation(Collation collation) {
        return change(changed -> changed.collation = collation);
    }

    /** Variables that expressions may use. Default: none. */
    public S let(Bson variables) {
        return change(changed -> changed.let = variables);
    }
}
