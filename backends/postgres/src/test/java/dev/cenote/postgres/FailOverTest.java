package dev.cenote.postgres;

import static dev.cenote.postgres.DataSources.ask;
import static dev.cenote.postgres.DataSources.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that becomes read-only is left; what the caller made read-only says nothing of the server. */
class FailOverTest {
    /** A server refuses writes once it is no longer the primary; here because it is told to. */
    private static void becomeReadOnly(TestServer server, boolean readOnly) throws SQLException {
        try (CenoteDataSource admin =
                        DataSources.cenote(DataSources.url(server.port())).build();
                Connection connection = admin.getConnection()) {
            run(connection, "set default_transaction_read_only = off");
            run(connection, "alter system set default_transaction_read_only = " + (readOnly ? "on" : "off"));
            run(connection, "select pg_reload_conf()");
        }
        awaitReadOnly(server, readOnly);
    }

    /** The configuration is read by each session for itself, after a signal. */
    private static void awaitReadOnly(TestServer server, boolean readOnly) throws SQLException {
        try (CenoteDataSource fresh =
                        DataSources.cenote(DataSources.url(server.port())).build();
                Connection connection = fresh.getConnection()) {
            while (!ask(connection, "show default_transaction_read_only").equals(readOnly ? "on" : "off")) {
                Thread.onSpinWait();
            }
        }
    }

    private static String port(Connection connection) throws SQLException {
        return ask(connection, "select inet_server_port()");
    }

    /** HikariCP keeps every connection to the old primary, since an error of state 25006 says nothing to it. */
    @Test
    void theNextConnectionsAreToTheNewPrimary() throws SQLException {
        try (TestServer a = TestServers.start(TestServers.Product.POSTGRES);
                TestServer b = TestServers.start(TestServers.Product.POSTGRES)) {
            becomeReadOnly(b, true);
            String url = "jdbc:postgresql://127.0.0.1:" + a.port() + ",127.0.0.1:" + b.port()
                    + "/postgres?targetServerType=primary&hostRecheckSeconds=0";
            try (CenoteDataSource source = DataSources.cenote(url)
                            .maxSize(3)
                            .validateAfterIdle(Duration.ofMinutes(1))
                            .build();
                    HikariDataSource hikari = DataSources.hikari(url)) {
                try (Connection one = source.getConnection();
                        Connection another = source.getConnection()) {
                    assertThat(port(one)).isEqualTo(port(another)).isEqualTo(String.valueOf(a.port()));
                }
                becomeReadOnly(b, false);
                becomeReadOnly(a, true);
                assertRefusesToWrite(hikari);
                assertRefusesToWrite(hikari);

                assertRefusesToWrite(source);
                assertThat(source.pool().stats().generation()).isEqualTo(1);
                for (int i = 0; i < 3; i++) {
                    try (Connection connection = source.getConnection()) {
                        assertThat(port(connection)).isEqualTo(String.valueOf(b.port()));
                        run(connection, "create table if not exists written(id int)");
                    }
                }
                Consistency.assertAtRest(source.pool());
            }
        }
    }

    private static void assertRefusesToWrite(javax.sql.DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            while (!ask(connection, "show transaction_read_only").equals("on")) {
                Thread.onSpinWait(); // until its session has heard of it
            }
            assertThatThrownBy(() -> statement.execute("create table if not exists written(id int)"))
                    .isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("25006");
        }
    }

    @Test
    void whatTheCallerMadeReadOnlyIsNoChangeOfRole() throws SQLException {
        try (CenoteDataSource source = DataSources.cenote(DataSources.url()).build()) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> statement.execute("create table never(id int)"))
                        .hasMessageContaining("read-only transaction");
                connection.rollback();
                connection.setReadOnly(false);
                statement.execute("set transaction read only");
                assertThatThrownBy(() -> statement.execute("create table never(id int)"))
                        .hasMessageContaining("read-only transaction");
            }
            assertThat(source.pool().stats().generation()).isZero();
            assertThat(source.pool().stats().closed()).isEmpty();
        }
    }

    @Test
    void aReadOnlyPoolDoesNotTakeItselfForAReplica() throws SQLException {
        try (CenoteDataSource source = DataSources.cenote(DataSources.url())
                .readOnly(true)
                .autoCommit(false)
                .build()) {
            for (int i = 0; i < 2; i++) {
                try (Connection connection = source.getConnection();
                        Statement statement = connection.createStatement()) {
                    assertThat(connection.isReadOnly()).isTrue();
                    assertThatThrownBy(() -> statement.execute("create table never(id int)"))
                            .hasMessageContaining("read-only transaction");
                }
            }
            assertThat(source.pool().stats().generation()).isZero();
            assertThat(source.pool().stats().created()).isEqualTo(1);
        }
    }

    @Test
    void aCancelledStatementKeepsItsConnection() throws SQLException {
        try (CenoteDataSource source = DataSources.cenote(DataSources.url()).build()) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                run(connection, "set statement_timeout = 20");
                assertThatThrownBy(() -> statement.execute("select pg_sleep(30)"))
                        .extracting(failure -> ((SQLException) failure).getSQLState())
                        .isEqualTo("57014");
                run(connection, "reset statement_timeout");
                assertThatThrownBy(() -> statement.execute("select count(*) from pg_class for update"))
                        .extracting(failure -> ((SQLException) failure).getSQLState())
                        .isEqualTo("0A000");
            }
            assertThat(source.pool().stats().closed()).isEmpty();
        }
    }

    @Test
    void aStatementIsCancelledAtTheDeadlineOfItsCall() throws SQLException {
        try (CenoteDataSource source = DataSources.cenote(DataSources.url()).build()) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                dev.cenote.protocols.Deadline.after(Duration.ofSeconds(1)).<Void, SQLException>call(() -> {
                    assertThatThrownBy(() -> statement.execute("select pg_sleep(60)"))
                            .extracting(failure -> ((SQLException) failure).getSQLState())
                            .isEqualTo("57014");
                    return null;
                });
                assertThat(statement.getQueryTimeout()).isZero();
            }
            assertThat(source.pool().stats().closed()).isEmpty();
        }
    }
}
