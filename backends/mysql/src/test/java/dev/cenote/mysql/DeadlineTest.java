package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.NotSentException;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.DeadlineExceededException;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.testkit.faults.FaultProxy;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class DeadlineTest {
    private static final Duration LIMIT = Duration.ofMillis(700);
    /** Slack for a busy machine; what was seen is printed. */
    private static final Duration LATEST = LIMIT.plusMillis(1500);

    private final MySqlClassifier classifier = new MySqlClassifier();

    @BeforeAll
    static void createNumbers() throws Exception {
        MySql.createDatabase();
        try (var mysql = new MySql(MySqlDriver.MARIADB)) {
            JdbcConnection connection = mysql.open();
            MySql.run(connection, Sql.update("create table if not exists numbers (i int)"));
            MySql.run(
                    connection,
                    Sql.update("insert into numbers with recursive r as"
                            + " (select 1 as i union all select i + 1 from r where i < 300) select i from r"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectToSilentServerEndsByItsDeadline(MySqlDriver driver) throws Exception {
        try (var silent = new ServerSocket(0);
                var toSilent = new MySql(driver, MySql.at(silent.getLocalPort()), Map.of())) {
            Throwable failure = timed(driver + " connect", () -> toSilent.connector.open(Deadline.after(LIMIT)));
            assertThat(classifier.classify(failure, Phase.CONNECT))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void silentServerEndsValidateByItsDeadline(MySqlDriver driver) throws Exception {
        try (var proxy = proxy();
                var proxied = new MySql(driver, MySql.at(proxy.port()), Map.of())) {
            JdbcConnection connection = proxied.open();
            proxy.silence();
            Throwable failure =
                    timed(driver + " validate", () -> proxied.connector.validate(connection, Deadline.after(LIMIT)));
            assertThat(classifier.classify(failure, Phase.VALIDATE).connection())
                    .isEqualTo(ConnectionFate.EVICT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void silentServerEndsOperationByItsDeadline(MySqlDriver driver) throws Exception {
        try (var proxy = proxy();
                var proxied = new MySql(driver, MySql.at(proxy.port()), Map.of())) {
            JdbcConnection connection = proxied.open();
            proxy.silence();
            Throwable failure = timed(driver + " query", () -> sleep(connection, 30, Deadline.after(LIMIT)));
            assertThat(classifier.classify(failure, Phase.EXECUTE))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
            assertThat(proxied.connector.needsReset(connection)).isTrue();
            assertThatThrownBy(() -> MySql.value(connection, "select 1")).isInstanceOf(NotSentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void slowStatementOnHealthyServerIsCancelledAndConnectionSurvives(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            Throwable failure = timed(driver + " cancel", () -> busy(connection, Deadline.after(LIMIT)));
            assertThat(failure).isInstanceOf(DeadlineExceededException.class);
            assertThat(classifier.classify(failure, Phase.EXECUTE))
                    .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN));
            assertThat(mysql.connector.needsReset(connection)).isFalse();
            assertThat(MySql.value(connection, "select 'sound'")).isEqualTo("sound");
        }
    }

    @ParameterizedTest
    @EnumSource
    void resultThatTheCancelCutShortIsNotGiven(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            Throwable failure = timed(driver + " cut short", () -> sleep(connection, 30, Deadline.after(LIMIT)));
            assertThat(failure).isInstanceOf(DeadlineExceededException.class);
            assertThat(classifier.classify(failure, Phase.EXECUTE))
                    .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN));
            assertThat(MySql.value(connection, "select 'sound'")).isEqualTo("sound");
        }
    }

    /** Statements that end about when their cancel fires, in turn with ones that must not be hit by it. */
    @ParameterizedTest
    @EnumSource
    void cancelNeverHitsTheNextStatement(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            int cancelled = 0;
            int givenUp = 0;
            for (int i = 0; i < 40; i++) {
                double around = 0.050 + i % 8 * 0.002;
                JdbcConnection used = connection;
                Throwable failure = catchThrowable(() -> sleep(used, around, Deadline.after(Duration.ofMillis(60))));
                cancelled += failure instanceof DeadlineExceededException ? 1 : 0;
                if (mysql.connector.needsReset(connection)) {
                    givenUp++; // The cancel, which takes a connection of its own, came too late.
                    connection = mysql.open();
                }
                assertThat(MySql.value(connection, "select 'next'")).isEqualTo("next");
            }
            System.out.println(driver + " cancelled in time: " + cancelled + " of 40, given up: " + givenUp);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abortFreesWhoIsBlocked(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            String id = MySql.value(connection, "select connection_id()");
            var blocked =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> sleep(connection, 30, Deadline.none())));
            JdbcConnection other = mysql.open();
            String state =
                    "select coalesce((select state from information_schema.processlist where id = " + id + "), '')";
            while (!MySql.value(other, state).equals("User sleep")) {
                Thread.onSpinWait();
            }
            long before = System.nanoTime();
            mysql.connector.abort(connection);
            Throwable failure = blocked.get(10, TimeUnit.SECONDS);
            System.out.println(driver + " abort took " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before)
                    + " ms: " + failure);
            assertThat(classifier.classify(failure, Phase.EXECUTE).connection()).isEqualTo(ConnectionFate.EVICT);
        }
    }

    private static FaultProxy proxy() {
        return FaultProxy.before(MySql.server().host(), MySql.server().port().orElseThrow());
    }

    private static void sleep(JdbcConnection connection, double seconds, Deadline deadline) throws Exception {
        Sql.query("select sleep(?)", List.of(seconds), row -> row.getInt(1)).execute(connection, deadline);
    }

    /** Unlike SLEEP and BENCHMARK, which give a result when they are cancelled, a join ends with the error. */
    private static void busy(JdbcConnection connection, Deadline deadline) throws Exception {
        Sql.query(
                        "select count(*) from numbers a, numbers b, numbers c, numbers d where a.i + b.i + c.i + d.i < 0",
                        row -> row.getLong(1))
                .execute(connection, deadline);
    }

    private static Throwable timed(String what, ThrowingCallable call) {
        long before = System.nanoTime();
        Throwable failure = catchThrowable(call);
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        System.out.println(what + " with " + LIMIT.toMillis() + " ms took " + took.toMillis() + " ms: " + failure);
        assertThat(failure).isNotNull();
        assertThat(took).isLessThan(LATEST);
        return failure;
    }
}
