package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.descending;
import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.mongo.MongoOperations.readCommand;
import static dev.cenote.mongo.MongoOperations.runCommand;
import static dev.cenote.mongo.MongoSchema.createCollection;
import static dev.cenote.mongo.MongoSchema.createIndex;
import static dev.cenote.mongo.MongoSchema.createIndexes;
import static dev.cenote.mongo.MongoSchema.dropCollection;
import static dev.cenote.mongo.MongoSchema.dropIndex;
import static dev.cenote.mongo.MongoSchema.dropIndexes;
import static dev.cenote.mongo.MongoSchema.listCollectionNames;
import static dev.cenote.mongo.MongoSchema.listCollections;
import static dev.cenote.mongo.MongoSchema.listIndexes;
import static dev.cenote.mongo.MongoSchema.renameCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.RenameCollectionOptions;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Collections, indexes, and commands as such. */
class SchemaTest {
    private static final Verdict PERMANENT = new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);

    private static MongoPool pool;

    @BeforeAll
    static void open() {
        pool = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("schema")
                .maxSize(2)
                .build();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @BeforeEach
    void oneCollection() {
        for (String name : pool.execute(listCollectionNames())) {
            pool.execute(dropCollection(name));
        }
        pool.execute(insertOne("users", new Document("_id", 1).append("name", "ann")));
    }

    private static List<String> indexes() {
        return pool.execute(listIndexes("users")).stream()
                .map(index -> index.getString("name"))
                .toList();
    }

    private static void assertRefused(Operation<MongoConnection, ?> operation) {
        var error = catchThrowableOfType(OperationFailedException.class, () -> pool.execute(operation));
        assertThat(error).as(operation.toString()).isNotNull();
        assertThat(error.verdict()).as(operation.toString()).isEqualTo(PERMANENT);
    }

    @Test
    void indexIsMadeOnce() {
        var unique = createIndex("users", ascending("name"), new IndexOptions().unique(true));
        assertThat(pool.execute(unique)).isEqualTo("name_1");
        assertThat(pool.execute(unique)).isEqualTo("name_1");
        assertThat(indexes()).containsExactly("_id_", "name_1");
        assertRefused(insertOne("users", new Document("name", "ann")));
    }

    @Test
    void indexesAreMadeTogether() {
        assertThat(pool.execute(createIndexes(
                        "users", List.of(new IndexModel(ascending("a")), new IndexModel(descending("b"))))))
                .containsExactly("a_1", "b_-1");
        assertThat(indexes()).contains("a_1", "b_-1");
    }

    @Test
    void indexesAreDroppedByNameByKeysAndAllTogether() {
        pool.execute(createIndex("users", ascending("a")));
        pool.execute(createIndex("users", ascending("b")));
        pool.execute(createIndex("users", ascending("c")));
        assertThat(pool.execute(dropIndex("users", "a_1"))).isEqualTo("a_1");
        assertThat(pool.execute(dropIndex("users", ascending("b")))).isEqualTo("users");
        assertThat(indexes()).containsExactly("_id_", "c_1");
        assertThat(pool.execute(dropIndexes("users"))).isEqualTo("users");
        assertThat(indexes()).containsExactly("_id_");
    }

    @Test
    void missingIndexCannotBeDropped() {
        assertRefused(dropIndex("users", "none"));
    }

    @Test
    void collectionIsMadeListedAndDropped() {
        assertThat(pool.execute(createCollection("plain"))).isEqualTo("plain");
        assertThat(pool.execute(listCollectionNames())).contains("plain", "users");
        assertThat(pool.execute(listCollections())).extracting("name").contains("plain", "users");
        assertThat(pool.execute(dropCollection("plain"))).isEqualTo("plain");
        assertThat(pool.execute(listCollectionNames())).doesNotContain("plain");
        assertThat(pool.execute(dropCollection("plain"))).isEqualTo("plain");
    }

    @Test
    void collectionHasItsOptions() {
        assumeTrue(
                Product.MONGODB.externalUri().isPresent(),
                "the stand-in has no capped collections: set CENOTE_TEST_MONGODB_URI");
        pool.execute(createCollection(
                "capped", new CreateCollectionOptions().capped(true).sizeInBytes(4096)));
        assertThat(pool.execute(listCollections(eq("options.capped", true))))
                .extracting("name")
                .containsExactly("capped");
    }

    @Test
    void collectionsAreListedByWhatTheyAre() {
        assumeTrue(
                Product.MONGODB.externalUri().isPresent(),
                "the stand-in lists all collections: set CENOTE_TEST_MONGODB_URI");
        pool.execute(createCollection("plain"));
        assertThat(pool.execute(listCollections(eq("name", "plain"))))
                .extracting("name")
                .containsExactly("plain");
    }

    @Test
    void collectionThatIsThereCannotBeMade() {
        assertRefused(createCollection(
                "users", new CreateCollectionOptions().capped(true).sizeInBytes(4096)));
    }

    @Test
    void collectionIsRenamed() {
        assertThat(pool.execute(renameCollection("users", "people"))).isEqualTo("people");
        assertThat(pool.execute(countDocuments("people", new Document()))).isEqualTo(1);
        assertRefused(renameCollection("users", "other"));
    }

    @Test
    void renameDropsAnotherCollectionOnlyIfTold() {
        pool.execute(insertOne("people", new Document("_id", 2)));
        assertRefused(renameCollection("users", "people"));
        pool.execute(renameCollection("users", "people", new RenameCollectionOptions().dropTarget(true)));
        assertThat(pool.execute(countDocuments("people", eq("_id", 2)))).isZero();
    }

    @Test
    void commandsRunAsSuch() {
        assertThat(pool.execute(runCommand(new Document("ping", 1)))
                        .get("ok", Number.class)
                        .intValue())
                .isEqualTo(1);
        assertThat(pool.execute(readCommand(new Document("count", "users")).as(BsonDocument.class))
                        .getNumber("n")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void commandIsKnownByItsNameAlone() {
        var command = runCommand(new Document("nonsense", 1).append("pwd", "secret"));
        assertRefused(command);
        assertThatThrownBy(() -> pool.execute(command))
                .hasMessageStartingWith("runCommand nonsense failed (PERMANENT)");
        assertThat(command).hasToString("runCommand nonsense");
        assertThat(command.effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(command.idempotent().effect()).isEqualTo(Effect.IDEMPOTENT);
        assertThat(readCommand(new Document("ping", 1)).effect()).isEqualTo(Effect.READ_ONLY);
    }

    @Test
    void effectsAreCareful() {
        assertThat(createIndex("users", ascending("a")).effect()).isEqualTo(Effect.IDEMPOTENT);
        assertThat(dropIndex("users", "a_1").effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(dropCollection("users").effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(listIndexes("users").effect()).isEqualTo(Effect.READ_ONLY);
        assertThat(listCollections().target()).isEmpty();
        assertThat(listCollections()).hasToString("listCollections");
    }

    @Test
    void badNamesAndEmptyListsAreRefused() {
        assertThatThrownBy(() -> createCollection("")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> listIndexes("")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> renameCollection("users", "")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> createIndexes("users", List.of())).hasMessage("indexes must not be empty, was []");
    }

    @Test
    void theyRunForFutures() {
        assertThat(pool.executeAsync(createIndex("users", ascending("a"))).join())
                .isEqualTo("a_1");
        assertThat(pool.executeAsync(listCollectionNames()).join()).contains("users");
    }
}
