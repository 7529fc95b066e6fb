package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneOptions;
import com.mongodb.client.result.InsertOneResult;
import dev.cenote.protocols.Deadline;

/** Inserts a document, with the same {@code _id} whenever it runs. Immutable: each method gives another one. */
public final class Insert extends DocumentWrite<InsertOneResult, Insert> {
    private final Payload document;

    Insert(String collection, Payload document, Options options) {
        super("insertOne", collection, InsertOneResult.class, options);
        this.document = document;
    }

    @Override
    Insert with(Options other) {
        return new Insert(collection, document, other);
    }

    /** Inserts what breaks the rules of the collection too. Default: does not. */
    public Insert bypassDocumentValidation() {
        return change(changed -> changed.bypassValidation = true);
    }

    @Override
    InsertOneResult run(MongoConnection connection, Deadline deadline) {
        return run(connection, deadline, document.form());
    }

    private <D> InsertOneResult run(MongoConnection connection, Deadline deadline, Class<D> form) {
        MongoCollection<D> target = open(connection, deadline, form);
        D written = document.as(form, target.getCodecRegistry());
        ClientSession session = connection.session();
        var how = new InsertOneOptions()
                .bypassDocumentValidation(options.bypassValidation)
                .comment(options.comment);
        return session == null ? target.insertOne(written, how) : target.insertOne(session, written, how);
    }
}
