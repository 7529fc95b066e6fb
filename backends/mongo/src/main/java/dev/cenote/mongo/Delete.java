package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.result.DeleteResult;
import dev.cenote.protocols.Deadline;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Deletes one document or many. Counts as not idempotent: run twice, it tells another number, and deletes what was
 * inserted in between. Immutable: each method gives another one.
 */
public final class Delete extends ChangeOperation<DeleteResult, Delete> {
    private final boolean many;

    Delete(boolean many, String collection, Bson filter, Options options) {
        super(many ? "deleteMany" : "deleteOne", collection, DeleteResult.class, filter, options);
        this.many = many;
    }

    @Override
    Delete with(Options other) {
        return new Delete(many, collection, filter, other);
    }

    @Override
    DeleteResult run(MongoConnection connection, Deadline deadline) {
        MongoCollection<Document> target = open(connection, deadline, Document.class);
        ClientSession session = connection.session();
        var how = new DeleteOptions()
                .hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .let(options.let)
                .comment(options.comment);
        if (session == null) {
            return many ? target.deleteMany(filter, how) : target.deleteOne(filter, how);
        }
        return many ? target.deleteMany(session, filter, how) : target.deleteOne(session, filter, how);
    }
}
