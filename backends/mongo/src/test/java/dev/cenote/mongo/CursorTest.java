package dev.cenote.mongo;

import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.out;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static dev.cenote.mongo.MongoOperations.aggregate;
import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.client.MongoDatabase;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cursors on a lease, and streams from the pool. */
class CursorTest {
    private static final CommandLog LOG = new CommandLog();

    private static MongoPool pool;

    @BeforeAll
    static void open() {
        pool = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("cursors")
                .maxSize(1)
                .settings(LOG::listen)
                .build();
        pool.execute(deleteMany("numbers", new Document()));
        pool.execute(insertMany(
                "numbers",
                IntStream.range(0, 25)
                        .mapToObj(number -> new Document("_id", number))
                        .toList()));
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @BeforeEach
    void clearLog() {
        LOG.clear();
    }

    @AfterEach
    void poolIsConsistent() {
        assertAtRest(pool);
    }

    private static Find<Document> numbers() {
        return find("numbers").sort(ascending("_id")).batchSize(10);
    }

    private static List<Integer> rest(Cursor<Document> cursor) {
        var read = new ArrayList<Integer>();
        cursor.forEachRemaining(document -> read.add(document.getInteger("_id")));
        return read;
    }

    private static List<Integer> upTo(int limit) {
        return IntStream.range(0, limit).boxed().toList();
    }

    // ---- on a lease

    @Test
    void cursorReadsBatchByBatch() {
        try (var lease = pool.acquire();
                var cursor = numbers().cursor(lease)) {
            assertThat(LOG.named("getMore")).isEmpty();
            assertThat(rest(cursor)).isEqualTo(upTo(25));
            assertThat(LOG.named("getMore")).hasSize(2);
            assertThat(cursor.hasNext()).isFalse();
            assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(LOG.named("killCursors")).isEmpty();
    }

    @Test
    void otherOperationsRunBetweenItsBatches() {
        try (var lease = pool.acquire();
                var cursor = numbers().cursor(lease)) {
            for (int i = 0; i < 25; i++) {
                assertThat(cursor.next().getInteger("_id")).isEqualTo(i);
                assertThat(lease.execute(countDocuments("numbers", new Document())))
                        .isEqualTo(25);
            }
        }
    }

    @Test
    void aggregationIsReadInBatchesToo() {
        try (var lease = pool.acquire();
                var cursor = aggregate("numbers", List.of(match(lt("_id", 15))))
                        .batchSize(10)
                        .cursor(lease)) {
            assertThat(rest(cursor)).hasSize(15);
        }
    }

    @Test
    void nothingFoundIsAnEmptyCursor() {
        try (var lease = pool.acquire();
                var cursor = find("numbers", gte("_id", 99)).cursor(lease)) {
            assertThat(cursor.hasNext()).isFalse();
        }
    }

    @Test
    void closedCursorIsForgottenByTheServer() {
        try (var lease = pool.acquire()) {
            var cursor = numbers().cursor(lease);
            cursor.next();
            cursor.close();
            assertThat(LOG.named("killCursors")).hasSize(1);
            cursor.close();
            assertThat(LOG.named("killCursors")).hasSize(1);
            assertThatThrownBy(cursor::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the cursor is closed");
        }
    }

    @Test
    void cursorLeftOpenIsClosedWithItsLease() {
        Cursor<Document> left;
        try (var lease = pool.acquire()) {
            left = numbers().cursor(lease);
            left.next();
        }
        assertThat(LOG.named("killCursors")).hasSize(1);
        for (int buffered = 1; buffered < 10; buffered++) {
            assertThat(left.next().getInteger("_id")).isEqualTo(buffered);
        }
        assertThatThrownBy(left::next).isInstanceOf(LeaseClosedException.class);
        left.close();
        assertThat(pool.stats().idle()).isEqualTo(1);
    }

    @Test
    void cursorThatTheServerHasForgottenIsAnErrorOfTheFamily() {
        try (var lease = pool.acquire();
                var cursor = numbers().cursor(lease)) {
            cursor.next();
            lease.unwrap(MongoDatabase.class)
                    .runCommand(new Document("killCursors", "numbers").append("cursors", List.of(LOG.lastCursor())));
            assertThatThrownBy(() -> rest(cursor))
                    .isInstanceOf(OperationFailedException.class)
                    .hasMessageStartingWith("getMore numbers failed")
                    .hasCauseInstanceOf(MongoCursorNotFoundException.class);
            assertThat(lease.execute(countDocuments("numbers", new Document()))).isEqualTo(25);
        }
    }

    @Test
    void aggregationThatWritesCannotBeStreamed() {
        var copying = aggregate("numbers", List.of(out("copy")));
        assertThatThrownBy(() -> pool.stream(copying))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("pipeline must not end in $out or $merge to be streamed, does");
        assertThatThrownBy(() -> pool.publisher(copying)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void transactionHasCursorsToo() {
        var backend = new ReplicaSetBackend();
        var standIn = backend.serve();
        try (var replicated = MongoPool.builder()
                .uri(Product.MONGODB.externalUri().orElseGet(backend::uri))
                .database("cursors")
                .maxSize(1)
                .build()) {
            replicated.execute(deleteMany("few", new Document()));
            replicated.execute(insertMany(
                    "few", upTo(5).stream().map(id -> new Document("_id", id)).toList()));
            List<Integer> read = replicated.transaction(TransactionOptions.defaults(), tx -> {
                try (var cursor =
                        find("few").sort(ascending("_id")).batchSize(2).cursor(tx)) {
                    return rest(cursor);
                }
            });
            assertThat(read).isEqualTo(upTo(5));
            assertAtRest(replicated);
        } finally {
            standIn.shutdownNow();
        }
    }

    // ---- as a stream

    @Test
    void streamReadsAllAndGivesItsLeaseBackBeforeItIsClosed() {
        try (Stream<Document> stream = pool.stream(numbers())) {
            assertThat(pool.stats().leased()).isEqualTo(1);
            assertThat(stream.map(document -> document.getInteger("_id")).toList())
                    .isEqualTo(upTo(25));
            assertThat(pool.stats().leased()).isZero();
        }
    }

    @Test
    void streamThatIsNotReadToItsEndGivesItsLeaseBackWhenClosed() {
        try (Stream<Document> stream = pool.stream(numbers())) {
            assertThat(stream.limit(3).toList()).hasSize(3);
            assertThat(pool.stats().leased()).isEqualTo(1);
        }
        assertThat(pool.stats().leased()).isZero();
        assertThat(LOG.named("killCursors")).hasSize(1);
    }

    @Test
    void streamThatCannotBeOpenedHoldsNoLease() {
        assertThatThrownBy(() -> pool.stream(find("numbers", Document.parse("{_id: {$nonsense: 1}}"))))
                .isInstanceOf(OperationFailedException.class);
        assertThat(pool.stats().leased()).isZero();
    }

    public record Numbered(@BsonId int id, int value) {}

    @Test
    void streamThatFailsInTheMiddleGivesItsLeaseBack() {
        pool.execute(deleteMany("mixed", new Document()));
        pool.execute(insertMany(
                "mixed",
                upTo(15).stream()
                        .map(id -> new Document("_id", id).append("value", id < 12 ? id : "text"))
                        .toList()));
        var read = new ArrayList<Integer>();
        try (Stream<Numbered> stream =
                pool.stream(find("mixed").sort(ascending("_id")).batchSize(10).as(Numbered.class))) {
            assertThatThrownBy(() -> stream.forEach(numbered -> read.add(numbered.id())))
                    .isInstanceOf(OperationFailedException.class)
                    .hasMessageStartingWith("getMore mixed failed (PERMANENT)");
            assertThat(pool.stats().leased()).isZero();
            assertThat(pool.stats().idle()).isEqualTo(1);
        }
        assertThat(read).isEqualTo(upTo(10));
    }
}
