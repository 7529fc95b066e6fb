package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndDeleteOptions;
import dev.cenote.protocols.Deadline;
import java.util.Optional;
import org.bson.conversions.Bson;

/**
 * Deletes the first document that matches, and gives it. Immutable: each method gives another one.
 *
 * @param <T> what the document becomes
 */
public final class FindOneAndDelete<T> extends FindAndChange<T, FindOneAndDelete<T>> {
    FindOneAndDelete(String collection, Bson filter, Class<T> type, Options options) {
        super("findOneAndDelete", collection, filter, type, options);
    }

    @Override
    FindOneAndDelete<T> with(Options other) {
        return new FindOneAndDelete<>(collection, filter, type, other);
    }

    /** Makes {@code other} of the document, by the pool's codec registry. Default: {@link org.bson.Document}. */
    public <U> FindOneAndDelete<U> as(Class<U> other) {
        return new FindOneAndDelete<>(collection, filter, other, options);
    }

    @Override
    Optional<T> run(MongoConnection connection, Deadline deadline) {
        MongoCollection<T> target = open(connection, deadline, type);
        ClientSession session = connection.session();
        var how = new FindOneAndDeleteOptions()
                .projection(options.projection)
                .sort(options.sort)
                .hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .let(options.let)
                .comment(options.comment);
        return Optional.ofNullable(
                session == null ? target.findOneAndDelete(filter, how) : target.findOneAndDelete(session, filter, how));
    }
}
