package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.inc;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.mongo.MongoOperations.updateOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read from errors of a server, and of the network before it. */
class RealErrorsTest {
    private static final Verdict UNKNOWN = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);

    private final MongoClassifier classifier = new MongoClassifier();
    private final TestServer server = TestServers.start(Product.MONGODB);
    private FaultProxy proxy;
    private MongoPool pool;

    @BeforeEach
    void open() {
        proxy = FaultProxy.before(server.host(), server.port());
        pool = MongoPool.builder()
                .uri("mongodb://" + proxy.host() + ":" + proxy.port())
                .database("test")
                .maxSize(2)
                .build();
    }

    @AfterEach
    void close() {
        pool.close();
        proxy.close();
        server.close();
    }

    private static OperationFailedException failure(
            Lease<MongoConnection> lease, Operation<? super MongoConnection, ?> operation) {
        return catchThrowableOfType(OperationFailedException.class, () -> lease.execute(operation));
    }

    @Test
    void duplicateKeyIsPermanentAndKnownByItsCode() {
        try (var lease = pool.acquire()) {
            lease.execute(insertOne("users", new Document("_id", 1)));
            OperationFailedException failure = failure(lease, insertOne("users", new Document("_id", 1)));
            assertThat(classifier.codes(failure)).containsExactly("11000");
            assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
        }
    }

    @Test
    void writeCutInMidReplyIsUnknown() {
        try (var lease = pool.acquire()) {
            lease.execute(insertOne("users", new Document("_id", 1).append("seen", 0)));
            proxy.cutMidReply();
            OperationFailedException failure = failure(lease, updateOne("users", eq("_id", 1), inc("seen", 1)));
            assertThat(classifier.codes(failure)).first().asString().startsWith("MongoSocketRead");
            assertThat(failure.verdict()).isEqualTo(UNKNOWN);
        }
        // It may have run, and here it has.
        proxy.heal();
        assertThat(pool.execute(find("users")))
                .extracting(user -> user.getInteger("seen"))
                .containsExactly(1);
    }

    /** The driver does not see that the peer has gone until it reads: what it sends may have arrived. */
    @Test
    void writeOnAResetConnectionIsUnknown() {
        try (var lease = pool.acquire()) {
            lease.execute(find("users"));
            proxy.reset();
            OperationFailedException failure = failure(lease, insertOne("users", new Document("_id", 1)));
            assertThat(failure.verdict()).as(failure.toString()).isEqualTo(UNKNOWN);
        }
    }
}
