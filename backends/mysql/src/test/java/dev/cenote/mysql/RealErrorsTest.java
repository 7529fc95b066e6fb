package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real server's errors are read as, by either driver. */
class RealErrorsTest {
    private final MySqlClassifier classifier = new MySqlClassifier();

    @BeforeAll
    static void createTable() throws Exception {
        MySql.createDatabase();
        try (var mysql = new MySql(MySqlDriver.MARIADB)) {
            MySql.run(mysql.open(), Sql.update("create or replace table accounts (id int primary key, money int)"));
            MySql.run(mysql.open(), Sql.update("insert into accounts values (1, 10), (2, 20)"));
        }
    }

    private Verdict verdict(int code, Phase phase, ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(SQLException.class);
        assertThat(((SQLException) failure).getErrorCode())
                .as(failure.toString())
                .isEqualTo(code);
        return classifier.classify(failure, phase);
    }

    private static Verdict is(ConnectionFate connection, CallFate call) {
        return new Verdict(connection, call);
    }

    @ParameterizedTest
    @EnumSource
    void callersMistakesKeepTheConnection(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            Map.of(
                            1062, "insert into accounts values (1, 1)",
                            1064, "selec 1",
                            1146, "select * from none_such")
                    .forEach((code, sql) -> assertThat(
                                    verdict(code, Phase.EXECUTE, () -> MySql.run(connection, Sql.update(sql))))
                            .isEqualTo(is(ConnectionFate.KEEP, CallFate.PERMANENT)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void killedConnectionIsUnknown(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            String id = MySql.value(connection, "select connection_id()");
            MySql.run(mysql.open(), Sql.update("kill " + id));
            Throwable failure = catchThrowable(() -> MySql.value(connection, "select 1"));
            assertThat(classifier.classify(failure, Phase.EXECUTE))
                    .as("%s", failure)
                    .isEqualTo(is(ConnectionFate.EVICT, CallFate.UNKNOWN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void deadlockIsRolledBack(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection first = mysql.open();
            JdbcConnection second = mysql.open();
            first.begin(TransactionOptions.defaults(), MySql.soon());
            second.begin(TransactionOptions.defaults(), MySql.soon());
            MySql.run(first, Sql.update("update accounts set money = 1 where id = 1"));
            MySql.run(second, Sql.update("update accounts set money = 2 where id = 2"));
            var waiting = CompletableFuture.supplyAsync(() ->
                    catchThrowable(() -> MySql.run(first, Sql.update("update accounts set money = 1 where id = 2"))));
            Throwable seconds =
                    catchThrowable(() -> MySql.run(second, Sql.update("update accounts set money = 2 where id = 1")));
            if (seconds != null) {
                second.rollback(MySql.soon());
            }
            Throwable firsts = waiting.get(20, TimeUnit.SECONDS);
            Throwable loser = seconds != null ? seconds : firsts;
            assertThat(((SQLException) loser).getErrorCode()).isEqualTo(1213);
            assertThat(classifier.classify(loser, Phase.EXECUTE))
                    .isEqualTo(is(ConnectionFate.KEEP, CallFate.ROLLED_BACK));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lockWaitTimeoutLeavesTheTransactionOpen(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection holder = mysql.open();
            JdbcConnection other = mysql.open();
            MySql.run(other, Sql.update("set innodb_lock_wait_timeout = 1"));
            holder.begin(TransactionOptions.defaults(), MySql.soon());
            MySql.run(holder, Sql.update("update accounts set money = 7 where id = 1"));
            other.begin(TransactionOptions.defaults(), MySql.soon());
            MySql.run(other, Sql.update("update accounts set money = 8 where id = 2"));
            assertThat(verdict(
                            1205,
                            Phase.EXECUTE,
                            () -> MySql.run(other, Sql.update("update accounts set money = 8 where id = 1"))))
                    .isEqualTo(is(ConnectionFate.KEEP, CallFate.ROLLED_BACK));
            assertThat(MySql.value(other, "select money from accounts where id = 2"))
                    .isEqualTo("8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readOnlyByTheCallerKeeps(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            connection.begin(TransactionOptions.defaults().withReadOnly(), MySql.soon());
            assertThat(verdict(
                            1792,
                            Phase.EXECUTE,
                            () -> MySql.run(connection, Sql.update("update accounts set money = 1"))))
                    .isEqualTo(is(ConnectionFate.KEEP, CallFate.PERMANENT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readOnlyByTheServerClears(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection admin = mysql.open();
            MySql.run(admin, Sql.update("create user if not exists plain_user identified by 'right'"));
            MySql.run(admin, Sql.update("grant all on " + MySql.DATABASE + ".* to plain_user"));
            try (var plain = new MySql(
                    driver, MySql.server(), Optional.of(MySql.DATABASE), Optional.of("plain_user"), Map.of())) {
                JdbcConnection connection = plain.open();
                MySql.run(admin, Sql.update("set global read_only = 1"));
                assertThat(verdict(
                                1290,
                                Phase.EXECUTE,
                                () -> MySql.run(connection, Sql.update("update accounts set money = 1"))))
                        .isEqualTo(is(ConnectionFate.CLEAR, CallFate.ROLLED_BACK));
            } finally {
                MySql.run(admin, Sql.update("set global read_only = 0"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotSucceedAtConnectIsPermanent(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            MySql.run(mysql.open(), Sql.update("create user if not exists guarded identified by 'other'"));
        }
        try (var noDatabase = new MySql(driver, MySql.server(), Optional.of("none_such"), MySql.user(), Map.of());
                var wrongPassword =
                        new MySql(driver, MySql.server(), Optional.empty(), Optional.of("guarded"), Map.of())) {
            assertThat(verdict(1049, Phase.CONNECT, () -> noDatabase.connector.open(MySql.soon())))
                    .isEqualTo(is(ConnectionFate.EVICT, CallFate.PERMANENT));
            assertThat(verdict(1045, Phase.CONNECT, () -> wrongPassword.connector.open(MySql.soon())))
                    .isEqualTo(is(ConnectionFate.EVICT, CallFate.PERMANENT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyListeningIsNotExecuted(MySqlDriver driver) throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (var nobody = new MySql(driver, MySql.at(port), Map.of())) {
            Throwable failure = catchThrowable(() -> nobody.connector.open(MySql.soon()));
            assertThat(classifier.classify(failure, Phase.CONNECT))
                    .isEqualTo(is(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void batchTellsWhatWasApplied(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            MySql.run(connection, Sql.update("create temporary table batched (i int primary key)"));
            var batch = Sql.batch("insert into batched values (?)", List.of(List.of(1), List.of(1), List.of(2)));
            Throwable failure = catchThrowable(() -> MySql.run(connection, batch));
            assertThat(classifier.classify(failure, Phase.EXECUTE))
                    .isEqualTo(is(ConnectionFate.KEEP, CallFate.PERMANENT));
            var result = batch.partialResult(failure).orElseThrow();
            assertThat(result.failures()).containsKey(1);
            assertThat(String.valueOf(result.applied()))
                    .isEqualTo(MySql.value(connection, "select count(*) from batched"));
        }
    }
}
