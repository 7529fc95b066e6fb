package dev.cenote.mongo;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;

/**
 * Makes, changes or drops a collection or its indexes. Immutable: {@link #writeConcern} gives another one.
 *
 * @param <R> its result
 */
public final class SchemaChange<R> extends WriteOperation<R, SchemaChange<R>> {
    private final Step<R> step;

    private SchemaChange(Step<R> step, String collection, Options options) {
        super(step.name, collection, step.effect, step.type, options);
        this.step = step;
    }

    /** What is done. */
    private record Step<R>(String name, Effect effect, Class<? super R> type, Call.Body<R> body) {}

    /** One that makes what may be there already, and so may run twice. */
    static <R> SchemaChange<R> repeatable(String name, String collection, Class<? super R> type, Call.Body<R> body) {
        return new SchemaChange<>(new Step<>(name, Effect.IDEMPOTENT, type, body), collection, Options.NONE);
    }

    /** One that gives a name when it is done. */
    static SchemaChange<String> once(String name, String collection, Call.Body<String> body) {
        return new SchemaChange<>(
                new Step<>(name, Effect.NON_IDEMPOTENT, String.class, body), collection, Options.NONE);
    }

    @Override
    SchemaChange<R> with(Options other) {
        return new SchemaChange<>(step, collection, other);
    }

    @Override
    R run(MongoConnection connection, Deadline deadline) {
        return step.body.in(options.on(connection.database(deadline)), connection.session());
    }
}
