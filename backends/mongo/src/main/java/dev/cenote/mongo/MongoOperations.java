package dev.cenote.mongo;

import com.mongodb.MongoNamespace;
import com.mongodb.client.result.DeleteResult;
import com.mongodb.client.result.InsertOneResult;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/**
 * The commands, for static import. Filters, updates and stages are the driver's ({@code Filters}, {@code Updates},
 * {@code Aggregates}); they are not copied, and must not be changed afterwards.
 *
 * <pre>{@code
 * List<Document> adults = pool.execute(find("users").filter(gte("age", 18)).sort(ascending("name")).limit(10));
 * }</pre>
 *
 * <p>An insert decides the {@code _id} of a document that has none as it is made, on a copy: run again, it cannot insert
 * twice, and fails for a duplicate key instead. The methods throw {@link ConfigurationException} if the name of the
 * collection is not one that the server takes.
 */
public final class MongoOperations {
    private MongoOperations() {}

    /** Finds all documents; filter, sort and limit it by its methods. */
    public static Find<Document> find(String collection) {
        return new Find<>(Query.all(collection, Document.class));
    }

    /** Finds the documents that match. */
    public static Find<Document> find(String collection, Bson filter) {
        return find(collection).filter(filter);
    }

    /** Finds the first document that matches, if there is one. */
    public static FindOne<Document> findOne(String collection, Bson filter) {
        return new FindOne<>(Query.all(collection, Document.class).where(filter));
    }

    /** Counts the documents that match. */
    public static Operation<MongoConnection, Long> countDocuments(String collection, Bson filter) {
        return Call.reading(
                "countDocuments",
                collection,
                Long.class,
                (target, session) ->
                        session == null ? target.countDocuments(filter) : target.countDocuments(session, filter));
    }

    /** Runs a pipeline. */
    public static Aggregate<Document> aggregate(String collection, List<? extends Bson> pipeline) {
        return new Aggregate<>(collection, pipeline, Document.class);
    }

    /** Inserts a document. */
    public static Operation<MongoConnection, InsertOneResult> insertOne(String collection, Document document) {
        Document copy = withId(document);
        return Call.writing(
                "insertOne",
                collection,
                InsertOneResult.class,
                (target, session) -> session == null ? target.insertOne(copy) : target.insertOne(session, copy));
    }

    /**
     * Inserts documents in their order.
     *
     * @throws ConfigurationException if there are none
     */
    public static InsertMany insertMany(String collection, List<Document> documents) {
        return new InsertMany(collection, documents, true);
    }

    /** Changes the first document that matches. */
    public static Update updateOne(String collection, Bson filter, Bson update) {
        return new Update(Update.Kind.ONE, collection, filter, update, false);
    }

    /** Changes all documents that match. */
    public static Update updateMany(String collection, Bson filter, Bson update) {
        return new Update(Update.Kind.MANY, collection, filter, update, false);
    }

    /** Replaces the first document that matches, all but its {@code _id}. */
    public static Update replaceOne(String collection, Bson filter, Document replacement) {
        return new Update(Update.Kind.REPLACE, collection, filter, replacement, false);
    }

    /** Deletes the first document that matches. */
    public static Operation<MongoConnection, DeleteResult> deleteOne(String collection, Bson filter) {
        return Call.writing(
                "deleteOne",
                collection,
                DeleteResult.class,
                (target, session) -> session == null ? target.deleteOne(filter) : target.deleteOne(session, filter));
    }

    /** Deletes all documents that match. */
    public static Operation<MongoConnection, DeleteResult> deleteMany(String collection, Bson filter) {
        return Call.writing(
                "deleteMany",
                collection,
                DeleteResult.class,
                (target, session) -> session == null ? target.deleteMany(filter) : target.deleteMany(session, filter));
    }

    static Document withId(Document document) {
        if (document.containsKey("_id")) {
            return new Document(document);
        }
        var copy = new Document("_id", new ObjectId());
        copy.putAll(document);
        return copy;
    }

    static String validCollection(String name) {
        try {
            MongoNamespace.checkCollectionNameValidity(name);
        } catch (IllegalArgumentException invalid) {
            throw new ConfigurationException("collection must not be empty, was \"" + name + "\"", invalid);
        }
        return name;
    }
}
