package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Health.Status;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A pool that nobody uses knows of an outage, by the driver's monitors. */
class HeartbeatTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ConcurrentLinkedQueue<PoolEvent> events = new ConcurrentLinkedQueue<>();

    private MongoPoolBuilder builder(TestServer server) {
        return MongoPool.builder()
                .uri(server.uri() + "?heartbeatFrequencyMS=500")
                .listener(events::add);
    }

    private void awaitEvent(Class<? extends MongoEvent> type) {
        await().atMost(LONG).until(() -> events.stream().anyMatch(type::isInstance));
    }

    @Test
    void failedHeartbeatsAloneOpenTheCircuitAndAProbeClosesIt() {
        var circuit = CircuitBreaker.builder()
                .failureThreshold(2)
                .resetTimeout(Duration.ofMillis(250))
                .build();
        try (var server = TestServers.start(Product.MONGODB);
                var pool = builder(server).circuitBreaker(circuit).build()) {
            pool.execute(find("users"));
            server.kill();
            await().atMost(LONG).until(() -> !circuit.state().isClosed());
            awaitEvent(MongoEvent.ServerUnreachable.class);
            assertThat(pool.health().status()).isEqualTo(Status.DOWN);
            server.start();
            await().atMost(LONG).until(() -> circuit.state().isClosed());
            awaitEvent(MongoEvent.ServerReachable.class);
            await().atMost(LONG).until(() -> pool.health().status() == Status.UP);
            assertThat(pool.execute(find("users"))).isEmpty();
            assertAtRest(pool);
        }
    }

    @Test
    void healthSaysWhichServerCannotBeReached() {
        try (var server = TestServers.start(Product.MONGODB);
                var pool = builder(server).build()) {
            pool.execute(find("users"));
            assertThat(pool.health().status()).isEqualTo(Status.UP);
            server.kill();
            await().atMost(LONG).until(() -> pool.health().status() == Status.DOWN);
            assertThat(pool.health().reason())
                    .startsWith("no server answers: ")
                    .contains(server.host() + ":" + server.port());
            server.start();
            await().atMost(LONG).until(() -> pool.health().status() != Status.DOWN);
        }
    }
}
