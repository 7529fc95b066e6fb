package dev.cenote.postgres;

import static dev.cenote.postgres.DataSources.ask;
import static dev.cenote.postgres.DataSources.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.PgBouncer;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The data source behind a real PgBouncer in transaction mode, which has one session of the server for all of its clients. What
 * HikariCP does there is shown beside it.
 */
class PgBouncerTest {
    /** More than the uses after which pgjdbc prepares a statement on the server. */
    private static final int OFTEN = 12;

    private static TestServer postgres;
    private static PgBouncer bouncer;

    @BeforeAll
    static void start() {
        PgBouncer.unavailable().ifPresent(reason -> Assumptions.abort(reason));
        postgres = TestServers.start(TestServers.Product.POSTGRES);
        bouncer = PgBouncer.start(postgres);
    }

    @AfterAll
    static void stop() {
        if (bouncer != null) {
            bouncer.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static String url() {
        return DataSources.url(bouncer.port());
    }

    private static CenoteDataSourceBuilder cenote() {
        return DataSources.cenote(url()).pgBouncer(true).maxSize(2);
    }

    private static void prepareOften(Connection one, Connection another) throws SQLException {
        for (int i = 0; i < OFTEN; i++) {
            for (Connection each : new Connection[] {one, another}) {
                try (PreparedStatement statement = each.prepareStatement("select ?::int + 1")) {
                    statement.setInt(1, i);
                    try (ResultSet results = statement.executeQuery()) {
                        assertThat(results.next()).isTrue();
                        assertThat(results.getInt(1)).isEqualTo(i + 1);
                    }
                }
            }
        }
    }

    /** With HikariCP the driver's setting must be known and made by hand; else two clients prepare the same name. */
    @Test
    void statementsArePreparedForOneTransactionOnly() throws SQLException {
        try (CenoteDataSource source = cenote().build();
                Connection one = source.getConnection();
                Connection another = source.getConnection()) {
            prepareOften(one, another);
            assertThat(ask(one, "select count(*) from pg_prepared_statements")).isEqualTo("0");
        }
        try (HikariDataSource first = DataSources.hikari(url());
                HikariDataSource second = DataSources.hikari(url());
                Connection one = first.getConnection();
                Connection another = second.getConnection()) {
            assertThatThrownBy(() -> prepareOften(one, another))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("prepared statement");
        }
    }

    /** By HikariCP one client's isolation becomes that of all who come next, whichever pool they are of. */
    @Test
    void isolationAndSchemaOfASharedSessionAreNotChanged() throws SQLException {
        try (CenoteDataSource source = cenote().build();
                Connection connection = source.getConnection()) {
            assertThatThrownBy(() -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessage("setTransactionIsolation would change a server session that PgBouncer gives to others:"
                            + " begin the transaction with SET TRANSACTION ISOLATION LEVEL");
            assertThatThrownBy(() -> connection.setSchema("pg_catalog"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("SET LOCAL search_path");
            connection.setAutoCommit(false);
            run(connection, "set transaction isolation level serializable");
            assertThat(ask(connection, "show transaction_isolation")).isEqualTo("serializable");
            connection.commit();
            assertThat(ask(connection, "show transaction_isolation")).isEqualTo("read committed");
            connection.commit();
        }
        try (HikariDataSource hikari = DataSources.hikari(url());
                CenoteDataSource stranger = cenote().build();
                Connection connection = hikari.getConnection();
                Connection other = stranger.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(ask(other, "show transaction_isolation")).isEqualTo("serializable");
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(ask(other, "show transaction_isolation")).isEqualTo("read committed");
        }
    }

    @Test
    void whatIsReturnedIsRolledBackAndAsItWas() throws SQLException {
        try (CenoteDataSource source = cenote().maxSize(1).build()) {
            try (Connection connection = source.getConnection()) {
                run(connection, "create table if not exists forgotten(id int)");
                connection.setAutoCommit(false);
                connection.setReadOnly(false);
                connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
                connection.setClientInfo("ApplicationName", "someone");
                run(connection, "insert into forgotten values (1)");
            }
            try (Connection connection = source.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
                assertThat(ask(connection, "show application_name")).isNotEqualTo("someone");
                assertThat(ask(connection, "select count(*) from forgotten")).isEqualTo("0");
                run(connection, "drop table forgotten");
            }
            assertThat(source.pool().stats().created()).isEqualTo(1);
            Consistency.assertAtRest(source.pool());
        }
    }

    /** What was done through the driver's own object is not known; what a pooler shares is not set back for it. */
    @Test
    void anUnwrappedConnectionLeavesSharedSettingsAlone() throws SQLException {
        try (CenoteDataSource source = cenote().maxSize(1).build();
                CenoteDataSource other = cenote().maxSize(1).build();
                Connection stranger = other.getConnection()) {
            run(stranger, "set search_path = pg_catalog"); // as somebody does who knows no better
            try (Connection connection = source.getConnection()) {
                connection.unwrap(org.postgresql.PGConnection.class).setDefaultFetchSize(7);
            }
            assertThat(ask(stranger, "show search_path")).isEqualTo("pg_catalog");
            run(stranger, "reset search_path");
        }
    }

    @Test
    void aWrappedDataSourceIsPreparedToo() throws SQLException {
        var own = new PGSimpleDataSource();
        own.setUrl(url());
        own.setUser("postgres");
        try (CenoteDataSource source = CenoteDataSource.builder()
                        .dataSource(own)
                        .pgBouncer(true)
                        .maxSize(2)
                        .build();
                Connection one = source.getConnection();
                Connection another = source.getConnection()) {
            prepareOften(one, another);
        }
    }

    @Test
    void whatCannotGoWithItIsRefusedAtTheStart() {
        assertThatThrownBy(() -> cenote().resetPolicy(ResetPolicy.FULL).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("resetPolicy must be DIRTY with pgBouncer");
        assertThatThrownBy(() -> cenote().connectionInitSql("set a.b = 1").build())
                .hasMessageStartingWith("connectionInitSql must not be set with pgBouncer");
        assertThatThrownBy(() -> cenote().schema("public").build())
                .hasMessageStartingWith("schema must not be set with pgBouncer");
        assertThatThrownBy(() -> cenote().transactionIsolation("serializable").build())
                .hasMessageStartingWith("transactionIsolation must not be set with pgBouncer");
    }
}
