package dev.cenote.postgres;

import static dev.cenote.postgres.DataSources.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The data source on a real PostgreSQL, with the classifier of its product, found by the URL. */
class PostgresDataSourceTest {
    private static CenoteDataSourceBuilder source(String serverUri) {
        PoolUri uri = PoolUri.parse(serverUri);
        return CenoteDataSource.builder()
                .url("jdbc:postgresql://" + uri.hosts().get(0) + "/" + uri.path())
                .user(uri.user().orElse("postgres"))
                .password(uri.password().orElse(""))
                .maxSize(2);
    }

    private static CenoteDataSource source() {
        return source(Postgres.uri()).maxSize(1).build();
    }

    @Test
    void theNextHolderFindsTheSessionAsItWas() throws SQLException {
        try (CenoteDataSource source = source()) {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setReadOnly(true);
                assertThat(ask(connection, "show transaction_isolation")).isEqualTo("serializable");
            }
            try (Connection connection = source.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(ask(connection, "show transaction_isolation")).isEqualTo("read committed");
                assertThat(ask(connection, "show transaction_read_only")).isEqualTo("off");
                assertThat(ask(
                                connection,
                                "select count(*) from pg_stat_activity where pid = pg_backend_pid()"
                                        + " and xact_start < now()"))
                        .isEqualTo("0");
            }
            assertThat(source.pool().stats().created()).isEqualTo(1);
            Consistency.assertAtRest(source.pool());
        }
    }

    @Test
    void anOpenTransactionIsRolledBackOnTheServer() throws SQLException {
        try (CenoteDataSource source = source()) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists forgotten(id int)");
                statement.execute("truncate forgotten");
                connection.setAutoCommit(false);
                statement.execute("insert into forgotten values (1)");
            }
            try (Connection connection = source.getConnection()) {
                assertThat(ask(connection, "select count(*) from forgotten")).isEqualTo("0");
                connection.createStatement().execute("drop table forgotten");
            }
            Consistency.assertAtRest(source.pool());
        }
    }

    @Test
    void anAdministratorsShutdownClearsTheGeneration() throws SQLException {
        try (CenoteDataSource source = source(Postgres.uri()).build()) {
            try (Connection victim = source.getConnection();
                    Connection killer = source.getConnection()) {
                String pid = ask(victim, "select pg_backend_pid()");
                ask(killer, "select pg_terminate_backend(" + pid + ")");
                assertThatThrownBy(() -> ask(victim, "select 1")).isInstanceOf(SQLException.class);
            }
            Consistency.until(source.pool(), "both are closed", stats -> stats.size() == 0);
            assertThat(source.pool().stats().generation()).isEqualTo(1);
            try (Connection connection = source.getConnection()) {
                assertThat(ask(connection, "select 1")).isEqualTo("1");
            }
            Consistency.assertAtRest(source.pool());
        }
    }

    @Test
    void aCrashIsNoticedAndTheServerFoundAgain() throws SQLException {
        try (TestServer server = TestServers.start(TestServers.Product.POSTGRES);
                CenoteDataSource source = source(server.uri())
                        .validateAfterIdle(Duration.ofMillis(1))
                        .keeperInterval(Duration.ofMillis(5))
                        .build()) {
            ask(source.getConnection(), "select 1");
            Connection held = source.getConnection();
            server.kill();
            assertThatThrownBy(() -> ask(held, "select 1")).isInstanceOf(SQLException.class);
            held.close();
            source.pool().timeouts(source.pool().timeouts().withAcquire(Duration.ofMillis(300)));
            assertThatThrownBy(source::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            server.start();
            source.setLoginTimeout(20);
            try (Connection connection = source.getConnection()) {
                assertThat(ask(connection, "select 1")).isEqualTo("1");
            }
            assertThat(source.pool().stats().closed(CloseReason.ERROR)).isPositive();
        }
    }

    /** What undid the statement that failed did not undo those before it, unless a transaction holds them together. */
    @Test
    void whatAFailureHasUndone() throws SQLException {
        try (CenoteDataSource source = source();
                Connection connection = source.getConnection()) {
            connection
                    .createStatement()
                    .execute("create or replace function not_serializable() returns int language plpgsql as"
                            + " $$ begin raise exception using errcode = '40001'; end $$");
            String failing = "select not_serializable()";
            assertThat(fate(connection, failing)).isEqualTo(CallFate.ROLLED_BACK);
            assertThat(fate(connection, "select 1; " + failing)).isEqualTo(CallFate.UNKNOWN);
            assertThat(fate(connection, "do $$ begin perform not_serializable(); end $$"))
                    .isEqualTo(CallFate.UNKNOWN);
            assertThat(fateOfBatch(connection, failing)).isEqualTo(CallFate.UNKNOWN);
            connection.setAutoCommit(false);
            assertThat(fateOfBatch(connection, failing)).isEqualTo(CallFate.ROLLED_BACK);
            connection.rollback();
        }
    }

    private static CallFate fate(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return fate(catchThrowableOfType(SQLException.class, () -> statement.execute(sql)));
        }
    }

    private static CallFate fateOfBatch(Connection connection, String failing) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("select set_config('cenote.batch', '1', false)");
            statement.addBatch(failing);
            return fate(catchThrowableOfType(SQLException.class, statement::executeBatch));
        }
    }

    private static CallFate fate(SQLException failure) {
        return CenoteDataSource.verdictOn(failure).orElseThrow().call();
    }
}
