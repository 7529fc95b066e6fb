package dev.cenote.mongo;

import com.mongodb.MongoNamespace;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.RenameCollectionOptions;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The commands on collections and indexes as such, for static import beside those of {@link MongoOperations}. Their
 * options are the driver's; they are not copied, and must not be changed afterwards.
 *
 * <pre>{@code
 * pool.execute(createIndex("users", ascending("name"), new IndexOptions().unique(true)));
 * }</pre>
 *
 * <p>To make an index that is there already does nothing, so that it may run twice; all other changes count as not
 * idempotent. The methods throw {@link ConfigurationException} if the name of the collection is not one that the server
 * takes.
 */
public final class MongoSchema {
    private MongoSchema() {}

    // ---- indexes

    /** Makes an index, and gives its name. */
    public static SchemaChange<String> createIndex(String collection, Bson keys) {
        return createIndex(collection, keys, new IndexOptions());
    }

    /** Makes an index, and gives its name. */
    public static SchemaChange<String> createIndex(String collection, Bson keys, IndexOptions options) {
        return SchemaChange.repeatable("createIndex", collection, String.class, (database, session) -> {
            var target = database.getCollection(collection);
            return session == null ? target.createIndex(keys, options) : target.createIndex(session, keys, options);
        });
    }

    /**
     * Makes indexes in one command, and gives their names.
     *
     * @throws ConfigurationException if there are none
     */
    public static SchemaChange<List<String>> createIndexes(String collection, List<IndexModel> indexes) {
        if (indexes.isEmpty()) {
            throw new ConfigurationException("indexes must not be empty, was []");
        }
        List<IndexModel> copy = List.copyOf(indexes);
        return SchemaChange.repeatable("createIndexes", collection, List.class, (database, session) -> {
            var target = database.getCollection(collection);
            return session == null ? target.createIndexes(copy) : target.createIndexes(session, copy);
        });
    }

    /** Drops the index of that name, and gives the name. Fails if there is none. */
    public static SchemaChange<String> dropIndex(String collection, String name) {
        return SchemaChange.once("dropIndex", collection, (database, session) -> {
            var target = database.getCollection(collection);
            if (session == null) {
                target.dropIndex(name);
            } else {
                target.dropIndex(session, name);
            }
            return name;
        });
    }

    /** Drops the index with these keys, and gives the collection's name. Fails if there is none. */
    public static SchemaChange<String> dropIndex(String collection, Bson keys) {
        return SchemaChange.once("dropIndex", collection, (database, session) -> {
            var target = database.getCollection(collection);
            if (session == null) {
                target.dropIndex(keys);
            } else {
                target.dropIndex(session, keys);
            }
            return collection;
        });
    }

    /** Drops all indexes but that on {@code _id}, and gives the collection's name. */
    public static SchemaChange<String> dropIndexes(String collection) {
        return SchemaChange.once("dropIndexes", collection, (database, session) -> {
            var target = database.getCollection(collection);
            if (session == null) {
                target.dropIndexes();
            } else {
                target.dropIndexes(session);
            }
            return collection;
        });
    }

    /** Lists the indexes, as the server describes them; none if there is no such collection. */
    public static Operation<MongoConnection, List<Document>> listIndexes(String collection) {
        return Call.reading("listIndexes", collection, List.class, (database, session) -> {
            var target = database.getCollection(collection);
            var found = session == null ? target.listIndexes() : target.listIndexes(session);
            return found.into(new ArrayList<>());
        });
    }

    // ---- collections

    /** Makes a collection, and gives its name. Fails if it is there already. */
    public static SchemaChange<String> createCollection(String collection) {
        return createCollection(collection, new CreateCollectionOptions());
    }

    /** Makes a collection, and gives its name. Fails if it is there already with other options. */
    public static SchemaChange<String> createCollection(String collection, CreateCollectionOptions options) {
        return SchemaChange.once("createCollection", collection, (database, session) -> {
            if (session == null) {
                database.createCollection(collection, options);
            } else {
                database.createCollection(session, collection, options);
            }
            return collection;
        });
    }

    /** Drops a collection with its indexes, and gives its name. Does nothing if there is none. */
    public static SchemaChange<String> dropCollection(String collection) {
        return SchemaChange.once("dropCollection", collection, (database, session) -> {
            var target = database.getCollection(collection);
            if (session == null) {
                target.drop();
            } else {
                target.drop(session);
            }
            return collection;
        });
    }

    /** Gives a collection another name, and gives that. Fails if another collection has it. */
    public static SchemaChange<String> renameCollection(String collection, String newName) {
        return renameCollection(collection, newName, new RenameCollectionOptions());
    }

    /** As {@link #renameCollection(String, String)}; may drop the collection that has the name. */
    public static SchemaChange<String> renameCollection(
            String collection, String newName, RenameCollectionOptions options) {
        MongoOperations.validCollection(newName);
        return SchemaChange.once("renameCollection", collection, (database, session) -> {
            var target = database.getCollection(collection);
            var name = new MongoNamespace(database.getName(), newName);
            if (session == null) {
                target.renameCollection(name, options);
            } else {
                target.renameCollection(session, name, options);
            }
            return newName;
        });
    }

    /** Lists the collections of the database, as the server describes them. */
    public static Operation<MongoConnection, List<Document>> listCollections() {
        return listCollections(new BsonDocument());
    }

    /** Lists the collections whose description matches, such as {@code eq("type", "view")}. */
    public static Operation<MongoConnection, List<Document>> listCollections(Bson filter) {
        return Call.reading("listCollections", List.class, (database, session) -> {
            var found = session == null ? database.listCollections() : database.listCollections(session);
            return found.filter(filter).into(new ArrayList<>());
        });
    }

    /** Lists the names of the collections of the database. */
    public static Operation<MongoConnection, List<String>> listCollectionNames() {
        return Call.reading("listCollectionNames", List.class, (database, session) -> {
            var found = session == null ? database.listCollectionNames() : database.listCollectionNames(session);
            return found.into(new ArrayList<>());
        });
    }
}
