package dev.cenote.mongo;

import com.mongodb.client.MongoCollection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An operation on a collection, with options.
 *
 * @param <S> its own type, which its methods give
 */
abstract class CollectionOperation<R, S> extends MongoOperation<R> {
    final String collection;
    final Options options;

    CollectionOperation(String name, String collection, Effect effect, Class<? super R> resultType, Options options) {
        super(name, Optional.of(MongoOperations.validCollection(collection)), effect, resultType);
        this.collection = collection;
        this.options = options;
    }

    /** This operation with other options. */
    abstract S with(Options other);

    final S change(Consumer<Options> change) {
        return with(options.with(change));
    }

    /** The collection, on the operation's terms and to end by {@code deadline}. */
    final <T> MongoCollection<T> open(MongoConnection connection, Deadline deadline, Class<T> type) {
        return options.haveTerms()
                ? options.on(connection.database(deadline)).getCollection(collection, type)
                : connection.collection(collection, type, deadline);
    }
}
