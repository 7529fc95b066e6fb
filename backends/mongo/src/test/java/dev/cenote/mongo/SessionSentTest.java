package dev.cenote.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Session;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation takes part in the session of its lease. */
class SessionSentTest {
    private static final ReplicaSetBackend BACKEND = new ReplicaSetBackend();
    private static final CommandLog LOG = new CommandLog();
    private static MongoServer standIn;
    private static MongoPool pool;

    @BeforeAll
    static void open() {
        standIn = BACKEND.serve();
        pool = MongoPool.builder()
                .uri(Product.MONGODB.externalUri().orElseGet(BACKEND::uri))
                .database("sessions")
                .maxSize(1)
                .settings(LOG::listen)
                .build();
    }

    @AfterAll
    static void close() {
        pool.close();
        standIn.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource({"dev.cenote.mongo.OptionsSentTest#reads", "dev.cenote.mongo.OptionsSentTest#writes"})
    void commandsNameTheSessionOfTheLease(Operation<MongoConnection, ?> operation, String command, String expected) {
        boolean isCount = operation instanceof EstimatedCount;
        assertThat(sessionOf(operation, command).equals(sessionOfLease)).isEqualTo(!isCount);
    }

    @ParameterizedTest
    @MethodSource("dev.cenote.mongo.OptionsSentTest#statements")
    void statementsNameTheSessionOfTheLease(Operation<MongoConnection, ?> operation, String expected) {
        String command = Set.of("deleteOne", "deleteMany").contains(operation.name()) ? "delete" : "update";
        assertThat(sessionOf(operation, command)).isEqualTo(sessionOfLease);
    }

    private String sessionOfLease = "";

    private String sessionOf(Operation<MongoConnection, ?> operation, String command) {
        try (var lease = pool.acquire()) {
            sessionOfLease = lease.unwrap(Session.class).id();
            LOG.clear();
            try {
                lease.execute(operation);
            } catch (CenoteException refused) {
                assertThat(refused).hasMessageContaining(operation.name());
            }
            List<BsonDocument> sent = LOG.named(command);
            assertThat(sent).hasSize(1);
            UUID id = sent.get(0).getDocument("lsid").getBinary("id").asUuid();
            return id.toString();
        }
    }
}
