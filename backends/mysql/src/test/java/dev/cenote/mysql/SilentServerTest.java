package dev.cenote.mysql;

import static dev.cenote.mysql.DataSources.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.faults.FaultProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A MariaDB that says nothing, or not enough, by both drivers, with no socket time-out set. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentServerTest {
    private final FaultProxy proxy = proxy();

    private static FaultProxy proxy() {
        String[] host = DataSources.server().hosts().get(0).toString().split(":");
        return FaultProxy.before(host[0], Integer.parseInt(host[1]));
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private CenoteDataSourceBuilder source(String scheme) {
        return DataSources.cenote(url(scheme));
    }

    private String url(String scheme) {
        return DataSources.url(scheme, "127.0.0.1:" + proxy.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aStatementEndsByItsDeadline(String scheme) throws SQLException {
        try (CenoteDataSource source = source(scheme).build()) {
            try (Connection connection = source.getConnection()) {
                ask(connection, "select 1");
                proxy.silence();
                Deadline.after(Duration.ofMillis(300)).<Void, SQLException>call(() -> {
                    assertThatThrownBy(() -> ask(connection, "select 1")).isInstanceOf(SQLException.class);
                    return null;
                });
            }
            Consistency.until(source.pool(), "the connection is gone", stats -> stats.size() == 0);
            proxy.heal();
            Consistency.assertAtRest(source.pool());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aCommitEndsByItsDeadlineAndNobodyKnows(String scheme) throws SQLException {
        try (CenoteDataSource source = source(scheme).build()) {
            try (Connection connection = source.getConnection()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("create temporary table unknown_fate(id int)");
                    connection.setAutoCommit(false);
                    statement.execute("insert into unknown_fate values (1)");
                }
                proxy.silence();
                SQLException failure = Deadline.after(Duration.ofMillis(300))
                        .call(() -> catchThrowableOfType(SQLException.class, connection::commit));
                assertThat(CenoteDataSource.verdictOn(failure))
                        .contains(new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN));
            }
            proxy.heal();
        }
    }

    @ParameterizedTest
    @CsvSource({"mariadb, 0", "mariadb, 30", "mysql, 0", "mysql, 30"})
    void aSignOfLifeIsAwaitedNoLongerThanTheDeadline(String scheme, int seconds) throws SQLException {
        try (CenoteDataSource source = source(scheme).build()) {
            try (Connection connection = source.getConnection()) {
                ask(connection, "select 1");
                proxy.silence();
                Deadline deadline = Deadline.after(Duration.ofMillis(300));
                assertThat(deadline.<Boolean, SQLException>call(() -> connection.isValid(seconds)))
                        .isFalse();
                assertThat(deadline.elapsed()).isLessThan(Duration.ofSeconds(10));
            }
            Consistency.until(source.pool(), "the connection is gone", stats -> stats.size() == 0);
            proxy.heal();
            Consistency.assertAtRest(source.pool());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aStatementThatWaitsIsCancelledAndKeepsItsConnection(String scheme) throws SQLException {
        try (CenoteDataSource source = source(scheme).build()) {
            try (Connection connection = source.getConnection()) {
                ask(connection, "select 1");
                Deadline.after(Duration.ofMillis(300)).<Void, SQLException>call(() -> {
                    // Which ends with an error, or as if it had slept.
                    String slept = slept(connection);
                    assertThat(slept).isIn("cancelled", "1");
                    return null;
                });
                assertThat(ask(connection, "select 2")).isEqualTo("2");
                assertThat(connection.unwrap(Connection.class).getNetworkTimeout())
                        .isZero();
            }
            assertThat(source.pool().stats().created()).isEqualTo(1);
            Consistency.assertAtRest(source.pool());
        }
    }

    private static String slept(Connection connection) {
        try {
            return ask(connection, "select sleep(30)");
        } catch (SQLException cancelled) {
            return "cancelled";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aLoginThatIsNotAnsweredEndsWithTheConnectTimeout(String scheme) {
        proxy.silence();
        try (CenoteDataSource source = source(scheme)
                .connectTimeout(Duration.ofMillis(300))
                .acquireTimeout(Duration.ofMillis(500))
                .build()) {
            assertThatThrownBy(source::getConnection).isInstanceOf(SQLTransientConnectionException.class);
        }
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(proxy.openConnections()).isZero());
        assertThat(proxy.acceptedConnections()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aSocketTimeoutOfTheUsersStays(String scheme) throws SQLException {
        try (CenoteDataSource source =
                        source(scheme).driverProperty("socketTimeout", "34567").build();
                CenoteDataSource without = source(scheme).build();
                Connection connection = source.getConnection();
                Connection other = without.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(34_567);
            assertThat(other.getNetworkTimeout()).isZero();
        }
    }

    /** In the eyes of MariaDB's driver it is the same name. */
    @Test
    void aSocketTimeoutInAnotherCaseStays() throws SQLException {
        CenoteDataSourceBuilder inUrl = CenoteDataSource.builder()
                .url(url("mariadb") + "&sockettimeout=34567")
                .user(DataSources.user())
                .password(DataSources.password());
        try (CenoteDataSource source = source("mariadb")
                        .driverProperty("sockettimeout", "34567")
                        .build();
                CenoteDataSource other = inUrl.build();
                Connection byProperty = source.getConnection();
                Connection byUrl = other.getConnection()) {
            assertThat(byProperty.getNetworkTimeout()).isEqualTo(34_567);
            assertThat(byUrl.getNetworkTimeout()).isEqualTo(34_567);
        }
    }

    /** Each of these connects again by itself, and then by the parameters of the first time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://a,b/db",
                "jdbc:mysql:loadbalance://a/db",
                "jdbc:mysql:replication://a/db",
                "jdbc:mysql+srv://a/db",
                "jdbc:mysql://a/db?autoreconnect=true",
                "jdbc:mariadb:sequential://a/db",
                "jdbc:mariadb:loadbalance://a/db",
                "jdbc:aws-wrapper:mysql://a/db"
            })
    void whereADriverConnectsAgainItGetsNoSocketTimeout(String url) {
        assertThat(new MySqlProduct().networkTimeoutParameter(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://a:3306/db?x=y,z", "jdbc:mariadb://a", "jdbc:mysql:///db"})
    void whereADriverConnectsOnceItGetsASocketTimeout(String url) {
        assertThat(new MySqlProduct().networkTimeoutParameter(url)).contains("socketTimeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void anInitStatementThatHangsLeavesNoSession(String scheme) throws SQLException {
        try (CenoteDataSource other = source(scheme).build();
                Connection blocker = other.getConnection()) {
            String lock = "init" + System.nanoTime();
            ask(blocker, "select get_lock('" + lock + "', 1)");
            CenoteDataSource hanging = source(scheme)
                    .connectionInitSql("select get_lock('" + lock + "', 100)")
                    .connectTimeout(Duration.ofMillis(500))
                    .acquireTimeout(Duration.ofSeconds(3))
                    .build();
            try (hanging) {
                assertThatThrownBy(hanging::getConnection).isInstanceOf(SQLTransientConnectionException.class);
                assertThat(hanging.pool().stats().connectFailures()).isGreaterThan(1);
            }
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(ask(
                                    blocker,
                                    "select count(*) from information_schema.processlist where id <> connection_id()"
                                            + " and info like '%" + lock + "%'"))
                            .as("left")
                            .isEqualTo("0"));
        }
    }
}
