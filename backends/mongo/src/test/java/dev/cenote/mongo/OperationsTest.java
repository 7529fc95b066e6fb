package dev.cenote.mongo;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.out;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static dev.cenote.mongo.MongoOperations.aggregate;
import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.deleteOne;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.mongo.MongoOperations.replaceOne;
import static dev.cenote.mongo.MongoOperations.updateMany;
import static dev.cenote.mongo.MongoOperations.updateOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.BulkException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final Verdict PERMANENT = new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);

    private static TestServer server;
    private static MongoPool pool;

    @BeforeAll
    static void open() {
        server = TestServers.shared(Product.MONGODB);
        pool = MongoPool.builder()
                .uri(server.uri())
                .database("operations")
                .maxSize(2)
                .build();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @BeforeEach
    void threeUsers() {
        pool.execute(deleteMany("users", new Document()));
        pool.execute(insertMany("users", List.of(user(1, "ann", 20), user(2, "bob", 30), user(3, "cid", 40))));
    }

    private static Document user(int id, String name, int age) {
        return new Document("_id", id).append("name", name).append("age", age);
    }

    private static List<String> names(List<Document> users) {
        return users.stream().map(user -> user.getString("name")).toList();
    }

    @Test
    void findOneGivesTheDocumentOrNone() {
        Optional<Document> found = pool.execute(findOne("users", eq("name", "bob")));
        assertThat(found).contains(user(2, "bob", 30));
        assertThat(pool.execute(findOne("users", eq("name", "eve")))).isEmpty();
    }

    @Test
    void findOneTakesTheFirstInOrderWithTheFieldsAskedFor() {
        assertThat(pool.execute(findOne("users", exists("name"))
                        .sort(descending("age"))
                        .projection(include("name"))
                        .as(BsonDocument.class)))
                .contains(BsonDocument.parse("{_id: 3, name: 'cid'}"));
    }

    @Test
    void findGivesAll() {
        assertThat(pool.execute(find("users"))).hasSize(3);
        assertThat(names(pool.execute(find("users", gte("age", 30)).sort(ascending("name")))))
                .containsExactly("bob", "cid");
    }

    @Test
    void findSkipsLimitsSortsAndProjects() {
        List<Document> found = pool.execute(find("users")
                .filter(gte("age", 0))
                .sort(descending("age"))
                .skip(1)
                .limit(1)
                .projection(include("name")));
        assertThat(found).containsExactly(new Document("_id", 2).append("name", "bob"));
    }

    @Test
    void findMakesOtherTypes() {
        List<RawBsonDocument> found =
                pool.execute(find("users").as(RawBsonDocument.class).limit(2));
        assertThat(found).hasSize(2);
    }

    @Test
    void findReadsPastTheFirstBatch() {
        pool.execute(insertMany(
                "many",
                IntStream.range(0, 250)
                        .mapToObj(number -> new Document("number", number))
                        .toList()));
        assertThat(pool.execute(find("many"))).hasSizeGreaterThanOrEqualTo(250);
        pool.execute(deleteMany("many", new Document()));
    }

    @Test
    void operationOfOneLeaseIsNotChangedByItsMethods() {
        Find<Document> all = find("users");
        all.limit(1);
        try (var lease = pool.acquire()) {
            assertThat(lease.execute(all)).hasSize(3);
        }
    }

    @Test
    void countDocumentsCounts() {
        assertThat(pool.execute(countDocuments("users", gte("age", 30)))).isEqualTo(2);
    }

    @Test
    void aggregateGivesWhatThePipelineMakes() {
        assertThat(pool.execute(aggregate("users", List.of(match(gte("age", 30)), group(null, sum("ages", "$age"))))))
                .singleElement()
                .satisfies(total -> assertThat(total.get("ages")).isEqualTo(70));
    }

    @Test
    void aggregateThatWritesIsNoReading() {
        assertThat(aggregate("users", List.of(match(exists("x")))).effect()).isEqualTo(Effect.READ_ONLY);
        var copying = aggregate("users", List.of(match(gte("age", 30)), out("copy")));
        assertThat(copying.effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(pool.execute(copying)).isEmpty();
        assertThat(names(pool.execute(find("copy").sort(ascending("name"))))).containsExactly("bob", "cid");
    }

    @Test
    void insertOneLeavesTheCallersDocumentAlone() {
        var document = new Document("name", "dan");
        assertThat(pool.execute(insertOne("users", document)).wasAcknowledged()).isTrue();
        assertThat(document).isEqualTo(new Document("name", "dan"));
        assertThat(pool.execute(findOne("users", eq("name", "dan")))).isPresent();
    }

    @Test
    void insertRunAgainDoesNotInsertTwice() {
        var insert = insertOne("users", new Document("name", "dan"));
        pool.execute(insert);
        assertThatThrownBy(() -> pool.execute(insert)).hasMessageContaining("E11000");
        assertThat(pool.execute(countDocuments("users", eq("name", "dan")))).isEqualTo(1);
    }

    @Test
    void duplicateKeyIsPermanentAndKeepsTheConnection() {
        var error = catchThrowableOfType(
                OperationFailedException.class, () -> pool.execute(insertOne("users", user(1, "eve", 1))));
        assertThat(error.verdict()).isEqualTo(PERMANENT);
        assertThat(error).hasMessageStartingWith("insertOne users failed (PERMANENT)");
        assertThat(error).cause().isInstanceOf(MongoWriteException.class);
        assertThat(pool.stats().idle()).isPositive();
    }

    @Test
    void insertManyCountsItsParts() {
        var result = pool.execute(insertMany("users", List.of(user(4, "dan", 1), user(5, "eve", 2))));
        assertThat(result.applied()).isEqualTo(2);
        assertThat(result.counts()).containsExactly(1L, 1L);
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void orderedInsertManyStopsAtTheFirstFailure() {
        var insert = insertMany("users", List.of(user(4, "dan", 1), user(1, "dup", 2), user(5, "eve", 3)));
        var error = catchThrowableOfType(BulkException.class, () -> pool.execute(insert));
        assertThat(error.result().applied()).isEqualTo(1);
        assertThat(error.result().counts()).containsExactly(1L, 0L, 0L);
        assertThat(error.result().failures()).containsOnlyKeys(1);
        assertThat(error.verdict()).isEqualTo(PERMANENT);
        assertThat(error).cause().isInstanceOf(MongoBulkWriteException.class);
        assertThat(pool.execute(findOne("users", eq("_id", 5)))).isEmpty();
    }

    @Test
    void unorderedInsertManyGoesOnAfterAFailure() {
        var insert = insertMany("users", List.of(user(4, "dan", 1), user(1, "dup", 2), user(5, "eve", 3)));
        var error = catchThrowableOfType(BulkException.class, () -> pool.execute(insert.unordered()));
        assertThat(error.result().applied()).isEqualTo(2);
        assertThat(error.result().counts()).containsExactly(1L, 0L, 1L);
        assertThat(error.result().failures()).containsOnlyKeys(1);
    }

    @Test
    void unacknowledgedInsertCountsNothing() {
        try (var careless = MongoPool.builder()
                .uri(server.uri())
                .database("operations")
                .settings(settings -> settings.writeConcern(WriteConcern.UNACKNOWLEDGED))
                .build()) {
            var result = careless.execute(insertMany("careless", List.of(new Document("a", 1))));
            assertThat(result.applied()).isZero();
            assertThat(result.counts()).isEmpty();
            assertThat(careless.execute(insertOne("careless", new Document("a", 2)))
                            .wasAcknowledged())
                    .isFalse();
        }
    }

    @Test
    void updatesChangeOneOrAll() {
        assertThat(pool.execute(updateOne("users", eq("_id", 1), inc("age", 1))).getModifiedCount())
                .isEqualTo(1);
        assertThat(pool.execute(updateMany("users", exists("name"), set("seen", true)))
                        .getMatchedCount())
                .isEqualTo(3);
        assertThat(pool.execute(findOne("users", eq("_id", 1))))
                .contains(user(1, "ann", 21).append("seen", true));
    }

    @Test
    void upsertInsertsWhatIsMissing() {
        var update = updateOne("users", eq("_id", 9), set("name", "new"));
        assertThat(pool.execute(update).getMatchedCount()).isZero();
        assertThat(pool.execute(update.upsert()).getUpsertedId()).isNotNull();
        assertThat(pool.execute(findOne("users", eq("_id", 9)))).isPresent();
    }

    @Test
    void replaceOneReplacesAllButTheId() {
        pool.execute(replaceOne("users", eq("_id", 1), new Document("name", "new")));
        assertThat(pool.execute(findOne("users", eq("_id", 1)))).contains(new Document("_id", 1).append("name", "new"));
    }

    @Test
    void deletesRemoveOneOrAll() {
        assertThat(pool.execute(deleteOne("users", gte("age", 30))).getDeletedCount())
                .isEqualTo(1);
        assertThat(pool.execute(deleteMany("users", exists("name"))).getDeletedCount())
                .isEqualTo(2);
    }

    @Test
    void serverErrorIsPermanentAndKeepsTheConnection() {
        var error = catchThrowableOfType(
                OperationFailedException.class,
                () -> pool.execute(updateOne("users", eq("_id", 1), new Document("$nonsense", new Document("a", 1)))));
        assertThat(error.verdict()).isEqualTo(PERMANENT);
    }

    @Test
    void callersMistakeIsPermanentAndKeepsTheConnection() {
        var error = catchThrowableOfType(
                OperationFailedException.class,
                () -> pool.execute(updateOne("users", eq("_id", 1), new Document("no", "operator"))));
        assertThat(error.verdict()).isEqualTo(PERMANENT);
        var unencodable = catchThrowableOfType(
                OperationFailedException.class,
                () -> pool.execute(insertOne("users", new Document("thread", Thread.currentThread()))));
        assertThat(unencodable.verdict()).isEqualTo(PERMANENT);
    }

    @Test
    void operationsNameThemselves() {
        assertThat(findOne("users", eq("_id", 1))).hasToString("findOne users");
        assertThat(updateMany("users", exists("x"), set("y", 1)).name()).isEqualTo("updateMany");
        assertThat(find("users").target()).contains("users");
        assertThat(find("users").effect()).isEqualTo(Effect.READ_ONLY);
        assertThat(deleteOne("users", eq("_id", 1)).effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(deleteOne("users", eq("_id", 1)).idempotent().effect()).isEqualTo(Effect.IDEMPOTENT);
    }

    @Test
    void optionsAreValidatedAsTheyAreGiven() {
        assertThatThrownBy(() -> find(""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("collection must not be empty, was \"\"");
        assertThatThrownBy(() -> find("users").limit(0)).hasMessage("limit must be >= 1, was 0");
        assertThatThrownBy(() -> find("users").skip(-1)).hasMessage("skip must be >= 0, was -1");
        assertThatThrownBy(() -> insertMany("users", List.of())).hasMessage("documents must not be empty, was []");
    }

    @Test
    void operationsRunForFutures() {
        assertThat(pool.executeAsync(find("users")).join()).hasSize(3);
    }

    @Test
    void driversObjectsAreReachable() {
        try (var lease = pool.acquire()) {
            assertThat(lease.unwrap(MongoDatabase.class).getName()).isEqualTo("operations");
            assertThat(lease.unwrap(MongoClient.class).getClusterDescription().hasWritableServer())
                    .isTrue();
            assertThatThrownBy(() -> lease.unwrap(Map.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("MongoClient, MongoDatabase, ClientSession, Session");
        }
    }
}
