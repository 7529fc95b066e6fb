package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.result.UpdateResult;
import dev.cenote.protocols.Deadline;
import org.bson.conversions.Bson;

/**
 * Replaces the first document that matches, all but its {@code _id}. Counts as not idempotent; call {@link #idempotent()}
 * where nobody else writes the document. Immutable: each method gives another one.
 */
public final class Replace extends ChangeOperation<UpdateResult, Replace> {
    private final Payload replacement;

    Replace(String collection, Bson filter, Payload replacement, Options options) {
        super("replaceOne", collection, UpdateResult.class, filter, options);
        this.replacement = replacement;
    }

    @Override
    Replace with(Options other) {
        return new Replace(collection, filter, replacement, other);
    }

    /** Inserts where nothing matches. Default: changes nothing then. */
    public Replace upsert() {
        return change(changed -> changed.upsert = true);
    }

    /** Which document is the first; servers take it from version 8.0 on. Default: the server's order. */
    public Replace sort(Bson sort) {
        return change(changed -> changed.sort = sort);
    }

    /** Writes what breaks the rules of the collection too. Default: does not. */
    public Replace bypassDocumentValidation() {
        return change(changed -> changed.bypassValidation = true);
    }

    @Override
    UpdateResult run(MongoConnection connection, Deadline deadline) {
        return run(connection, deadline, replacement.form());
    }

    private <D> UpdateResult run(MongoConnection connection, Deadline deadline, Class<D> form) {
        MongoCollection<D> target = open(connection, deadline, form);
        D written = replacement.as(form, target.getCodecRegistry());
        ClientSession session = connection.session();
        var how = new ReplaceOptions()
                .upsert(options.upsert)
                .sort(options.sort)
                .bypassDocumentValidation(options.bypassValidation)
                .hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .let(options.let)
                .comment(options.comment);
        return session == null
                ? target.replaceOne(filter, written, how)
                : target.replaceOne(session, filter, written, how);
    }
}
