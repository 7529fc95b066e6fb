package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operation without options of its own: one call of the driver. */
final class Call<R> extends MongoOperation<R> {
    /** The driver's method, with and without a session. */
    interface Body<R> {
        R in(MongoDatabase database, @Nullable ClientSession session);
    }

    private final Body<R> body;

    private Call(String name, Optional<String> target, Class<? super R> type, Body<R> body) {
        super(name, target, Effect.READ_ONLY, type);
        this.body = body;
    }

    /** Reads of the database as such. */
    static <R> Call<R> reading(String name, Class<? super R> type, Body<R> body) {
        return new Call<>(name, Optional.empty(), type, body);
    }

    /** Reads of a collection as such. */
    static <R> Call<R> reading(String name, String collection, Class<? super R> type, Body<R> body) {
        return new Call<>(name, Optional.of(MongoOperations.validCollection(collection)), type, body);
    }

    @Override
    R run(MongoConnection connection, Deadline deadline) {
        return body.in(connection.database(deadline), connection.session());
    }
}
