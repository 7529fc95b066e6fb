package dev.cenote.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.AggregateIterable;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.conversions.Bson;

/**
 * Runs an aggregation pipeline. Run as an operation, it reads all results into a list, within the one deadline; for more
 * than fits in memory, see {@link Streamable}. A pipeline that ends in {@code $out} or {@code $merge} writes: it gives an
 * empty list, cannot be streamed, and counts as not idempotent. Immutable: each method gives another one.
 *
 * @param <T> what a resulting document becomes
 */
public final class Aggregate<T> extends QueryOperation<List<T>, Aggregate<T>> implements Streamable<T> {
    private final List<Bson> pipeline;
    private final Class<T> type;

    Aggregate(String collection, List<? extends Bson> pipeline, Class<T> type, Options options) {
        super("aggregate", collection, effectOf(pipeline), List.class, options);
        this.pipeline = List.copyOf(pipeline);
        this.type = type;
    }

    private static Effect effectOf(List<? extends Bson> pipeline) {
        return !pipeline.isEmpty() && writes(pipeline.get(pipeline.size() - 1))
                ? Effect.NON_IDEMPOTENT
                : Effect.READ_ONLY;
    }

    private static boolean writes(Bson lastStage) {
        try {
            BsonDocument stage =
                    lastStage.toBsonDocument(Document.class, MongoClientSettings.getDefaultCodecRegistry());
            return stage.containsKey("$out") || stage.containsKey("$merge");
        } catch (CodecConfigurationException onlyThePoolsCodecsKnow) {
            // $out and $merge hold names and plain documents, which the default codecs know.
            return false;
        }
    }

    @Override
    Aggregate<T> with(Options other) {
        return new Aggregate<>(collection, pipeline, type, other);
    }

    /** Makes {@code other} of each resulting document, by the pool's codec registry. Default: {@link Document}. */
    public <U> Aggregate<U> as(Class<U> other) {
        return new Aggregate<>(collection, pipeline, other, options);
    }

    /** How many documents the server sends at a time, at least 1. Default: 101 at first, then as many as fit in 16 MB. */
    public Aggregate<T> batchSize(int size) {
        Check.atLeast("batchSize", 1, size);
        return change(changed -> changed.batchSize = size);
    }

    /** Whether stages may use the server's disk for what does not fit in its memory. Default: the server's. */
    public Aggregate<T> allowDiskUse(boolean allowed) {
        return change(changed -> changed.allowDiskUse = allowed);
    }

    /** Variables that expressions in the pipeline may use. Default: none. */
    public Aggregate<T> let(Bson variables) {
        return change(changed -> changed.let = variables);
    }

    /** Writes documents that break the rules of their collection too; only with {@code $out} and {@code $merge}. */
    public Aggregate<T> bypassDocumentValidation() {
        return change(changed -> changed.bypassValidation = true);
    }

    /** When a write counts as done; only with {@code $out} and {@code $merge}. Default: the pool's. */
    public Aggregate<T> writeConcern(WriteConcern concern) {
        return change(changed -> changed.writeConcern = concern);
    }

    @Override
    List<T> run(MongoConnection connection, Deadline deadline) {
        AggregateIterable<T> results = iterable(connection, deadline);
        if (effect() == Effect.READ_ONLY) {
            return results.into(new ArrayList<>());
        }
        results.toCollection();
        return List.of();
    }

    AggregateIterable<T> iterable(MongoConnection connection, Deadline deadline) {
        MongoCollection<T> source = open(connection, deadline, type);
        ClientSession session = connection.session();
        AggregateIterable<T> results = (session == null
                        ? source.aggregate(pipeline)
                        : source.aggregate(session, pipeline))
                .hint(options.hint)
                .hintString(options.hintName)
                .collation(options.collation)
                .let(options.let)
                .comment(options.comment)
                .allowDiskUse(options.allowDiskUse)
                .bypassDocumentValidation(options.bypassValidation);
        return options.batchSize == null ? results : results.batchSize(options.batchSize);
    }
}
