package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A pool of several hosts, each with a circuit of its own. */
class HostCircuitTest {
    private final Map<HostAndPort, CircuitBreaker> circuits = new HashMap<>();

    private CircuitBreaker circuit(HostAndPort host) {
        return circuits.computeIfAbsent(
                host,
                key -> CircuitBreaker.builder()
                        .name(host.toString())
                        .failureThreshold(1)
                        .resetTimeout(Duration.ofHours(1))
                        .build());
    }

    @Test
    void aHostThatIsDownIsAskedOnceAndTheOthersServe() {
        TestServer server = TestServers.shared(Product.MARIADB);
        try (var down = FaultProxy.before(server.host(), server.port());
                var well = FaultProxy.before(server.host(), server.port())) {
            down.silence();
            String uri = server.uri()
                    .replace(
                            server.host() + ":" + server.port(),
                            down.host() + ":" + down.port() + "," + well.host() + ":" + well.port());
            try (var pool = MySqlPool.builder()
                    .uri(uri)
                    .maxSize(3)
                    .maxConnecting(1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .acquireTimeout(Duration.ofSeconds(20))
                    .hostCircuitBreaker(this::circuit)
                    .build()) {
                pool.execute(Sql.query("select 1", row -> row.getInt(1)));
                long asked = down.acceptedConnections();
                Consistency.assertAtRest(pool);
                assertThat(pool.stats().idle()).isEqualTo(3);
                assertThat(down.acceptedConnections()).as("not asked again").isEqualTo(asked);
                assertThat(circuits.values())
                        .extracting(CircuitBreaker::state)
                        .containsExactlyInAnyOrder(CircuitState.OPEN, CircuitState.CLOSED);
            }
        }
    }
}
