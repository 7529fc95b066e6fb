package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Changes or replaces documents. Counts as not idempotent, since {@code $inc} is not; call {@link #idempotent()} on one
 * that is, such as a {@code $set}. Immutable.
 */
public final class Update extends MongoOperation<UpdateResult> {
    /** Which of the driver's commands it is. */
    enum Kind {
        ONE("updateOne"),
        MANY("updateMany"),
        REPLACE("replaceOne");

        private final String command;

        Kind(String command) {
            this.command = command;
        }
    }

    private final Kind kind;
    private final Bson filter;
    private final Bson change;
    private final boolean upsert;

    Update(Kind kind, String collection, Bson filter, Bson change, boolean upsert) {
        super(kind.command, collection, Effect.NON_IDEMPOTENT);
        this.kind = kind;
        this.filter = filter;
        this.change = change;
        this.upsert = upsert;
    }

    /** Inserts where nothing matches. Default: changes nothing then. */
    public Update upsert() {
        return new Update(kind, collection(), filter, change, true);
    }

    @Override
    public Class<? super UpdateResult> resultType() {
        return UpdateResult.class;
    }

    @Override
    UpdateResult run(MongoConnection connection, Deadline deadline) {
        MongoCollection<Document> target = connection.collection(collection(), Document.class, deadline);
        ClientSession session = connection.session();
        return switch (kind) {
            case ONE -> updateOne(target, session);
            case MANY -> updateMany(target, session);
            case REPLACE -> replaceOne(target, session);
        };
    }

    private UpdateResult updateOne(MongoCollection<Document> target, @Nullable ClientSession session) {
        var options = new UpdateOptions().upsert(upsert);
        return session == null
                ? target.updateOne(filter, change, options)
                : target.updateOne(session, filter, change, options);
    }

    private UpdateResult updateMany(MongoCollection<Document> target, @Nullable ClientSession session) {
        var options = new UpdateOptions().upsert(upsert);
        return session == null
                ? target.updateMany(filter, change, options)
                : target.updateMany(session, filter, change, options);
    }

    private UpdateResult replaceOne(MongoCollection<Document> target, @Nullable ClientSession session) {
        var options = new ReplaceOptions().upsert(upsert);
        Document replacement = (Document) change;
        return session == null
                ? target.replaceOne(filter, replacement, options)
                : target.replaceOne(session, filter, replacement, options);
    }
}
