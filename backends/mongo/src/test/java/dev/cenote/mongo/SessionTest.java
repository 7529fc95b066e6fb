package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.ClientSession;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Session;
import dev.cenote.protocols.TransactionOptions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a lease's session sends to the server, as the stand-in sees it. */
class SessionTest {
    private final RecordingBackend backend = new RecordingBackend();
    private final MongoServer server = backend.serve();
    private final MongoPool pool =
            MongoPool.builder().uri(backend.uri()).maxSize(1).build();

    @AfterEach
    void close() {
        assertAtRest(pool);
        pool.close();
        server.shutdownNow();
    }

    private static Object afterClusterTime(Document command) {
        Object concern = command.get("readConcern");
        return concern == null ? null : ((Document) concern).get("afterClusterTime");
    }

    @Test
    void aReadOfASessionComesAfterWhatTheSessionHasSeen() {
        try (var lease = pool.acquire()) {
            lease.unwrap(Session.class);
            lease.execute(insertOne("users", new org.bson.Document("_id", 1)));
            org.bson.BsonTimestamp seen = lease.unwrap(ClientSession.class).getOperationTime();
            lease.execute(find("users"));

            Document read = backend.commands("find").get(0);
            assertThat(seen).isNotNull();
            assertThat(afterClusterTime(read))
                    .isEqualTo(new BsonTimestamp(Instant.ofEpochSecond(seen.getTime()), seen.getInc()));
            assertThat(read.get("lsid"))
                    .isEqualTo(backend.commands("insert").get(0).get("lsid"));
        }
    }

    @Test
    void aLeaseHasNoSessionOfItsOwnUntilItIsAskedFor() {
        try (var lease = pool.acquire()) {
            lease.execute(insertOne("users", new org.bson.Document("_id", 1)));
            lease.execute(find("users"));
            assertThat(afterClusterTime(backend.commands("find").get(0))).isNull();

            lease.unwrap(Session.class);
            lease.execute(find("users"));
            assertThat(backend.commands("find").get(1).get("lsid")).isNotNull();
        }
    }

    @Test
    void theNextHolderWaitsForNothingThatTheLastHasSeen() {
        try (var lease = pool.acquire()) {
            lease.unwrap(Session.class);
            lease.execute(find("users"));
        }
        try (var lease = pool.acquire()) {
            lease.unwrap(Session.class);
            lease.execute(find("users"));
        }
        List<Document> reads = backend.commands("find");
        assertThat(reads).hasSize(2);
        assertThat(afterClusterTime(reads.get(1))).isNull();
    }

    @Test
    void aSessionThatWasLeftOpenIsClosedWithTheLease() {
        ClientSession left;
        Lease<MongoConnection> lease = pool.acquire();
        left = lease.unwrap(ClientSession.class);
        lease.close();
        assertThatThrownBy(left::startTransaction)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("open");
    }

    @Test
    void aTransactionThatWasLeftOpenIsAbortedOnTheServer() {
        try (var lease = pool.acquire()) {
            lease.begin(TransactionOptions.defaults());
            lease.execute(insertOne("users", new org.bson.Document("_id", 1)));
            assertThat(backend.commands("abortTransaction")).isEmpty();
        }
        Document begun = backend.commands("insert").get(0);
        assertThat(begun.get("startTransaction")).isEqualTo(true);
        assertThat(backend.commands("abortTransaction"))
                .singleElement()
                .satisfies(abort -> assertThat(abort.get("lsid")).isEqualTo(begun.get("lsid")));
    }
}
