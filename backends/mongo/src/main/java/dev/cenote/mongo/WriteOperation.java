package dev.cenote.mongo;

import com.mongodb.WriteConcern;
import dev.cenote.protocols.Effect;

/** An operation that writes to a collection, or changes it as such. */
abstract class WriteOperation<R, S> extends CollectionOperation<R, S> {
    WriteOperation(String name, String collection, Effect effect, Class<? super R> resultType, Options options) {
        super(name, collection, effect, resultType, options);
    }

    /**
     * When it counts as done. A transaction's own takes its place. With {@code w: 0} the server says nothing, not even that
     * it failed. Default: the pool's.
     */
    public S writeConcern(WriteConcern concern) {
        return change(changed -> changed.writeConcern = concern);
    }
}
