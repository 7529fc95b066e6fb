package dev.cenote.mongo;

import dev.cenote.protocols.Effect;
import org.bson.BsonString;
import org.bson.BsonValue;

/** An operation that writes documents. Counts as not idempotent; its caller may know better. */
abstract class DocumentWrite<R, S> extends WriteOperation<R, S> {
    DocumentWrite(String name, String collection, Class<? super R> resultType, Options options) {
        super(name, collection, Effect.NON_IDEMPOTENT, resultType, options);
    }

    /** Stands beside the command in the server's log and profiler. Default: none. */
    public S comment(String comment) {
        return comment(new BsonString(comment));
    }

    /** As {@link #comment(String)}, of any type. Servers take it from version 4.4 on. */
    public S comment(BsonValue comment) {
        return change(changed -> changed.comment = comment);
    }
}
