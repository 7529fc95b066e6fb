package dev.cenote.mongo;

import com.mongodb.client.model.Collation;
import dev.cenote.protocols.Effect;
import org.bson.conversions.Bson;

/** An operation that reads what matches. */
abstract class QueryOperation<R, S> extends ReadOperation<R, S> {
    QueryOperation(String name, String collection, Effect effect, Class<? super R> resultType, Options options) {
        super(name, collection, effect, resultType, options);
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
}
