package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static dev.cenote.mongo.MongoOperations.bulkWrite;
import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.BulkException;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkWriteTest {
    private static MongoPool pool;

    @BeforeAll
    static void open() {
        pool = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("bulk")
                .maxSize(2)
                .build();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @BeforeEach
    void empty() {
        pool.execute(deleteMany("users", new Document()));
    }

    private static InsertOneModel<Document> insert(int id) {
        return new InsertOneModel<>(new Document("_id", id).append("age", id));
    }

    private static List<WriteModel<Document>> withDuplicateInTheMiddle() {
        return List.of(insert(1), new UpdateOneModel<>(eq("_id", 1), inc("age", 1)), insert(1), insert(2));
    }

    @Test
    void allKindsAreCounted() {
        var result = pool.execute(bulkWrite(
                "users",
                List.of(
                        insert(1),
                        insert(2),
                        insert(3),
                        new UpdateOneModel<>(eq("_id", 1), set("a", 1)),
                        new UpdateManyModel<>(gte("age", 2), set("a", 2)),
                        new ReplaceOneModel<>(eq("_id", 1), new Document("a", 3)),
                        new UpdateOneModel<>(eq("_id", 9), set("a", 1), new UpdateOptions().upsert(true)),
                        new DeleteOneModel<>(eq("_id", 2)),
                        new DeleteManyModel<>(gte("age", 3)))));
        assertThat(result.getInsertedCount()).isEqualTo(3);
        assertThat(result.getInserts()).hasSize(3);
        assertThat(result.getMatchedCount()).isEqualTo(4);
        assertThat(result.getModifiedCount()).isEqualTo(4);
        assertThat(result.getDeletedCount()).isEqualTo(2);
        assertThat(result.getUpserts())
                .singleElement()
                .satisfies(upsert -> assertThat(upsert.getIndex()).isEqualTo(6));
        assertThat(pool.execute(find("users"))).hasSize(2);
    }

    @Test
    void orderedStopsAtTheFirstFailureAndTellsWhatWasApplied() {
        var error = catchThrowableOfType(
                BulkException.class, () -> pool.execute(bulkWrite("users", withDuplicateInTheMiddle())));
        assertThat(error).hasMessageStartingWith("bulkWrite users failed in part (PERMANENT): 2 parts applied");
        assertThat(error.verdict().call()).isEqualTo(CallFate.PERMANENT);
        assertThat(error.result().applied()).isEqualTo(2);
        assertThat(error.result().failures()).containsOnlyKeys(2);
        assertThat(pool.execute(findOne("users", eq("_id", 2)))).isEmpty();
        assumeTrue(
                Product.MONGODB.externalUri().isPresent(),
                "the stand-in counts inserts that it did not make: set CENOTE_TEST_MONGODB_URI");
        assertThat(error.result().affected()).isEqualTo(2);
        assertThat(error.getCause())
                .isInstanceOfSatisfying(
                        MongoBulkWriteException.class,
                        bulk -> assertThat(bulk.getWriteResult().getInsertedCount())
                                .isEqualTo(1));
    }

    @Test
    void unorderedGoesOnAfterAFailure() {
        var bulk = bulkWrite("users", List.of(insert(1), insert(1), insert(2))).unordered();
        var error = catchThrowableOfType(BulkException.class, () -> pool.execute(bulk));
        assertThat(error.result().applied()).isEqualTo(2);
        assertThat(error.result().failures()).containsOnlyKeys(1);
        assertThat(pool.execute(findOne("users", eq("_id", 2)))).isPresent();
    }

    @Test
    void bulkThatWasDeclaredIdempotentStillTellsWhatWasApplied() {
        var error = catchThrowableOfType(
                BulkException.class,
                () -> pool.execute(
                        bulkWrite("users", withDuplicateInTheMiddle()).idempotent()));
        assertThat(error.result().applied()).isEqualTo(2);
    }

    @Test
    void insertsRunAgainDoNotInsertTwice() {
        var bulk = bulkWrite("users", List.of(new InsertOneModel<>(new Document("name", "ann"))));
        pool.execute(bulk);
        assertThatThrownBy(() -> pool.execute(bulk)).isInstanceOf(BulkException.class);
        assertThat(pool.execute(countDocuments("users", new Document()))).isEqualTo(1);
    }

    @Test
    void documentsOfSeveralTypesGoTogether() {
        pool.execute(bulkWrite("users", List.of(insert(1), new InsertOneModel<>(BsonDocument.parse("{_id: 2}")))));
        pool.execute(insertMany("users", List.of(new Document("_id", 3), BsonDocument.parse("{_id: 4}"))));
        assertThat(pool.execute(countDocuments("users", new Document()))).isEqualTo(4);
    }

    @Test
    void unacknowledgedTellsNothing() {
        try (var careless = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("bulk")
                .build()) {
            var bulk = bulkWrite("careless", List.of(insert(1))).writeConcern(WriteConcern.UNACKNOWLEDGED);
            assertThat(careless.execute(bulk).wasAcknowledged()).isFalse();
        }
    }

    @Test
    void emptyIsRefused() {
        assertThatThrownBy(() -> bulkWrite("users", List.of())).hasMessage("models must not be empty, was []");
    }
}
