package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.findOneAndDelete;
import static dev.cenote.mongo.MongoOperations.findOneAndReplace;
import static dev.cenote.mongo.MongoOperations.findOneAndUpdate;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static dev.cenote.mongo.MongoOperations.updateMany;
import static dev.cenote.mongo.MongoOperations.updateOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict.CallFate;
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

/** Changes that give the document, and the richer forms of update. */
class FindAndChangeTest {
    private static MongoPool pool;

    @BeforeAll
    static void open() {
        pool = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("changes")
                .maxSize(2)
                .build();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @BeforeEach
    void twoUsers() {
        pool.execute(deleteMany("users", new Document()));
        pool.execute(insertMany("users", List.of(user(1, "ann", 20), user(2, "bob", 30))));
    }

    private static Document user(int id, String name, int age) {
        return new Document("_id", id).append("name", name).append("age", age);
    }

    @Test
    void updateGivesTheDocumentAsItWasBefore() {
        assertThat(pool.execute(findOneAndUpdate("users", eq("_id", 1), inc("age", 1))))
                .contains(user(1, "ann", 20));
        assertThat(pool.execute(findOne("users", eq("_id", 1)))).contains(user(1, "ann", 21));
    }

    @Test
    void updateGivesTheDocumentAsItIsAfterwards() {
        assertThat(pool.execute(findOneAndUpdate("users", gte("age", 0), inc("age", 1))
                        .sort(descending("age"))
                        .projection(include("age"))
                        .returnAfter()
                        .as(BsonDocument.class)))
                .contains(BsonDocument.parse("{_id: 2, age: 31}"));
    }

    @Test
    void nothingFoundIsNothingGiven() {
        assertThat(pool.execute(findOneAndUpdate("users", eq("_id", 9), inc("age", 1))))
                .isEmpty();
        assertThat(pool.execute(findOneAndReplace("users", eq("_id", 9), new Document())))
                .isEmpty();
        assertThat(pool.execute(findOneAndDelete("users", eq("_id", 9)))).isEmpty();
    }

    @Test
    void upsertGivesWhatItInserted() {
        var update = findOneAndUpdate("users", eq("_id", 9), set("name", "new"));
        assertThat(pool.execute(update.upsert().returnAfter())).contains(new Document("_id", 9).append("name", "new"));
        var replace = findOneAndReplace("users", eq("_id", 8), new Document("name", "other"));
        assertThat(pool.execute(replace.upsert().returnAfter()))
                .contains(new Document("_id", 8).append("name", "other"));
    }

    @Test
    void replaceGivesEitherDocument() {
        var replacement = new Document("name", "cid");
        assertThat(pool.execute(findOneAndReplace("users", eq("_id", 1), replacement)))
                .contains(user(1, "ann", 20));
        assertThat(pool.execute(findOneAndReplace("users", gte("age", 0), replacement)
                        .sort(descending("age"))
                        .returnAfter()
                        .projection(include("name"))
                        .as(BsonDocument.class)))
                .contains(BsonDocument.parse("{_id: 2, name: 'cid'}"));
    }

    @Test
    void deleteGivesWhatItDeleted() {
        assertThat(pool.execute(findOneAndDelete("users", gte("age", 0))
                        .sort(descending("age"))
                        .projection(include("name"))
                        .as(BsonDocument.class)))
                .contains(BsonDocument.parse("{_id: 2, name: 'bob'}"));
        assertThat(pool.execute(findOne("users", eq("_id", 2)))).isEmpty();
    }

    @Test
    void arrayFiltersChooseElements() {
        pool.execute(updateOne("users", eq("_id", 1), set("marks", List.of(1, 5, 9))));
        pool.execute(updateMany("users", eq("_id", 1), set("marks.$[high]", 0)).arrayFilters(gte("high", 5)));
        assertThat(pool.execute(findOne("users", eq("_id", 1))).orElseThrow().getList("marks", Integer.class))
                .containsExactly(1, 0, 0);
        pool.execute(
                findOneAndUpdate("users", eq("_id", 1), set("marks.$[low]", 7)).arrayFilters(gte("low", 1)));
        assertThat(pool.execute(findOne("users", eq("_id", 1))).orElseThrow().getList("marks", Integer.class))
                .containsExactly(7, 0, 0);
    }

    @Test
    void pipelinesComputeFromTheDocument() {
        assumeTrue(
                Product.MONGODB.externalUri().isPresent(),
                "the stand-in has no updates by pipelines: set CENOTE_TEST_MONGODB_URI");
        var doubled = List.of(Document.parse("{$set: {age: {$multiply: ['$age', 2]}}}"));
        assertThat(pool.execute(updateOne("users", eq("_id", 1), doubled)).getModifiedCount())
                .isEqualTo(1);
        assertThat(pool.execute(updateMany("users", gte("age", 0), doubled)).getModifiedCount())
                .isEqualTo(2);
        assertThat(pool.execute(findOneAndUpdate("users", eq("_id", 1), doubled).returnAfter()))
                .contains(user(1, "ann", 160));
    }

    @Test
    void theServersRefusalIsPermanent() {
        for (var operation : List.of(
                findOneAndUpdate("users", eq("_id", 1), Document.parse("{$nonsense: {a: 1}}")),
                findOneAndReplace("users", eq("_id", 1), new Document("_id", 7)),
                findOneAndDelete("users", Document.parse("{age: {$nonsense: 1}}")))) {
            var error = catchThrowableOfType(OperationFailedException.class, () -> pool.execute(operation));
            assertThat(error.verdict().call()).as(operation.toString()).isEqualTo(CallFate.PERMANENT);
        }
    }

    @Test
    void theyMayNotRunTwiceUnlessTheirCallerSaysSo() {
        var update = findOneAndUpdate("users", eq("_id", 1), set("a", 1));
        assertThat(update.effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(update.idempotent().effect()).isEqualTo(Effect.IDEMPOTENT);
        assertThat(findOneAndReplace("users", eq("_id", 1), new Document()).effect())
                .isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(findOneAndDelete("users", eq("_id", 1)).effect()).isEqualTo(Effect.NON_IDEMPOTENT);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> updateOne("users", eq("_id", 1), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("pipeline must not be empty, was []");
        assertThatThrownBy(() -> updateMany("users", eq("_id", 1), set("a", 1)).sort(descending("a")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("sort must be of updateOne, was of updateMany");
    }
}
