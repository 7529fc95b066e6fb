package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.mongo.RecordingBackend.error;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ReadPreference;
import de.bwaldvogel.mongo.MongoServer;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.retry.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The labels of the driver's transactions, and what is done about each. */
class CommitTest {
    private static final String TRANSIENT = "TransientTransactionError";
    private static final String UNKNOWN = "UnknownTransactionCommitResult";

    private final RecordingBackend backend = new RecordingBackend();
    private final MongoServer server = backend.serve();
    private final MongoPool pool = MongoPool.builder()
            .uri(backend.uri())
            .maxSize(1)
            .readPreference(ReadPreference.secondaryPreferred())
            .retry(RetryPolicy.exponential()
                    .base(Duration.ofMillis(1))
                    .maxRetries(3)
                    .build())
            .build();

    private final AtomicInteger bodies = new AtomicInteger();

    @AfterEach
    void close() {
        assertAtRest(pool);
        pool.close();
        server.shutdownNow();
    }

    private void insertInTransaction() {
        pool.transaction(TransactionOptions.defaults(), tx -> {
            bodies.incrementAndGet();
            return tx.execute(insertOne("users", new Document()));
        });
    }

    @Test
    void aCommitOfUnknownFateIsAskedForAgainAndTheBodyIsNot() {
        backend.answer("commitTransaction", error(64, UNKNOWN));
        backend.answer("commitTransaction", error(50_000, UNKNOWN));
        insertInTransaction();
        assertThat(bodies).hasValue(1);
        var commits = backend.commands("commitTransaction");
        assertThat(commits).hasSizeGreaterThanOrEqualTo(3);
        assertThat(commits).allSatisfy(commit -> {
            assertThat(commit.get("lsid")).isEqualTo(commits.get(0).get("lsid"));
            assertThat(commit.get("txnNumber")).isEqualTo(commits.get(0).get("txnNumber"));
        });
    }

    @Test
    void aCommitThatStaysUnknownIsAnErrorOfItsOwn() {
        for (int i = 0; i < 200; i++) {
            backend.answer("commitTransaction", error(64, UNKNOWN));
        }
        try (var lease = pool.acquire()) {
            var transaction = lease.begin(TransactionOptions.defaults(), Deadline.after(Duration.ofMillis(700)));
            lease.execute(insertOne("users", new Document()));
            assertThatThrownBy(transaction::commit).isInstanceOf(CommitUnknownException.class);
        }
    }

    @Test
    void aCommitThatTheServerRolledBackHasTheWholeBodyRunAgain() {
        backend.answer("commitTransaction", error(251, TRANSIENT));
        insertInTransaction();
        assertThat(bodies).hasValue(2);
        var inserts = backend.commands("insert");
        assertThat(inserts).hasSize(2);
        assertThat(inserts.get(1).get("txnNumber")).isNotEqualTo(inserts.get(0).get("txnNumber"));
    }

    @Test
    void anErrorWithoutALabelIsNotTriedAgain() {
        backend.answer("insert", error(11_000));
        assertThatThrownBy(this::insertInTransaction).isInstanceOf(OperationFailedException.class);
        assertThat(bodies).hasValue(1);
        assertThat(backend.commands("abortTransaction")).hasSize(1);
    }

    @Test
    void aTransactionReadsFromThePrimaryWhateverThePoolPrefers() {
        pool.execute(find("users"));
        pool.transaction(TransactionOptions.defaults(), tx -> tx.execute(find("users")));
        assertThat(backend.commands("find")).hasSize(2);
        assertThat(backend.commands("find").get(0).get("$readPreference"))
                .hasToString("{\"mode\" : \"secondaryPreferred\"}");
        // A driver that is connected to one server tells it that any of a set will do, and may do so here.
        Object inTransaction = backend.commands("find").get(1).get("$readPreference");
        assertThat(String.valueOf(inTransaction)).doesNotContain("secondary");
    }
}
