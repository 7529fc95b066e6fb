package dev.cenote.postgres;

import static dev.cenote.postgres.DataSources.ask;
import static dev.cenote.postgres.DataSources.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.testkit.contracts.Consistency;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** The driver's own connection can be had at any time, and what a transaction has for itself stays with it. */
class UnwrapTest {
    private final CenoteDataSource source =
            DataSources.cenote(DataSources.url()).build();

    @AfterEach
    void close() {
        Consistency.assertAtRest(source.pool());
        source.close();
    }

    @Test
    void withinATransactionThatHasFailed() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> run(connection, "select 1/0")).isInstanceOf(SQLException.class);
            assertThat(connection.unwrap(PGConnection.class).getBackendPID()).isPositive();
            connection.rollback();
            assertThat(ask(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void itBeginsNoTransaction() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(connection.unwrap(PGConnection.class)).isNotNull();
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(ask(connection, "show transaction_isolation")).isEqualTo("serializable");
        }
        assertThat(settings()).isEqualTo("read committed, on");
        assertThat(source.pool().stats().created()).isEqualTo(1);
    }

    /** Or the first that had it there would be followed by none that has what a new connection has. */
    @Test
    void whatATransactionHadForItselfEndsWithIt() throws SQLException {
        String before = searchPath();
        for (int lease = 0; lease < 3; lease++) {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "set transaction isolation level serializable");
                run(connection, "set local search_path = pg_catalog");
                assertThat(connection.unwrap(PGConnection.class)).isNotNull();
                connection.commit();
            }
            assertThat(settings()).isEqualTo("read committed, on");
            assertThat(searchPath()).isEqualTo(before);
        }
        assertThat(source.pool().stats().created())
                .as("from the second on it is known")
                .isEqualTo(2);
    }

    private String searchPath() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return ask(connection, "show search_path");
        }
    }

    private String settings() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return ask(connection, "show transaction_isolation") + ", " + (connection.getAutoCommit() ? "on" : "off");
        }
    }
}
