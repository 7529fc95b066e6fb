package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.PoolUri;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database of the examples. */
final class Shop {
    private static final PoolUri URI =
            PoolUri.parse(TestServers.shared(Product.POSTGRES).uri());
    static final String URL = "jdbc:postgresql://" + URI.hosts().get(0) + "/" + URI.path();
    static final String USER = URI.user().orElse("postgres");
    static final String PASSWORD = URI.password().orElse("");

    private Shop() {}

    static CenoteDataSourceBuilder pool(int maxSize) {
        return CenoteDataSource.builder().url(URL).user(USER).password(PASSWORD).maxSize(maxSize);
    }

    static void run(String... statements) throws SQLException {
        try (CenoteDataSource source = pool(1).build()) {
            for (String sql : statements) {
                run(source, sql);
            }
        }
    }

    private static void run(CenoteDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    static String ask(CenoteDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    static int leased(CenoteDataSource source) {
        return source.pool().stats().leased();
    }

    /** Every connection is back, and was used again and not lost to an error. */
    static void assertAtRest(CenoteDataSource source) {
        Consistency.assertAtRest(source.pool());
        PoolStats stats = source.pool().stats();
        assertThat(stats.idle()).as("idle, of %s", stats).isEqualTo(stats.size());
        assertThat(stats.closed()).as("closed, of %s", stats).isEmpty();
    }
}
