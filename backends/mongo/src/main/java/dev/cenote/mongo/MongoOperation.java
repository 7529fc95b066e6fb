package dev.cenote.mongo;

import com.mongodb.MongoTimeoutException;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import java.util.Optional;

/** What all operations share. The driver ends each by its deadline, with its retries, waiting for a server included. */
abstract class MongoOperation<R> implements Operation<MongoConnection, R> {
    private final String name;
    private final Optional<String> target;
    private final Effect effect;
    private final Class<? super R> resultType;

    MongoOperation(String name, Optional<String> target, Effect effect, Class<? super R> resultType) {
        this.name = name;
        this.target = target;
        this.effect = effect;
        this.resultType = resultType;
    }

    @Override
    public String name() {
        return name;
    }

    /** The collection, if it works on one; of a command as such the command's name. */
    @Override
    public Optional<String> target() {
        return target;
    }

    @Override
    public Effect effect() {
        return effect;
    }

    @Override
    public Class<? super R> resultType() {
        return resultType;
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

    /** Runs in the connection's database and session. */
    abstract R run(MongoConnection connection, Deadline deadline);

    /** Name and target. */
    @Override
    public String toString() {
        return target.map(on -> name + " " + on).orElse(name);
    }
}
