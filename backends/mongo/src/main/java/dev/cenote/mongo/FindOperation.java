package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import org.bson.conversions.Bson;

/** What {@link Find} and {@link FindOne} share. */
abstract class FindOperation<T, R, S> extends QueryOperation<R, S> {
    final Bson filter;
    final Class<T> type;

    FindOperation(
            String name, String collection, Class<? super R> resultType, Bson filter, Class<T> type, Options options) {
        super(name, collection, Effect.READ_ONLY, resultType, options);
        this.filter = filter;
        this.type = type;
    }

    /** Finds these fields only. Default: all. */
    public S projection(Bson projection) {
        return change(changed -> changed.projection = projection);
    }

    /** Finds in this order. Default: the server's. */
    public S sort(Bson sort) {
        return change(changed -> changed.sort = sort);
    }

    /** Leaves the first {@code skip} out. Default 0. */
    public S skip(int skip) {
        Check.atLeast("skip", 0, skip);
        return change(changed -> changed.skip = skip);
    }

    /** Variables that expressions in the filter may use. Default: none. */
    public S let(Bson variables) {
        return change(changed -> changed.let = variables);
    }

    /** Whether the server may sort on disk what does not fit in its memory. Default: the server's. */
    public S allowDiskUse(boolean allowed) {
        return change(changed -> changed.allowDiskUse = allowed);
    }

    final FindIterable<T> iterable(MongoConnection connection, Deadline deadline) {
        MongoCollection<T> source = open(connection, deadline, type);
        ClientSession session = connection.session();
        FindIterable<T> found = (session == null ? source.find(filter) : source.find(session, filter))
                .projection(options.projection)
                .sort(options.sort)
                .skip(options.skip)
                .limit(options.limit)
                .hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .let(options.let)
                .comment(options.comment)
                .allowDiskUse(options.allowDiskUse);
        return options.batchSize == null ? found : found.batchSize(options.batchSize);
    }
}
