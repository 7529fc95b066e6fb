package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Updates.set;
import static dev.cenote.mongo.MongoOperations.aggregate;
import static dev.cenote.mongo.MongoOperations.bulkWrite;
import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.deleteOne;
import static dev.cenote.mongo.MongoOperations.distinct;
import static dev.cenote.mongo.MongoOperations.estimatedDocumentCount;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.findOneAndDelete;
import static dev.cenote.mongo.MongoOperations.findOneAndReplace;
import static dev.cenote.mongo.MongoOperations.findOneAndUpdate;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.mongo.MongoOperations.readCommand;
import static dev.cenote.mongo.MongoOperations.replaceOne;
import static dev.cenote.mongo.MongoOperations.runCommand;
import static dev.cenote.mongo.MongoOperations.updateMany;
import static dev.cenote.mongo.MongoOperations.updateOne;
import static dev.cenote.mongo.MongoSchema.createCollection;
import static dev.cenote.mongo.MongoSchema.createIndex;
import static dev.cenote.mongo.MongoSchema.dropCollection;
import static dev.cenote.mongo.MongoSchema.dropIndex;
import static dev.cenote.mongo.MongoSchema.dropIndexes;
import static dev.cenote.mongo.MongoSchema.listCollections;
import static dev.cenote.mongo.MongoSchema.renameCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.RenameCollectionOptions;
import de.bwaldvogel.mongo.MongoServer;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option stands in the command: what the stand-in makes of it is another matter. */
class OptionsSentTest {
    private static final Bson ALL = new BsonDocument();
    private static final Bson KEYS = ascending("name");
    private static final Bson LET = new Document("x", 1);
    private static final Bson ARRAYS = new Document("part.a", 1);
    private static final List<Bson> PIPELINE = List.of(new Document("$set", new Document("a", 1)));
    private static final Collation GERMAN = Collation.builder().locale("de").build();
    private static final String TERMS = "$readPreference: {mode: 'secondaryPreferred'}, readConcern: {level: 'local'}";
    private static final String SEARCH = "hint: {name: 1}, collation: {locale: 'de'}";
    private static final String W1 = "writeConcern: {w: 1, j: false}";
    private static final WriteConcern ONE = WriteConcern.W1.withJournal(false);

    private static final ReplicaSetBackend BACKEND = new ReplicaSetBackend();
    private static final CommandLog LOG = new CommandLog();
    private static MongoServer standIn;
    private static MongoPool pool;

    @BeforeAll
    static void open() {
        standIn = BACKEND.serve();
        pool = MongoPool.builder()
                .uri(Product.MONGODB.externalUri().orElseGet(BACKEND::uri))
                .database("options")
                .maxSize(1)
                .settings(LOG::listen)
                .build();
    }

    @AfterAll
    static void close() {
        pool.close();
        standIn.shutdownNow();
    }

    static List<Arguments> reads() {
        ReadPreference near = ReadPreference.secondaryPreferred();
        return List.of(
                arguments(
                        find("users")
                                .projection(KEYS)
                                .sort(KEYS)
                                .skip(1)
                                .limit(2)
                                .batchSize(3)
                                .hint(KEYS)
                                .collation(GERMAN)
                                .comment("why")
                                .let(LET)
                                .allowDiskUse(true)
                                .readPreference(near)
                                .readConcern(ReadConcern.LOCAL),
                        "find",
                        "{projection: {name: 1}, sort: {name: 1}, skip: 1, limit: 2, comment: 'why', let: {x: 1}, "
                                + "allowDiskUse: true, " + SEARCH + ", " + TERMS + "}"),
                arguments(find("users").batchSize(3), "find", "{batchSize: 3}"),
                arguments(find("users").hint(KEYS).hint("byName"), "find", "{hint: 'byName'}"),
                arguments(
                        findOne("users", ALL)
                                .projection(KEYS)
                                .sort(KEYS)
                                .skip(1)
                                .hint(KEYS)
                                .collation(GERMAN)
                                .comment(new BsonInt32(7))
                                .readPreference(near)
                                .readConcern(ReadConcern.LOCAL),
                        "find",
                        "{projection: {name: 1}, sort: {name: 1}, skip: 1, limit: 1, comment: 7, " + SEARCH + ", "
                                + TERMS + "}"),
                arguments(
                        aggregate("users", List.of(new Document("$match", new Document())))
                                .batchSize(3)
                                .allowDiskUse(true)
                                .hint(KEYS)
                                .collation(GERMAN)
                                .comment("why")
                                .let(LET)
                                .readPreference(near)
                                .readConcern(ReadConcern.LOCAL),
                        "aggregate",
                        "{cursor: {batchSize: 3}, allowDiskUse: true, comment: 'why', let: {x: 1}, " + SEARCH + ", "
                                + TERMS + "}"),
                arguments(
                        countDocuments("users", ALL)
                                .skip(1)
                                .limit(2)
                                .hint(KEYS)
                                .collation(GERMAN)
                                .comment("why")
                                .readPreference(near)
                                .readConcern(ReadConcern.LOCAL),
                        "aggregate",
                        "{comment: 'why', " + SEARCH + ", " + TERMS + "}"),
                arguments(
                        estimatedDocumentCount("users")
                                .comment("why")
                                .readPreference(near)
                                .readConcern(ReadConcern.LOCAL),
                        "count",
                        "{comment: 'why', " + TERMS + "}"),
                arguments(
                        distinct("users", "name", String.class)
                                .filter(eq("age", 1))
                                .hint(KEYS)
                                .collation(GERMAN)
                                .comment("why")
                                .readPreference(near)
                                .readConcern(ReadConcern.LOCAL),
                        "distinct",
                        "{query: {age: 1}, comment: 'why', " + SEARCH + ", " + TERMS + "}"),
                arguments(listCollections(eq("type", "view")), "listCollections", "{filter: {type: 'view'}}"),
                arguments(
                        readCommand(new Document("dbStats", 1), near),
                        "dbStats",
                        "{$readPreference: {mode: 'secondaryPreferred'}}"));
    }

