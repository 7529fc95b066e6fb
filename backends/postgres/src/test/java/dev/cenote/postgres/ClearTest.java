package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** An administrator's shutdown is seen by one caller, and not by as many as there are connections. */
class ClearTest {
    private static final int SIZE = 5;

    @Test
    void oneAdministratorsShutdownIsOneFailure() {
        try (var server = TestServers.start(Product.POSTGRES);
                var pool = PostgresPool.builder()
                        .uri(server.uri())
                        .maxSize(SIZE)
                        .validateAfterIdle(Duration.ofHours(1)) // else nobody would see any
                        .build()) {
            var held = new ArrayList<Lease<JdbcConnection>>();
            for (int i = 0; i < SIZE; i++) {
                held.add(pool.acquire());
            }
            held.forEach(Lease::close);
            server.stop();
            server.start();
            int failures = 0;
            for (int i = 0; i < 2 * SIZE; i++) {
                try {
                    pool.execute(Sql.query("select 1", row -> row.getInt(1)));
                } catch (OperationFailedException failure) {
                    failures++;
                }
            }
            assertThat(failures).isEqualTo(1);
            assertThat(pool.stats().generation()).isEqualTo(1);
            Consistency.assertAtRest(pool);
        }
    }
}
