package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** An operation without options of its own: one call of the driver. */
final class Call<R> extends MongoOperation<R> {
    /** The driver's method, with and without a session. */
    interface Body<R> {
        R on(MongoCollection<Document> collection, @Nullable ClientSession session);
    }

    private final Class<R> type;
    private final Body<R> body;

    private Call(String name, String collection, Effect effect, Class<R> type, Body<R> body) {
        super(name, collection, effect);
        this.type = type;
        this.body = body;
    }

    static <R> Call<R> reading(String name, String collection, Class<R> type, Body<R> body) {
        return new Call<>(name, collection, Effect.READ_ONLY, type, body);
    }

    static <R> Call<R> writing(String name, String collection, Class<R> type, Body<R> body) {
        return new Call<>(name, collection, Effect.NON_IDEMPOTENT, type, body);
    }

    @Override
    public Class<? super R> resultType() {
        return type;
    }

    @Override
    R run(MongoConnection connection, Deadline deadline) {
        return body.on(connection.collection(collection(), Document.class, deadline), connection.session());
    }
}
