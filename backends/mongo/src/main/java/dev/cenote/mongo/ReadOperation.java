package dev.cenote.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import dev.cenote.protocols.Effect;
import org.bson.BsonString;
import org.bson.BsonValue;

/** An operation that reads a collection. */
abstract class ReadOperation<R, S> extends CollectionOperation<R, S> {
    ReadOperation(String name, String collection, Effect effect, Class<? super R> resultType, Options options) {
        super(name, collection, effect, resultType, options);
    }

    /**
     * Which of the servers answers. In a transaction the driver refuses all but the primary. Default: the pool's.
     */
    public S readPreference(ReadPreference preference) {
        return change(changed -> changed.readPreference = preference);
    }

    /** How durable what it reads must be. A transaction's own takes its place. Default: the pool's. */
    public S readConcern(ReadConcern concern) {
        return change(changed -> changed.readConcern = concern);
    }

    /** Stands beside the command in the server's log and profiler. Default: none. */
    public S comment(String comment) {
        return comment(new BsonString(comment));
    }

    /** As {@link #comment(String)}, of any type, which servers take from version 4.4 on. */
    public S comment(BsonValue comment) {
        return change(changed -> changed.comment = comment);
    }
}
