package dev.cenote.mongo;

import com.mongodb.client.model.EstimatedDocumentCountOptions;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import org.bson.Document;

/** Takes the number of documents from the collection's metadata. Immutable: each method gives another one. */
public final class EstimatedCount extends ReadOperation<Long, EstimatedCount> {
    EstimatedCount(String collection, Options options) {
        super("estimatedDocumentCount", collection, Effect.READ_ONLY, Long.class, options);
    }

    @Override
    EstimatedCount with(Options other) {
        return new EstimatedCount(collection, other);
    }

    /** Takes no part in a session: the server has no such count in a transaction. */
    @Override
    Long run(MongoConnection connection, Deadline deadline) {
        var wanted = new EstimatedDocumentCountOptions().comment(options.comment);
        return open(connection, deadline, Document.class).estimatedDocumentCount(wanted);
    }
}