    static List<Arguments> writes() {
        var written = new Document("a", 1);
        return List.of(
                arguments(
                        insertOne("users", written)
                                .bypassDocumentValidation()
                                .comment("why")
                                .writeConcern(ONE),
                        "insert",
                        "{bypassDocumentValidation: true, comment: 'why', " + W1 + "}"),
                arguments(
                        insertMany("users", List.of(written))
                                .unordered()
                                .bypassDocumentValidation()
                                .comment("why")
                                .writeConcern(ONE),
                        "insert",
                        "{ordered: false, bypassDocumentValidation: true, comment: 'why', " + W1 + "}"),
                arguments(
                        bulkWrite("users", List.of(new InsertOneModel<>(written)))
                                .unordered()
                                .bypassDocumentValidation()
                                .comment("why")
                                .let(LET)
                                .writeConcern(ONE),
                        "insert",
                        "{ordered: false, bypassDocumentValidation: true, comment: 'why', " + W1 + "}"),
                arguments(
                        updateOne("users", ALL, set("a.$[part]", 1))
                                .bypassDocumentValidation()
                                .comment("why")
                                .let(LET)
                                .writeConcern(ONE),
                        "update",
                        "{bypassDocumentValidation: true, comment: 'why', let: {x: 1}, " + W1 + "}"),
                arguments(
                        replaceOne("users", ALL, written)
                                .bypassDocumentValidation()
                                .comment("why")
                                .let(LET)
                                .writeConcern(ONE),
                        "update",
                        "{bypassDocumentValidation: true, comment: 'why', let: {x: 1}, " + W1 + "}"),
                arguments(
                        deleteOne("users", eq("_id", "none"))
                                .comment("why")
                                .let(LET)
                                .writeConcern(ONE),
                        "delete",
                        "{comment: 'why', let: {x: 1}, " + W1 + "}"),
                arguments(
                        findOneAndUpdate("users", eq("_id", "none"), set("a", 1))
                                .projection(KEYS)
                                .sort(KEYS)
                                .arrayFilters(ARRAYS)
                                .returnAfter()
                                .bypassDocumentValidation()
                                .hint(KEYS)
                                .collation(GERMAN)
                                .comment("why")
                                .let(LET)
                                .writeConcern(ONE),
                        "findAndModify",
                        "{new: true, fields: {name: 1}, sort: {name: 1}, arrayFilters: [{'part.a': 1}], "
                                + "bypassDocumentValidation: true, comment: 'why', let: {x: 1}, " + SEARCH + ", " + W1
                                + "}"),
                arguments(
                        findOneAndReplace("users", eq("_id", "none"), written)
                                .projection(KEYS)
                                .sort(KEYS)
                                .returnAfter()
                                .bypassDocumentValidation()
                                .hint(KEYS)
                                .collation(GERMAN)
                                .comment("why")
                                .let(LET)
                                .writeConcern(ONE),
                        "findAndModify",
                        "{new: true, fields: {name: 1}, sort: {name: 1}, update: {a: 1}, "
                                + "bypassDocumentValidation: true, comment: 'why', let: {x: 1}, " + SEARCH + ", " + W1
                                + "}"),
                arguments(
                        findOneAndDelete("users", eq("_id", "none"))
                                .projection(KEYS)
                                .sort(KEYS)
                                .hint(KEYS)
                                .collation(GERMAN)
                                .comment("why")
                                .let(LET)
                                .writeConcern(ONE),
                        "findAndModify",
                        "{remove: true, fields: {name: 1}, sort: {name: 1}, comment: 'why', let: {x: 1}, " + SEARCH
                                + ", " + W1 + "}"),
                arguments(
                        findOneAndUpdate("users", eq("_id", "none"), PIPELINE),
                        "findAndModify",
                        "{update: [{$set: {a: 1}}], new: false}"),
                arguments(dropIndex("users", "none").writeConcern(ONE), "dropIndexes", "{index: 'none', " + W1 + "}"),
                arguments(dropIndex("users", ascending("b")), "dropIndexes", "{index: {b: 1}}"),
                arguments(dropIndexes("users"), "dropIndexes", "{index: '*'}"),
                arguments(dropCollection("none").writeConcern(ONE), "drop", "{drop: 'none', " + W1 + "}"),
                arguments(
                        renameCollection("none", "other", new RenameCollectionOptions().dropTarget(true))
                                .writeConcern(ONE),
                        "renameCollection",
                        "{dropTarget: true, " + W1 + "}"),
                arguments(createIndex("users", KEYS).writeConcern(ONE), "createIndexes", "{" + W1 + "}"),
                arguments(
                        createCollection(
                                        "capped",
                                        new CreateCollectionOptions()
                                                .capped(true)
                                                .sizeInBytes(4096))
                                .writeConcern(ONE),
                        "create",
                        "{capped: true, size: 4096, " + W1 + "}"),
                arguments(runCommand(new Document("dbStats", 1)), "dbStats", "{}"));
    }

