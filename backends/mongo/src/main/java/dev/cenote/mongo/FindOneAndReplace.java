package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.cenote.protocols.Deadline;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/**
 * Replaces the first document that matches, all but its {@code _id}, and gives it as it was before. Immutable: each method
 * gives another one.
 *
 * @param <T> what the document becomes
 */
public final class FindOneAndReplace<T> extends FindAndChange<T, FindOneAndReplace<T>> {
    private final Payload replacement;

    FindOneAndReplace(String collection, Bson filter, Payload replacement, Class<T> type, Options options) {
        super("findOneAndReplace", collection, filter, type, options);
        this.replacement = replacement;
    }

    @Override
    FindOneAndReplace<T> with(Options other) {
        return new FindOneAndReplace<>(collection, filter, replacement, type, other);
    }

    /** Makes {@code other} of the document, by the pool's codec registry. Default: the class of the replacement. */
    public <U> FindOneAndReplace<U> as(Class<U> other) {
        return new FindOneAndReplace<>(collection, filter, replacement, other, options);
    }

    /** Gives the document as it is afterwards. Default: as it was before. */
    public FindOneAndReplace<T> returnAfter() {
        return change(changed -> changed.returned = ReturnDocument.AFTER);
    }

    /** Inserts where nothing matches. Default: changes nothing then. */
    public FindOneAndReplace<T> upsert() {
        return change(changed -> changed.upsert = true);
    }

    /** Writes what breaks the rules of the collection too. Default: does not. */
    public FindOneAndReplace<T> bypassDocumentValidation() {
        return change(changed -> changed.bypassValidation = true);
    }

    @Override
    Optional<T> run(MongoConnection connection, Deadline deadline) {
        MongoCollection<BsonDocument> target = open(connection, deadline, BsonDocument.class);
        BsonDocument written = replacement.encoded(target.getCodecRegistry());
        ClientSession session = connection.session();
        var how = new FindOneAndReplaceOptions()
                .projection(options.projection)
                .sort(options.sort)
                .upsert(options.upsert)
                .returnDocument(options.returned)
                .bypassDocumentValidation(options.bypassValidation)
                .hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .let(options.let)
                .comment(options.comment);
        BsonDocument found = session == null
                ? target.findOneAndReplace(filter, written, how)
                : target.findOneAndReplace(session, filter, written, how);
        return Optional.ofNullable(found).map(document -> Payload.decode(document, type, target.getCodecRegistry()));
    }
}
