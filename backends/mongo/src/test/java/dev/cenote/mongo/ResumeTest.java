package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.mongodb.client.model.changestream.ChangeStreamDocument;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Change streams whose connection is lost: nothing is missed and nothing comes twice. */
class ResumeTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int CHANGES = 2_000;
    private static final int CUTS = 10;

    private final ChangingServer server = new ChangingServer();
    private final MongoPool pool = server.pool().build();
    private final MongoPool writers = server.direct().build();
    private final AtomicInteger written = new AtomicInteger();

    @BeforeEach
    void onlyWhereTheNetworkIsOurs() {
        assumeFalse(server.isReal(), "the network of a server that was given is not ours to cut");
        writers.execute(deleteMany("orders", new Document()));
    }

    @AfterEach
    void close() {
        pool.close();
        writers.close();
        server.close();
    }

    private void write(int count) {
        for (int i = 0; i < count; i++) {
            writers.execute(insertOne("orders", new Document("_id", written.incrementAndGet())));
        }
    }

    private static int id(ChangeStreamDocument<?> change) {
        return change.getDocumentKey().get("_id").asInt32().getValue();
    }

    private static List<Integer> read(ChangeStream<?> changes, int upTo) throws InterruptedException {
        var ids = new ArrayList<Integer>();
        while (ids.isEmpty() || ids.get(ids.size() - 1) < upTo) {
            Optional<? extends ChangeStreamDocument<?>> change = changes.next(LONG);
            assertThat(change).as("after %s", ids.size()).isPresent();
            ids.add(id(change.get()));
        }
        return ids;
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void tenCutsUnderLoadLoseNothingAndDoubleNothing() throws Exception {
        try (ChangeStream<Document> changes =
                pool.watch(Watch.collection("orders").batchSize(7))) {
            var writing = CompletableFuture.runAsync(() -> write(CHANGES));
            for (int cut = 1; cut <= CUTS; cut++) {
                int due = cut * CHANGES / (CUTS + 1);
                await().until(() -> written.get() >= due);
                switch (cut % 3) {
                    case 0 -> server.proxy().cut();
                    case 1 -> server.proxy().cutMidReply();
                    default -> server.proxy().reset();
                }
            }
            assertThat(read(changes, CHANGES)).isEqualTo(numbers(1, CHANGES));
            writing.join();
        }
    }

    @Test
    void anOutageIsWaitedOutAndWhatHappenedMeanwhileIsHeard() throws Exception {
        try (ChangeStream<Document> changes = pool.watch(Watch.collection("orders"))) {
            write(5);
            assertThat(read(changes, 5)).isEqualTo(numbers(1, 5));
            server.proxy().refuse();
            write(50);
            assertThat(changes.next(Duration.ofMillis(1_500))).isEmpty();
            assertThat(changes.isEnded()).isFalse();
            server.proxy().heal();
            assertThat(read(changes, 55)).isEqualTo(numbers(6, 55));
            assertThat(pool.changeStreams().resumed()).isPositive();
        }
    }

    @Test
    void aStreamThatIsLostBeforeItsFirstChangeMissesNone() throws Exception {
        write(3);
        try (ChangeStream<Document> changes = pool.watch(Watch.collection("orders"))) {
            server.proxy().refuse();
            write(5);
            assertThat(changes.next(Duration.ofMillis(500))).isEmpty();
            server.proxy().heal();
            assertThat(read(changes, 8)).isEqualTo(numbers(4, 8));
        }
    }

    @Test
    void anotherProcessGoesOnWhereTheFirstHasSavedItsToken() throws Exception {
        BsonDocument saved;
        try (ChangeStream<Document> changes = pool.watch(Watch.collection("orders"))) {
            write(20);
            read(changes, 12);
            saved = changes.resumeToken().orElseThrow();
        }
        write(5);
        try (var other = server.direct().build();
                ChangeStream<Document> changes =
                        other.watch(Watch.collection("orders").startAfter(saved))) {
            assertThat(read(changes, 25)).isEqualTo(numbers(13, 25));
        }
    }

    @Test
    void whoWantsToGiveUpIsToldWhy() throws Exception {
        Watch<Document> impatient = Watch.collection("orders").giveUpAfter(Duration.ofMillis(300));
        try (ChangeStream<Document> changes = pool.watch(impatient)) {
            server.proxy().refuse();
            assertThatThrownBy(changes::next)
                    .isInstanceOf(OperationFailedException.class)
                    .hasMessageStartingWith("watch orders failed");
            assertThat(changes.isEnded()).isTrue();
        }
        await().atMost(LONG).until(() -> pool.changeStreams().open() == 0);
    }

    @Test
    void closingDuringAnOutageIsPrompt() throws Exception {
        ChangeStream<Document> changes = pool.watch(Watch.collection("orders"));
        server.proxy().refuse();
        assertThat(changes.next(Duration.ofMillis(300))).isEmpty();
        changes.close();
        assertThat(changes.next()).isEmpty();
        await().atMost(LONG).until(() -> pool.changeStreams().open() == 0);
    }

    @Test
    void thePoolsEndDuringAnOutageIsTold() throws Exception {
        ChangeStream<Document> changes = pool.watch(Watch.collection("orders"));
        server.proxy().refuse();
        pool.close();
        assertThatThrownBy(changes::next).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void noServerFailsTheWatch() {
        server.proxy().refuse();
        assertThatThrownBy(() -> pool.watch(Watch.collection("orders"))).isInstanceOf(OperationFailedException.class);
        assertThat(pool.changeStreams().open()).isZero();
        server.proxy().heal();
        await().ignoreExceptions()
                .untilAsserted(() -> pool.watch(Watch.collection("orders")).close());
    }
}
