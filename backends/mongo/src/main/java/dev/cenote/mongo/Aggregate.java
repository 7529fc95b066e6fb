package dev.cenote.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.AggregateIterable;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.conversions.Bson;

/**
 * Runs an aggregation pipeline. One that ends in {@code $out} or {@code $merge} writes: it gives an empty list, and
 * counts as not idempotent. Immutable.
 *
 * @param <T> what a resulting document becomes
 */
public final class Aggregate<T> extends MongoOperation<List<T>> {
    private final List<Bson> pipeline;
    private final Class<T> type;

    Aggregate(String collection, List<? extends Bson> pipeline, Class<T> type) {
        super("aggregate", collection, effectOf(pipeline));
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

    /** Makes {@code other} of each resulting document, by the pool's codec registry. Default: {@link Document}. */
    public <U> Aggregate<U> as(Class<U> other) {
        return new Aggregate<>(collection(), pipeline, other);
    }

    @Override
    public Class<? super List<T>> resultType() {
        return List.class;
    }

    @Override
    List<T> run(MongoConnection connection, Deadline deadline) {
        MongoCollection<T> source = connection.collection(collection(), type, deadline);
        ClientSession session = connection.session();
        AggregateIterable<T> results =
                session == null ? source.aggregate(pipeline) : source.aggregate(session, pipeline);
        if (effect() == Effect.READ_ONLY) {
            return results.into(new ArrayList<>());
        }
        results.toCollection();
        return List.of();
    }
}
