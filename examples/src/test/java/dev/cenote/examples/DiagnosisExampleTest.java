package dev.cenote.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisExampleTest {
    @Test
    void whoForgotTheConnectionsStandsInTheReport() throws Exception {
        try (PostgresPool pool =
                DiagnosisExample.pool(TestServers.shared(Product.POSTGRES).uri())) {
            List<Lease<JdbcConnection>> forgotten = Collections.synchronizedList(new ArrayList<>());
            var checkout = new Thread(() -> forget(pool, forgotten), "checkout-7");
            checkout.start();
            checkout.join();

            AcquireTimeoutException failure = catchThrowableOfType(AcquireTimeoutException.class, pool::acquire);

            System.out.println(failure.getMessage());
            System.out.println(failure.report());
            assertThat(DiagnosisExample.onTimeout(failure)).isEqualTo("wake somebody up");
            assertThat(failure.report().toString())
                    .contains(
                            "suspected leak: 2 of 2 connections held", "by checkout-7 (ended)", "DiagnosisExampleTest");
            forgotten.forEach(Lease::close);
            Consistency.assertAtRest(pool);
        }
    }

    private static void forget(PostgresPool pool, List<Lease<JdbcConnection>> forgotten) {
        for (int i = 0; i < 2; i++) {
            Lease<JdbcConnection> lease = pool.acquire();
            lease.execute(Sql.query("select count(*) from pg_class", row -> row.getLong(1)));
            forgotten.add(lease);
        }
    }
}