    /** Options of one statement of an update or a delete. */
    static List<Arguments> statements() {
        return List.of(
                arguments(
                        updateOne("users", eq("_id", "none"), set("a", 1))
                                .hint(KEYS)
                                .collation(GERMAN)
                                .arrayFilters(ARRAYS)
                                .sort(KEYS),
                        "{arrayFilters: [{'part.a': 1}], sort: {name: 1}, " + SEARCH + "}"),
                arguments(updateOne("users", eq("_id", "none"), PIPELINE), "{u: [{$set: {a: 1}}]}"),
                arguments(updateMany("users", eq("_id", "none"), PIPELINE), "{multi: true, u: [{$set: {a: 1}}]}"),
                arguments(
                        updateMany("users", eq("_id", "none"), set("a", 1))
                                .hint("byName")
                                .collation(GERMAN)
                                .arrayFilters(ARRAYS),
                        "{multi: true, arrayFilters: [{'part.a': 1}], hint: 'byName', collation: {locale: 'de'}}"),
                arguments(
                        replaceOne("users", eq("_id", "none"), new Document())
                                .upsert()
                                .hint(KEYS)
                                .collation(GERMAN)
                                .sort(KEYS),
                        "{upsert: true, sort: {name: 1}, " + SEARCH + "}"),
                arguments(
                        deleteOne("users", eq("_id", "none")).hint(KEYS).collation(GERMAN),
                        "{limit: 1, " + SEARCH + "}"),
                arguments(
                        deleteMany("users", eq("_id", "none")).hint(KEYS).collation(GERMAN),
                        "{limit: 0, " + SEARCH + "}"));
    }

    @ParameterizedTest
    @MethodSource({"reads", "writes"})
    void optionsStandInTheCommand(Operation<MongoConnection, ?> operation, String command, String expected) {
        run(operation);
        assertContains(LOG.only(command), expected);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void optionsStandInTheStatement(Operation<MongoConnection, ?> operation, String expected) {
        run(operation);
        String command = operation.name().startsWith("delete") ? "delete" : "update";
        assertContains(LOG.only(command).getArray(command + "s").get(0).asDocument(), expected);
    }

    @Test
    void nothingIsSentThatWasNotAskedFor() {
        run(find("users"));
        assertThat(LOG.only("find").keySet())
                .doesNotContain(
                        "hint", "collation", "comment", "let", "sort", "projection", "batchSize", "readConcern");
        run(deleteOne("users", eq("_id", "none")));
        assertThat(LOG.only("delete").keySet()).doesNotContain("writeConcern", "comment", "let");
    }

    /** The server may refuse what it does not know. */
    private static void run(Operation<MongoConnection, ?> operation) {
        LOG.clear();
        try {
            pool.execute(operation);
        } catch (CenoteException refused) {
            assertThat(refused).hasMessageContaining(operation.name());
        }
    }

    private static void assertContains(BsonDocument sent, String expected) {
        for (Map.Entry<String, BsonValue> wanted : BsonDocument.parse(expected).entrySet()) {
            BsonValue value = sent.get(wanted.getKey());
            if (value != null && value.isNumber()) {
                assertThat(value.asNumber().longValue())
                        .as(wanted.getKey())
                        .isEqualTo(wanted.getValue().asNumber().longValue());
            } else {
                assertThat(value).as(wanted.getKey()).isEqualTo(wanted.getValue());
            }
        }
    }
}
