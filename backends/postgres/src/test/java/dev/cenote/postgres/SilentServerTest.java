package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.faults.FaultProxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/** Within a deadline nothing waits without end for a server that says nothing, with no socket time-out of the driver's. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentServerTest {
    private final FaultProxy proxy = proxy();
    private final CenoteDataSource source =
            DataSources.cenote(DataSources.url(proxy.port())).build();

    private static FaultProxy proxy() {
        String[] host = PoolUri.parse(Postgres.uri()).hosts().get(0).toString().split(":");
        return FaultProxy.before(host[0], Integer.parseInt(host[1]));
    }

    @AfterEach
    void close() {
        proxy.heal();
        source.close();
        proxy.close();
    }

    /** What a holder does with a connection. */
    private interface Use {
        void of(Connection connection) throws SQLException;
    }

    private static Arguments use(String what, Use use) {
        return Arguments.of(what, use);
    }

    static Stream<Arguments> usesThatAskTheServer() {
        return Stream.of(
                use("statement", connection -> DataSources.ask(connection, "select 1")),
                use("commit", Connection::commit),
                use("rollback", Connection::rollback),
                use("savepoint", Connection::setSavepoint),
                use("end of a transaction", connection -> connection.setAutoCommit(true)),
                use("isolation", Connection::getTransactionIsolation),
                use("schema", Connection::getSchema),
                use("meta data", connection -> connection.getMetaData().getTables(null, null, "%", null)),
                use("sign of life", connection -> {
                    if (!connection.isValid(0)) {
                        throw new SQLException("there was none");
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usesThatAskTheServer")
    void nothingWaitsBeyondTheDeadline(String what, Use use) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            DataSources.ask(connection, "select 1");
            proxy.silence();
            Deadline.after(Duration.ofMillis(300)).<Void, SQLException>call(() -> {
                assertThatThrownBy(() -> use.of(connection)).isInstanceOf(SQLException.class);
                return null;
            });
        }
        Consistency.until(source.pool(), "the connection is gone", stats -> stats.size() == 0);
        proxy.heal();
        Consistency.assertAtRest(source.pool());
    }

    @Test
    void rowsThatAreFetchedLaterEndByTheDeadlineToo() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(1);
            ResultSet rows = statement.executeQuery("select generate_series(1, 3)");
            assertThat(rows.next()).isTrue();
            proxy.silence();
            Deadline.after(Duration.ofMillis(300)).<Void, SQLException>call(() -> {
                assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
                return null;
            });
        }
    }

    @Test
    void whatIsLookedUpOfAStatementEndsByTheDeadlineToo() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("select 1")) {
            proxy.silence();
            Deadline.after(Duration.ofMillis(300)).<Void, SQLException>call(() -> {
                assertThatThrownBy(statement::getMetaData).isInstanceOf(SQLException.class);
                return null;
            });
        }
    }

    /** Before it is had, it is asked what its settings are. */
    @Test
    void theDriversOwnConnectionIsHadByTheDeadlineOrNot() throws SQLException {
        try (Connection connection = source.getConnection()) {
            proxy.silence();
            Deadline.after(Duration.ofMillis(300)).<Void, SQLException>call(() -> {
                assertThatThrownBy(() -> connection.unwrap(PGConnection.class)).isInstanceOf(SQLException.class);
                return null;
            });
        }
        Consistency.until(source.pool(), "the connection is gone", stats -> stats.size() == 0);
        proxy.heal();
        Consistency.assertAtRest(source.pool());
    }

    @Test
    void nobodyKnowsOfACommitThatWasNotAnswered() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            DataSources.ask(connection, "select 1");
            proxy.silence();
            SQLException failure = Deadline.after(Duration.ofMillis(300))
                    .call(() -> catchThrowableOfType(SQLException.class, connection::commit));
            assertThat(CenoteDataSource.verdictOn(failure))
                    .contains(new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN));
            assertThat(connection.isClosed()).as("it cannot be used again").isTrue();
        }
    }

    @Test
    void afterTheDeadlineNothingIsCommittedAndAllCanBeRolledBack() throws SQLException {
        try (Connection connection = source.getConnection()) {
            DataSources.run(connection, "create temp table late(id int)");
            connection.setAutoCommit(false);
            DataSources.run(connection, "insert into late values (1)");
            Deadline.after(Duration.ofNanos(1)).<Void, SQLException>call(() -> {
                SQLException refused = catchThrowableOfType(SQLException.class, connection::commit);
                assertThat((Throwable) refused)
                        .isInstanceOf(SQLTimeoutException.class)
                        .hasMessage("nothing was sent: the deadline had passed");
                assertThat(CenoteDataSource.verdictOn(refused))
                        .contains(new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED));
                assertThatThrownBy(() -> connection.setAutoCommit(true))
                        .as("which would commit")
                        .isInstanceOf(SQLTimeoutException.class);
                connection.rollback();
                connection.setAutoCommit(true);
                return null;
            });
            assertThat(DataSources.ask(connection, "select count(*) from late")).isEqualTo("0");
            assertThat(connection.getNetworkTimeout()).isZero();
        }
        assertThat(source.pool().stats().created()).isEqualTo(1);
        Consistency.assertAtRest(source.pool());
    }

    @Test
    void theUsersOwnNetworkTimeoutStays() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, 40_000);
            Deadline.after(Duration.ofSeconds(20)).<Void, SQLException>call(() -> {
                DataSources.ask(connection, "select 1");
                assertThat(connection.getNetworkTimeout()).isEqualTo(40_000);
                return null;
            });
            DataSources.ask(connection, "select 1");
            assertThat(connection.unwrap(Connection.class).getNetworkTimeout()).isEqualTo(40_000);
        }
        try (Connection connection = source.getConnection()) {
            assertThat(connection.unwrap(Connection.class).getNetworkTimeout()).isZero();
        }
        assertThat(source.pool().stats().created()).isEqualTo(1);
    }

    @Test
    void nothingOfADeadlineStaysBehind() throws SQLException {
        Deadline.after(Duration.ofSeconds(20)).<Void, SQLException>call(() -> {
            try (Connection connection = source.getConnection()) {
                return run(connection);
            }
        });
        assertThat(source.pool().stats().created()).isEqualTo(1);
        try (Connection connection = source.getConnection()) {
            assertThat(connection.unwrap(Connection.class).getNetworkTimeout()).isZero();
        }
    }

    private static Void run(Connection connection) throws SQLException {
        DataSources.ask(connection, "select 1");
        return null;
    }

    @Test
    void anInitStatementThatHangsEndsWithTheConnectTimeoutAndLeavesNoSession() throws SQLException {
        String name = "hangs" + System.nanoTime();
        try (CenoteDataSource other = DataSources.cenote(DataSources.url()).build();
                Connection watching = other.getConnection(); // the server looks once in each transaction
                Connection blocker = source.getConnection()) {
            DataSources.run(blocker, "create table if not exists init_lock(id int)");
            blocker.setAutoCommit(false);
            DataSources.run(blocker, "lock table init_lock");
            CenoteDataSource hanging = DataSources.cenote(DataSources.url())
                    .driverProperty("ApplicationName", name)
                    .connectionInitSql("select count(*) from init_lock")
                    .connectTimeout(Duration.ofMillis(400))
                    .acquireTimeout(Duration.ofSeconds(3))
                    .build();
            try (hanging) {
                assertThatThrownBy(hanging::getConnection).isInstanceOf(SQLTransientConnectionException.class);
                assertThat(hanging.pool().stats().connectFailures()).isGreaterThan(1);
                assertThat(sessions(watching, name))
                        .as("one attempt after another")
                        .isLessThanOrEqualTo(2);
            }
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(() ->
                            assertThat(sessions(watching, name)).as("left").isZero());
            blocker.rollback();
            DataSources.run(blocker, "drop table init_lock");
            blocker.commit();
        }
    }

    private static int sessions(Connection connection, String name) throws SQLException {
        return Integer.parseInt(DataSources.ask(
                connection, "select count(*) from pg_stat_activity where application_name = '" + name + "'"));
    }
}
