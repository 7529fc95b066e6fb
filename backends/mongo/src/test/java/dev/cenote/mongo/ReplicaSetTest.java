package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.insertOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.connection.ClusterType;
import dev.cenote.mongo.MongoEvent.PrimaryChanged;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What only a real replica set does: an election. */
class ReplicaSetTest {
    private static final Optional<String> REAL = Product.MONGODB.externalUri();

    @Test
    void anElectionIsTold() {
        assumeTrue(REAL.isPresent(), "the stand-in holds no elections: set CENOTE_TEST_MONGODB_URI");
        var changes = new ConcurrentLinkedQueue<PrimaryChanged>();
        try (var pool = MongoPool.builder()
                .uri(REAL.orElseThrow())
                .callTimeout(Duration.ofMinutes(1))
                .retry(RetryPolicy.exponential().maxRetries(20).build())
                .listener(event -> {
                    if (event instanceof PrimaryChanged change) {
                        changes.add(change);
                    }
                })
                .build()) {
            pool.execute(insertOne("elections", new Document()));
            try (var lease = pool.acquire()) {
                MongoClient client = lease.unwrap(MongoClient.class);
                assumeTrue(
                        client.getClusterDescription().getType() == ClusterType.REPLICA_SET,
                        "CENOTE_TEST_MONGODB_URI names no replica set");
                assertThat(changes).isNotEmpty();
                changes.clear();
                stepDown(client);
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> changes.stream().anyMatch(change -> change.to().isPresent()));
            assertThat(changes.peek().from()).isPresent();
            pool.execute(insertOne("elections", new Document()));
        }
    }

    private static void stepDown(MongoClient client) {
        try {
            client.getDatabase("admin").runCommand(new Document("replSetStepDown", 5).append("force", true));
        } catch (MongoException cut) {
            // A primary that steps down may close its connections before it answers.
        }
    }
}
