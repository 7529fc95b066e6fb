package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.cenote.protocols.Deadline;
import java.util.List;
import java.util.Optional;
import org.bson.conversions.Bson;

/**
 * Changes the first document that matches, and gives it as it was before. Immutable: each method gives another one.
 *
 * @param <T> what the document becomes
 */
public final class FindOneAndUpdate<T> extends FindAndChange<T, FindOneAndUpdate<T>> {
    private final Change update;

    FindOneAndUpdate(String collection, Bson filter, Change update, Class<T> type, Options options) {
        super("findOneAndUpdate", collection, filter, type, options);
        this.update = update;
    }

    @Override
    FindOneAndUpdate<T> with(Options other) {
        return new FindOneAndUpdate<>(collection, filter, update, type, other);
    }

    /** Makes {@code other} of the document, by the pool's codec registry. Default: {@link org.bson.Document}. */
    public <U> FindOneAndUpdate<U> as(Class<U> other) {
        return new FindOneAndUpdate<>(collection, filter, update, other, options);
    }

    /** Gives the document as it is afterwards. Default: as it was before. */
    public FindOneAndUpdate<T> returnAfter() {
        return change(changed -> changed.returned = ReturnDocument.AFTER);
    }

    /** Inserts where nothing matches. Default: changes nothing then. */
    public FindOneAndUpdate<T> upsert() {
        return change(changed -> changed.upsert = true);
    }

    /** Which elements of arrays the update means by {@code $[name]}. Default: none. */
    public FindOneAndUpdate<T> arrayFilters(Bson... filters) {
        return change(changed -> changed.arrayFilters = List.of(filters));
    }

    /** Writes what breaks the rules of the collection too. Default: does not. */
    public FindOneAndUpdate<T> bypassDocumentValidation() {
        return change(changed -> changed.bypassValidation = true);
    }

    @Override
    Optional<T> run(MongoConnection connection, Deadline deadline) {
        MongoCollection<T> target = open(connection, deadline, type);
        ClientSession session = connection.session();
        var how = new FindOneAndUpdateOptions()
                .projection(options.projection)
                .sort(options.sort)
                .upsert(options.upsert)
                .returnDocument(options.returned)
                .arrayFilters(options.arrayFilters)
                .bypassDocumentValidation(options.bypassValidation)
                .hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .let(options.let)
                .comment(options.comment);
        T found = session == null
                ? update.choose(
                        operators -> target.findOneAndUpdate(filter, operators, how),
                        pipeline -> target.findOneAndUpdate(filter, pipeline, how))
                : update.choose(
                        operators -> target.findOneAndUpdate(session, filter, operators, how),
                        pipeline -> target.findOneAndUpdate(session, filter, pipeline, how));
        return Optional.ofNullable(found);
    }
}
