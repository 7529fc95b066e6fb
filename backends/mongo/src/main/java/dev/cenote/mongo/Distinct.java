package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.DistinctIterable;
import com.mongodb.client.MongoCollection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Finds the different values of a field. Immutable: each method gives another one.
 *
 * @param <T> what a value becomes
 */
public final class Distinct<T> extends QueryOperation<List<T>, Distinct<T>> {
    private final String field;
    private final Bson filter;
    private final Class<T> type;

    private Distinct(String collection, String field, Bson filter, Class<T> type, Options options) {
        super("distinct", collection, Effect.READ_ONLY, List.class, options);
        this.field = field;
        this.filter = filter;
        this.type = type;
    }

    static <T> Distinct<T> of(String collection, String field, Class<T> type) {
        return new Distinct<>(collection, field, new BsonDocument(), type, Options.NONE);
    }

    @Override
    Distinct<T> with(Options other) {
        return new Distinct<>(collection, field, filter, type, other);
    }

    /** Looks only at documents that match. Default: at all. */
    public Distinct<T> filter(Bson other) {
        return new Distinct<>(collection, field, other, type, options);
    }

    @Override
    List<T> run(MongoConnection connection, Deadline deadline) {
        MongoCollection<Document> source = open(connection, deadline, Document.class);
        ClientSession session = connection.session();
        DistinctIterable<T> values =
                session == null ? source.distinct(field, filter, type) : source.distinct(session, field, filter, type);
        return values.hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .comment(options.comment)
                .into(new ArrayList<>());
    }
}
