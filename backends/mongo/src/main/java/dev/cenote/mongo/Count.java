package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Counts documents, one by one or by an index. Immutable: each method gives another one. */
public final class Count extends QueryOperation<Long, Count> {
    private final Bson filter;

    Count(String collection, Bson filter, Options options) {
        super("countDocuments", collection, Effect.READ_ONLY, Long.class, options);
        this.filter = filter;
    }

    @Override
    Count with(Options other) {
        return new Count(collection, filter, other);
    }

    /** Leaves the first {@code skip} out. Default 0. */
    public Count skip(int skip) {
        Check.atLeast("skip", 0, skip);
        return change(changed -> changed.skip = skip);
    }

    /** Counts no further than {@code limit}, which is at least 1. Default: no limit. */
    public Count limit(int limit) {
        Check.atLeast("limit", 1, limit);
        return change(changed -> changed.limit = limit);
    }

    @Override
    Long run(MongoConnection connection, Deadline deadline) {
        MongoCollection<Document> source = open(connection, deadline, Document.class);
        ClientSession session = connection.session();
        var wanted = new CountOptions()
                .skip(options.skip)
                .limit(options.limit)
                .hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .comment(options.comment);
        return session == null ? source.countDocuments(filter, wanted) : source.countDocuments(session, filter, wanted);
    }
}
