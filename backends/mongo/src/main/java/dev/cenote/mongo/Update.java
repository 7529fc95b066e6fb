package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Changes one document or many. Counts as not idempotent, since {@code $inc} is not; call {@link #idempotent()} on one
 * that is, such as a {@code $set}. Immutable: each method gives another one.
 */
public final class Update extends ChangeOperation<UpdateResult, Update> {
    private final boolean many;
    private final Change update;

    Update(boolean many, String collection, Bson filter, Change update, Options options) {
        super(many ? "updateMany" : "updateOne", collection, UpdateResult.class, filter, options);
        this.many = many;
        this.update = update;
    }

    @Override
    Update with(Options other) {
        return new Update(many, collection, filter, update, other);
    }

    /** Inserts where nothing matches. Default: changes nothing then. */
    public Update upsert() {
        return change(changed -> changed.upsert = true);
    }

    /** Which elements of arrays the update means by {@code $[name]}. Default: none. */
    public Update arrayFilters(Bson... filters) {
        return change(changed -> changed.arrayFilters = List.of(filters));
    }

    /**
     * Which document is the first; servers take it from version 8.0 on. Default: the server's order.
     *
     * @throws ConfigurationException if it changes many
     */
    public Update sort(Bson sort) {
        if (many) {
            throw new ConfigurationException("sort must be of updateOne, was of updateMany");
        }
        return change(changed -> changed.sort = sort);
    }

    /** Writes what breaks the rules of the collection too. Default: does not. */
    public Update bypassDocumentValidation() {
        return change(changed -> changed.bypassValidation = true);
    }

    @Override
    UpdateResult run(MongoConnection connection, Deadline deadline) {
        MongoCollection<Document> target = open(connection, deadline, Document.class);
        ClientSession session = connection.session();
        var how = new UpdateOptions()
                .upsert(options.upsert)
                .arrayFilters(options.arrayFilters)
                .sort(options.sort)
                .bypassDocumentValidation(options.bypassValidation)
                .hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .let(options.let)
                .comment(options.comment);
        return many ? updateMany(target, session, how) : updateOne(target, session, how);
    }

    private UpdateResult updateOne(
            MongoCollection<Document> target, @Nullable ClientSession session, UpdateOptions how) {
        return session == null
                ? update.choose(
                        operators -> target.updateOne(filter, operators, how),
                        pipeline -> target.updateOne(filter, pipeline, how))
                : update.choose(
                        operators -> target.updateOne(session, filter, operators, how),
                        pipeline -> target.updateOne(session, filter, pipeline, how));
    }

    private UpdateResult updateMany(
            MongoCollection<Document> target, @Nullable ClientSession session, UpdateOptions how) {
        return session == null
                ? update.choose(
                        operators -> target.updateMany(filter, operators, how),
                        pipeline -> target.updateMany(filter, pipeline, how))
                : update.choose(
                        operators -> target.updateMany(session, filter, operators, how),
                        pipeline -> target.updateMany(session, filter, pipeline, how));
    }
}
