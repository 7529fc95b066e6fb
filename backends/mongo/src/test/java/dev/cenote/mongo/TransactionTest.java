package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.ClientSession;
import de.bwaldvogel.mongo.MongoServer;
import dev.cenote.protocols.Session;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Isolation;
import dev.cenote.protocols.errors.SessionException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private static final Optional<String> REAL = Product.MONGODB.externalUri();

    private static final ReplicaSetBackend BACKEND = new ReplicaSetBackend();

    private static MongoServer standIn;
    private static MongoPool pool;

    @BeforeAll
    static void open() {
        standIn = BACKEND.serve();
        pool = MongoPool.builder()
                .uri(REAL.orElseGet(BACKEND::uri))
                .database("transactions")
                .maxSize(1)
                .retry(RetryPolicy.exponential().base(Duration.ofMillis(1)).build())
                .build();
    }

    @AfterAll
    static void close() {
        pool.close();
        standIn.shutdownNow();
    }

    @BeforeEach
    void empty() {
        pool.execute(deleteMany("users", new Document()));
    }

    @Test
    void committedTransactionStays() {
        try (var lease = pool.acquire();
                var transaction = lease.begin(TransactionOptions.defaults())) {
            lease.execute(insertOne("users", new Document("_id", 1)));
            lease.execute(insertMany("users", List.of(new Document("_id", 2), new Document("_id", 3))));
            assertThat(lease.execute(findOne("users", eq("_id", 2)))).isPresent();
            transaction.commit();
        }
        assertThat(pool.execute(countDocuments("users", new Document()))).isEqualTo(3);
    }

    @Test
    void aPoolsTransactionCommitsWhatItsBodyDid() {
        String name = pool.transaction(TransactionOptions.defaults(), tx -> {
            tx.execute(insertOne("users", new Document("_id", 1).append("name", "first")));
            return tx.execute(findOne("users", eq("_id", 1))).orElseThrow().getString("name");
        });
        assertThat(name).isEqualTo("first");
        assertThat(pool.executeAsync(countDocuments("users", new Document())).join())
                .isEqualTo(1);
    }

    @Test
    void aConflictHasTheWholeBodyRunAgain() {
        assumeTrue(REAL.isEmpty(), "the conflict is the stand-in's");
        var bodies = new AtomicInteger();
        BACKEND.conflictOnce();
        pool.transaction(TransactionOptions.defaults(), tx -> {
            bodies.incrementAndGet();
            return tx.execute(insertOne("users", new Document("_id", 7)));
        });
        assertThat(bodies).hasValue(2);
        assertThat(pool.execute(countDocuments("users", new Document()))).isEqualTo(1);
    }

    @Test
    void anAsyncBodyIsCommittedToo() {
        pool.transactionAsync(
                        TransactionOptions.defaults(),
                        tx -> tx.executeAsync(insertOne("users", new Document("_id", 8))))
                .join();
        assertThat(pool.execute(countDocuments("users", new Document()))).isEqualTo(1);
    }

    @Test
    void rolledBackTransactionLeavesNothing() {
        assumeTrue(REAL.isPresent(), "the stand-in rolls nothing back: set CENOTE_TEST_MONGODB_URI");
        try (var lease = pool.acquire();
                var transaction = lease.begin(TransactionOptions.defaults())) {
            lease.execute(insertOne("users", new Document("_id", 1)));
            transaction.rollback();
        }
        assertThat(pool.execute(find("users"))).isEmpty();
    }

    @Test
    void transactionLeftOpenIsRolledBackWithTheLease() {
        try (var lease = pool.acquire()) {
            lease.begin(TransactionOptions.defaults());
            lease.execute(insertOne("users", new Document("_id", 1)));
        }
        try (var lease = pool.acquire()) {
            assertThat(lease.unwrap(ClientSession.class).hasActiveTransaction()).isFalse();
        }
        assumeTrue(REAL.isPresent(), "the stand-in rolls nothing back: set CENOTE_TEST_MONGODB_URI");
        assertThat(pool.execute(find("users"))).isEmpty();
    }

    @Test
    void secondTransactionMayFollowTheFirst() {
        try (var lease = pool.acquire()) {
            try (var first = lease.begin(TransactionOptions.defaults())) {
                lease.execute(insertOne("users", new Document("_id", 1)));
                first.commit();
            }
            try (var second = lease.begin(TransactionOptions.defaults().withIsolation(Isolation.REPEATABLE_READ))) {
                assertThat(lease.execute(find("users"))).hasSize(1);
                second.commit();
            }
            assertThat(lease.execute(find("users"))).hasSize(1);
        }
    }

    @Test
    void transactionThatReadsOnlyRefusesWrites() {
        try (var lease = pool.acquire();
                var transaction = lease.begin(TransactionOptions.defaults().withReadOnly())) {
            lease.execute(find("users"));
            assertThatThrownBy(() -> lease.execute(insertOne("users", new Document())))
                    .isInstanceOf(TransactionException.class)
                    .hasMessage("insertOne may write, and the open transaction was told to read only");
            transaction.commit();
            lease.execute(insertOne("users", new Document("_id", 1)));
        }
    }

    @Test
    void serializableIsRefused() {
        try (var lease = pool.acquire()) {
            assertThatThrownBy(() -> lease.begin(TransactionOptions.defaults().withIsolation(Isolation.SERIALIZABLE)))
                    .isInstanceOf(TransactionException.class)
                    .hasMessage("isolation must be at most REPEATABLE_READ with MongoDB, was SERIALIZABLE");
        }
    }

    @Test
    void sessionBelongsToItsLease() {
        String first;
        ClientSession driver;
        try (var lease = pool.acquire()) {
            Session session = lease.unwrap(Session.class);
            first = session.id();
            driver = session.unwrap(ClientSession.class);
            assertThat(lease.unwrap(ClientSession.class)).isSameAs(driver);
            lease.execute(insertOne("users", new Document("_id", 1)));
            assertThat(first).hasSize(36);
        }
        try (var lease = pool.acquire()) {
            assertThat(lease.unwrap(ClientSession.class)).isNotSameAs(driver);
        }
    }

    @Test
    void sessionThatItsHolderClosedIsNoLongerUsed() {
        try (var lease = pool.acquire()) {
            lease.unwrap(Session.class).close();
            assertThat(lease.execute(find("users"))).isEmpty();
        }
    }

    @Test
    void serverWithoutSessionsIsNamed() {
        try (var server = TestServers.start(Product.MONGODB);
                var without = MongoPool.builder().uri(server.uri()).build();
                var lease = without.acquire()) {
            String address = server.host() + ":" + server.port();
            assertThatThrownBy(() -> lease.begin(TransactionOptions.defaults()))
                    .isInstanceOf(SessionException.class)
                    .hasMessage("the server " + address + " has no sessions");
            assertThatThrownBy(() -> lease.unwrap(Session.class)).isInstanceOf(SessionException.class);
            assertThat(lease.execute(find("users"))).isEmpty();
        }
    }
}
