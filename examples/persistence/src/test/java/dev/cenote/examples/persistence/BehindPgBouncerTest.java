package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.testkit.servers.PgBouncer;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class BehindPgBouncerTest {
    @Test
    void settingsOfATransactionEndWithIt() throws SQLException {
        PgBouncer.unavailable().ifPresent(reason -> Assumptions.abort(reason));
        TestServer postgres = TestServers.shared(Product.POSTGRES);
        Assumptions.assumeTrue(postgres.isEmbedded(), "PgBouncer is started before an embedded PostgreSQL only");
        try (PgBouncer bouncer = PgBouncer.start(postgres);
                CenoteDataSource source = BehindPgBouncer.pool(
                        "jdbc:postgresql://127.0.0.1:" + bouncer.port() + "/postgres", "postgres")) {
            String before = Shop.ask(source, "show work_mem");
            try (Connection connection = source.getConnection()) {
                assertThat(BehindPgBouncer.settings(connection)).isEqualTo("serializable, 8MB");
            }
            assertThat(Shop.ask(source, "show work_mem")).isEqualTo(before).isNotEqualTo("8MB");
            Shop.assertAtRest(source);
        }
    }
}
