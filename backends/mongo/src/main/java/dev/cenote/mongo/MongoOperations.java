package dev.cenote.mongo;

import com.mongodb.MongoNamespace;
import com.mongodb.ReadPreference;
import com.mongodb.client.model.WriteModel;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The commands on documents, for static import; those on collections and indexes as such are in {@link MongoSchema}.
 * Filters, updates and stages are the driver's ({@code Filters}, {@code Updates}, {@code Aggregates}); they are not
 * copied, and must not be changed afterwards.
 *
 * <pre>{@code
 * List<Document> adults = pool.execute(find("users").filter(gte("age", 18)).sort(ascending("name")).limit(10));
 * List<User> users = pool.execute(find("users").as(User.class));
 * }</pre>
 *
 * <p>What is written may be a {@link Document}, a {@link BsonDocument} or {@code RawBsonDocument}, or any object of which
 * the pool's codec registry makes a document. An object is encoded once, when it first runs, by the registry of the pool
 * that it runs on.
 *
 * <p>An insert decides the {@code _id} of what has none, once, and leaves a {@link Document} of the caller's as it was: run
 * again, it cannot insert twice, and fails for a duplicate key instead. The methods throw {@link ConfigurationException} if
 * the name of the collection is not one that the server takes.
 */
public final class MongoOperations {
    private MongoOperations() {}

    // ---- reads

    /** Finds all documents; filter, sort and limit it by its methods. */
    public static Find<Document> find(String collection) {
        return find(collection, new BsonDocument());
    }

    /** Finds the documents that match. */
    public static Find<Document> find(String collection, Bson filter) {
        return new Find<>(collection, filter, Document.class, Options.NONE);
    }

    /** Finds the first document that matches, if there is one. */
    public static FindOne<Document> findOne(String collection, Bson filter) {
        return new FindOne<>(collection, filter, Document.class, Options.NONE);
    }

    /** Counts the documents that match. */
    public static Count countDocuments(String collection, Bson filter) {
        return new Count(collection, filter, Options.NONE);
    }

    /** Tells how many documents there are by the collection's metadata: quick, and off after an unclean shutdown. */
    public static EstimatedCount estimatedDocumentCount(String collection) {
        return new EstimatedCount(collection, Options.NONE);
    }

    /** Finds the different values of a field; of an array, those of its elements. */
    public static <T> Distinct<T> distinct(String collection, String field, Class<T> type) {
        return Distinct.of(collection, field, type);
    }

    /** Runs a pipeline. */
    public static Aggregate<Document> aggregate(String collection, List<? extends Bson> pipeline) {
        return new Aggregate<>(collection, pipeline, Document.class, Options.NONE);
    }

    // ---- inserts

    /** Inserts a document. */
    public static Insert insertOne(String collection, Object document) {
        return new Insert(collection, Payload.toInsert(document), Options.NONE);
    }

    /**
     * Inserts documents in their order.
     *
     * @throws ConfigurationException if there are none
     */
    public static InsertMany insertMany(String collection, List<?> documents) {
        notEmpty("documents", documents);
        return new InsertMany(
                collection, documents.stream().map(Payload::toInsert).toList(), Options.NONE);
    }

    // ---- changes

    /** Changes the first document that matches. */
    public static Update updateOne(String collection, Bson filter, Bson update) {
        return new Update(false, collection, filter, Change.of(update), Options.NONE);
    }

    /** Changes the first document that matches, by a pipeline. */
    public static Update updateOne(String collection, Bson filter, List<? extends Bson> pipeline) {
        return new Update(false, collection, filter, Change.of(pipeline), Options.NONE);
    }

    /** Changes all documents that match. */
    public static Update updateMany(String collection, Bson filter, Bson update) {
        return new Update(true, collection, filter, Change.of(update), Options.NONE);
    }

    /** Changes all documents that match, by a pipeline. */
    public static Update updateMany(String collection, Bson filter, List<? extends Bson> pipeline) {
        return new Update(true, collection, filter, Change.of(pipeline), Options.NONE);
    }

    /** Replaces the first document that matches, all but its {@code _id}. */
    public static Replace replaceOne(String collection, Bson filter, Object replacement) {
        return new Replace(collection, filter, Payload.toReplace(replacement), Options.NONE);
    }

    /** Deletes the first document that matches. */
    public static Delete deleteOne(String collection, Bson filter) {
        return new Delete(false, collection, filter, Options.NONE);
    }

    /** Deletes all documents that match. */
    public static Delete deleteMany(String collection, Bson filter) {
        return new Delete(true, collection, filter, Options.NONE);
    }

    /**
     * Runs the driver's {@code InsertOneModel}, {@code UpdateOneModel} and so on, in their order, in as few commands as
     * can be.
     *
     * @throws ConfigurationException if there are none
     */
    public static BulkWrite bulkWrite(String collection, List<? extends WriteModel<?>> models) {
        notEmpty("models", models);
        return new BulkWrite(collection, models.stream().map(BulkWrite.Part::of).toList(), Options.NONE);
    }

    // ---- changes that give the document

    /** Changes the first document that matches, and gives it, as it was before unless told otherwise. */
    public static FindOneAndUpdate<Document> findOneAndUpdate(String collection, Bson filter, Bson update) {
        return new FindOneAndUpdate<>(collection, filter, Change.of(update), Document.class, Options.NONE);
    }

    /** As {@link #findOneAndUpdate(String, Bson, Bson)}, by a pipeline. */
    public static FindOneAndUpdate<Document> findOneAndUpdate(
            String collection, Bson filter, List<? extends Bson> pipeline) {
        return new FindOneAndUpdate<>(collection, filter, Change.of(pipeline), Document.class, Options.NONE);
    }

    /** Replaces the first document that matches, and gives it, as it was before unless told otherwise. */
    @SuppressWarnings("unchecked") // the class of an object of type T
    public static <T> FindOneAndReplace<T> findOneAndReplace(String collection, Bson filter, T replacement) {
        return new FindOneAndReplace<>(
                collection, filter, Payload.toReplace(replacement), (Class<T>) replacement.getClass(), Options.NONE);
    }

    /** Deletes the first document that matches, and gives it. */
    public static FindOneAndDelete<Document> findOneAndDelete(String collection, Bson filter) {
        return new FindOneAndDelete<>(collection, filter, Document.class, Options.NONE);
    }

    // ---- commands as such

    /**
     * Runs a command of which it is not known what it does. It counts as not idempotent; call {@code idempotent()} on one
     * that may run twice.
     */
    public static Command<Document> runCommand(Bson command) {
        return Command.writing(command);
    }

    /** Runs a command of which its caller vouches that it only reads, by the pool's read preference. */
    public static Command<Document> readCommand(Bson command) {
        return Command.reading(command, null);
    }

    /** As {@link #readCommand(Bson)}, by a read preference of its own. */
    public static Command<Document> readCommand(Bson command, ReadPreference preference) {
        return Command.reading(command, preference);
    }

    static String validCollection(String name) {
        try {
            MongoNamespace.checkCollectionNameValidity(name);
        } catch (IllegalArgumentException invalid) {
            throw new ConfigurationException("collection must not be empty, was \"" + name + "\"", invalid);
        }
        return name;
    }

    private static void notEmpty(String field, List<?> parts) {
        if (parts.isEmpty()) {
            throw new ConfigurationException(field + " must not be empty, was []");
        }
    }
}
