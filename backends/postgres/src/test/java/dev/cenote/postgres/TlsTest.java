package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static PostgresPool pool(TestServer server, String parameters) {
        return PostgresPool.builder().uri(server.uri() + parameters).build();
    }

    @Test
    void aTrustedCertificateIsAcceptedAndAnotherRefused() {
        try (TestServer server =
                TestServers.start(Product.POSTGRES, ServerOptions.defaults().withTls())) {
            String certificate = server.certificate().orElseThrow().toString();
            try (PostgresPool pool = pool(server, "?sslmode=verify-ca&sslrootcert=" + certificate)) {
                assertThat(pool.execute(Sql.queryOne(
                                "select version from pg_stat_ssl where pid = pg_backend_pid()",
                                row -> String.valueOf(row.getString(1)))))
                        .hasValueSatisfying(version -> assertThat(version).startsWith("TLSv1"));
            }
            try (PostgresPool pool = pool(server, "?sslmode=verify-ca&sslrootcert=/no/such/file")) {
                assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(2))).isInstanceOf(PoolException.class);
            }
        }
    }

    @Test
    void aServerWithoutTlsIsRefusedWhereItIsRequired() {
        TestServer plain = TestServers.shared(Product.POSTGRES);
        try (PostgresPool pool = pool(plain, "?sslmode=require")) {
            assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(2)))
                    .isInstanceOf(PoolException.class)
                    .hasMessageContaining("SSL");
        }
    }
}
