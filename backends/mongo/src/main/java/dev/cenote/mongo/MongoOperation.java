package dev.cenote.mongo;

import com.mongodb.MongoTimeoutException;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import java.util.Optional;

/** What all operations share. The driver ends each by its deadline, with its retries, waiting for a server included. */
abstract class MongoOperation<R> implements Operation<MongoConnection, R> {
    private final String name;
    private final String collection;
    private final Effect effect;

    MongoOperation(String name, String collection, Effect effect) {
        this.name = name;
        this.collection = MongoOperations.validCollection(collection);
        this.effect = effect;
    }

    @Override
    public String name() {
        return name;
    }

    /** The collection. */
    @Override
    public Optional<String> target() {
        return Optional.of(collection);
    }

    @Override
    public Effect effect() {
        return effect;
    }

    @Override
    public R execute(MongoConnection connection, Deadline deadline) throws Exception {
        connection.admit(name, effect);
        try {
            return run(connection, deadline);
        } catch (MongoTimeoutException late) {
            throw connection.explain(late);
        }
    }

    /** Runs on the connection's collection and session. */
    abstract R run(MongoConnection connection, Deadline deadline);

    String collection() {
        return collection;
    }

    /** Name and collection. */
    @Override
    public String toString() {
        return name + " " + collection;
    }
}
