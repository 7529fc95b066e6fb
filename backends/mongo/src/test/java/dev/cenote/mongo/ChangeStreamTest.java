package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.mongo.MongoOperations.updateOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;
import com.mongodb.client.model.changestream.OperationType;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Change streams while the network is well. */
class ChangeStreamTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ChangingServer server = new ChangingServer();
    private final MongoPool pool = server.pool().build();

    @BeforeEach
    void empty() {
        pool.execute(deleteMany("orders", new Document()));
        pool.execute(deleteMany("other", new Document()));
    }

    @AfterEach
    void close() {
        pool.close();
        server.close();
    }

    private void insert(int id) {
        pool.execute(insertOne("orders", new Document("_id", id)));
    }

    private static Object id(Optional<? extends ChangeStreamDocument<?>> change) {
        assertThat(change).isPresent();
        return change.get().getDocumentKey().get("_id").asInt32().getValue();
    }

    @Test
    void allThatHappensOnceItIsOpenIsHeardInOrder() throws InterruptedException {
        insert(0);
        try (ChangeStream<Document> changes = pool.watch(Watch.collection("orders"))) {
            IntStream.rangeClosed(1, 500).forEach(this::insert);
            pool.execute(updateOne("orders", Filters.eq("_id", 7), Updates.set("x", 1)));
            pool.execute(insertOne("other", new Document("_id", 1)));
            pool.execute(deleteMany("orders", Filters.eq("_id", 8)));
            for (int id = 1; id <= 500; id++) {
                assertThat(id(changes.next(LONG))).isEqualTo(id);
            }
            ChangeStreamDocument<Document> update = changes.next(LONG).orElseThrow();
            assertThat(update.getOperationType()).isEqualTo(OperationType.UPDATE);
            if (server.isReal()) { // the stand-in does not say what was changed
                assertThat(update.getUpdateDescription().getUpdatedFields()).containsKey("x");
            }
            ChangeStreamDocument<Document> delete = changes.next(LONG).orElseThrow();
            assertThat(delete.getOperationType()).isEqualTo(OperationType.DELETE);
            assertThat(changes.next(Duration.ofMillis(200))).isEmpty();
            assertThat(changes.isEnded()).isFalse();
        }
    }

    @Test
    void theTokenIsThatOfWhatWasTakenAndNotOfWhatWasReadAhead() throws InterruptedException {
        BsonDocument token;
        try (ChangeStream<Document> changes = pool.watch(Watch.collection("orders"))) {
            IntStream.rangeClosed(1, 10).forEach(this::insert);
            await().until(() -> pool.changeStreams().open() == 1);
            for (int id = 1; id <= 3; id++) {
                ChangeStreamDocument<Document> change = changes.next(LONG).orElseThrow();
                if (!server.isReal()) { // which moves it on while nothing comes
                    assertThat(changes.resumeToken()).contains(change.getResumeToken());
                }
            }
            token = changes.resumeToken().orElseThrow();
        }
        for (Watch<Document> saved : List.of(
                Watch.collection("orders").resumeAfter(token),
                Watch.collection("orders").startAfter(token))) {
            try (ChangeStream<Document> changes = pool.watch(saved)) {
                assertThat(changes.resumeToken()).isPresent();
                for (int id = 4; id <= 10; id++) {
                    assertThat(id(changes.next(LONG))).isEqualTo(id);
                }
            }
        }
    }

    @Test
    void itBeginsAtATimeOfTheServers() throws InterruptedException {
        ChangeStreamDocument<Document> first;
        try (ChangeStream<Document> changes = pool.watch(Watch.collection("orders"))) {
            insert(1);
            insert(2);
            first = changes.next(LONG).orElseThrow();
        }
        try (ChangeStream<Document> changes =
                pool.watch(Watch.collection("orders").startAtOperationTime(first.getClusterTime()))) {
            assertThat(id(changes.next(LONG))).isEqualTo(1);
            assertThat(id(changes.next(LONG))).isEqualTo(2);
        }
    }

    @Test
    void aPipelineChooses() throws InterruptedException {
        Watch<Document> even =
                Watch.collection("orders").pipeline(List.of(Aggregates.match(Filters.gte("fullDocument.n", 5))));
        try (ChangeStream<Document> changes = pool.watch(even)) {
            for (int n = 0; n < 10; n++) {
                pool.execute(insertOne("orders", new Document("_id", n).append("n", n)));
            }
            for (int n = 5; n < 10; n++) {
                assertThat(id(changes.next(LONG))).isEqualTo(n);
            }
        }
    }

    @Test
    void anUpdateBringsTheWholeDocumentWhereThatIsAskedFor() throws InterruptedException {
        pool.execute(insertOne("orders", new Document("_id", 1).append("kept", true)));
        Watch<Document> whole = Watch.collection("orders").fullDocument(FullDocument.UPDATE_LOOKUP);
        try (ChangeStream<Document> changes = pool.watch(whole)) {
            pool.execute(updateOne("orders", Filters.eq("_id", 1), Updates.set("x", 1)));
            Document document = changes.next(LONG).orElseThrow().getFullDocument();
            assertThat(document).containsEntry("kept", true).containsEntry("x", 1);
        }
    }

    @Test
    void documentsComeAsTheTypeThatIsAskedFor() throws InterruptedException {
        try (ChangeStream<BsonDocument> changes =
                pool.watch(Watch.collection("orders").as(BsonDocument.class))) {
            pool.execute(insertOne("orders", new Document("_id", 1).append("name", "first")));
            assertThat(changes.next(LONG).orElseThrow().getFullDocument())
                    .containsEntry("name", new BsonString("first"));
        }
    }

    @Test
    void aDatabaseIsWatchedWhole() throws InterruptedException {
        assumeTrue(server.isReal(), "the stand-in watches collections only: set CENOTE_TEST_MONGODB_URI");
        for (Watch<Document> wide : List.of(Watch.database(), Watch.deployment())) {
            try (ChangeStream<Document> changes = pool.watch(wide)) {
                insert(41);
                pool.execute(insertOne("other", new Document("_id", 42)));
                assertThat(id(changes.next(LONG))).isEqualTo(41);
                assertThat(id(changes.next(LONG))).isEqualTo(42);
            }
            empty();
        }
    }

    @Test
    void aDroppedCollectionEndsTheStreamInOrder() throws InterruptedException {
        try (ChangeStream<Document> changes = pool.watch(Watch.collection("orders"))) {
            insert(1);
            assertThat(id(changes.next(LONG))).isEqualTo(1);
            try (var lease = pool.acquire()) {
                lease.unwrap(MongoDatabase.class).getCollection("orders").drop();
            }
            var rest = new ArrayList<OperationType>();
            for (var change = changes.next(LONG); change.isPresent(); change = changes.next(LONG)) {
                rest.add(change.get().getOperationType());
            }
            assertThat(rest).last().isEqualTo(OperationType.INVALIDATE);
            assertThat(changes.isEnded()).isTrue();
            assertThat(changes.next()).isEmpty();
        }
    }

    @Test
    void closeFreesWhoeverWaitsAtOnce() throws Exception {
        ChangeStream<Document> changes = pool.watch(Watch.collection("orders").maxAwait(Duration.ofSeconds(10)));
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return changes.next();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        changes.close();
        changes.close();
        assertThat(waiting.get(2, TimeUnit.SECONDS)).isEmpty();
        assertThat(changes.isEnded()).isTrue();
    }

    @Test
    void closingLeavesNoSocketAndNoClient() {
        ChangeStream<Document> changes = pool.watch(Watch.collection("orders"));
        assertThat(pool.changeStreams().open()).isEqualTo(1);
        assertThat(pool.changeStreams().sockets()).isNotEmpty();
        changes.close();
        await().untilAsserted(() -> {
            assertThat(pool.changeStreams().open()).isZero();
            assertThat(pool.changeStreams().sockets()).isEmpty();
        });
    }

    @Test
    void anInterruptLosesNothing() throws InterruptedException {
        try (ChangeStream<Document> changes = pool.watch(Watch.collection("orders"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(changes::next).isInstanceOf(InterruptedException.class);
            insert(1);
            assertThat(id(changes.next(LONG))).isEqualTo(1);
        }
    }

    @Test
    void aSlowReaderIsSentNoMoreThanItsBufferHolds() throws InterruptedException {
        try (ChangeStream<Document> changes =
                pool.watch(Watch.collection("orders").buffer(2).batchSize(3))) {
            IntStream.rangeClosed(1, 100).forEach(this::insert);
            for (int id = 1; id <= 100; id++) {
                assertThat(id(changes.next(LONG))).isEqualTo(id);
            }
        }
    }

    @Test
    void streamsHaveSocketsBesideTheLeases() throws InterruptedException {
        try (var small = server.pool().maxSize(1).maxChangeStreams(2).build();
                var first = small.watch(Watch.collection("orders"));
                var second = small.watch(Watch.collection("orders"));
                var lease = small.acquire()) {
            lease.execute(insertOne("orders", new Document("_id", 1)));
            assertThat(id(first.next(LONG))).isEqualTo(1);
            assertThat(id(second.next(LONG))).isEqualTo(1);
            assertThat(small.sockets())
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.open()).isLessThanOrEqualTo(1));
            assertThatThrownBy(() -> small.watch(Watch.collection("orders")))
                    .isInstanceOf(TooManyChangeStreamsException.class)
                    .hasMessageContaining("2 change streams are open already (maxChangeStreams)");
        }
    }

    @Test
    void thePoolsEndIsTheStreams() throws InterruptedException {
        var ending = server.pool().build();
        ChangeStream<Document> changes = ending.watch(Watch.collection("orders"));
        assertThat(ending.drain(LONG)).isTrue();
        assertThatThrownBy(() -> changes.next(LONG)).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> ending.watch(Watch.collection("orders"))).isInstanceOf(PoolClosedException.class);
        await().until(() -> ending.changeStreams().open() == 0);
    }

    @Test
    void whatTheServerRefusesIsToldByTheWatch() {
        Watch<Document> refused =
                Watch.collection("orders").resumeAfter(new BsonDocument("_data", new BsonString("x")));
        assertThatThrownBy(() -> pool.watch(refused).next(LONG))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageStartingWith("watch orders failed");
        await().until(() -> pool.changeStreams().open() == 0);
    }

    @Test
    void optionsAreCheckedByName() {
        assertThatThrownBy(() -> Watch.collection("orders").buffer(0))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("buffer must be >= 1, was 0");
        assertThatThrownBy(() -> Watch.collection("orders").batchSize(0)).hasMessage("batchSize must be >= 1, was 0");
        assertThatThrownBy(() -> Watch.collection("orders").maxAwait(Duration.ZERO))
                .hasMessage("maxAwait must be > 0, was PT0S");
        assertThatThrownBy(() -> MongoPool.builder().maxChangeStreams(0).build())
                .hasMessage("maxChangeStreams must be >= 1, was 0");
        assertThatThrownBy(() -> Watch.collection("")).isInstanceOf(ConfigurationException.class);
    }
}
