package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.NotSentException;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.DeadlineExceededException;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.testkit.faults.FaultProxy;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static final Duration LIMIT = Duration.ofMillis(700);
    /** Slack for a busy machine; what was seen is printed. */
    private static final Duration LATEST = LIMIT.plusMillis(1500);

    private final PostgresClassifier classifier = new PostgresClassifier();
    private final Postgres postgres = new Postgres();

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void connectToSilentServerEndsByItsDeadline() throws Exception {
        try (var silent = new ServerSocket(0);
                var toSilent = new Postgres(Postgres.at(silent.getLocalPort()), ResetPolicy.DIRTY, Map.of())) {
            Throwable failure = timed("connect", () -> toSilent.connector.open(Deadline.after(LIMIT)));
            assertThat(classifier.classify(failure, Phase.CONNECT))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        }
    }

    @Test
    void silentServerEndsValidateByItsDeadline() throws Exception {
        try (var proxy = proxy();
                var proxied = new Postgres(Postgres.at(proxy.port()), ResetPolicy.DIRTY, Map.of())) {
            JdbcConnection connection = proxied.open();
            proxy.silence();
            Throwable failure = timed("validate", () -> proxied.connector.validate(connection, Deadline.after(LIMIT)));
            assertThat(classifier.classify(failure, Phase.VALIDATE).connection())
                    .isEqualTo(ConnectionFate.EVICT);
        }
    }

    @Test
    void silentServerEndsOperationByItsDeadline() throws Exception {
        try (var proxy = proxy();
                var proxied = new Postgres(Postgres.at(proxy.port()), ResetPolicy.DIRTY, Map.of())) {
            JdbcConnection connection = proxied.open();
            proxy.silence();
            Throwable failure = timed("query", () -> sleep(connection, 30, Deadline.after(LIMIT)));
            assertThat(classifier.classify(failure, Phase.EXECUTE))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
            assertThat(proxied.connector.needsReset(connection)).isTrue();
            assertThatThrownBy(() -> Postgres.value(connection, "select 1")).isInstanceOf(NotSentException.class);
        }
    }

    @Test
    void silentServerEndsCommitByItsDeadlineWithUnknownFate() throws Exception {
        try (var proxy = proxy();
                var proxied = new Postgres(Postgres.at(proxy.port()), ResetPolicy.DIRTY, Map.of())) {
            JdbcConnection connection = proxied.open();
            connection.begin(dev.cenote.protocols.TransactionOptions.defaults(), Postgres.soon());
            Postgres.value(connection, "select 1");
            proxy.silence();
            Throwable failure = timed("commit", () -> connection.commit(Deadline.after(LIMIT)));
            assertThat(classifier.classify(failure, Phase.COMMIT))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN));
        }
    }

    @Test
    void slowStatementOnHealthyServerIsCancelledAndConnectionSurvives() throws Exception {
        JdbcConnection connection = postgres.open();
        Throwable failure = timed("cancel", () -> sleep(connection, 30, Deadline.after(LIMIT)));
        assertThat(failure).isInstanceOf(DeadlineExceededException.class);
        assertThat(((SQLException) failure.getCause()).getSQLState()).isEqualTo("57014");
        assertThat(classifier.classify(failure, Phase.EXECUTE))
                .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN));
        assertThat(postgres.connector.needsReset(connection)).isFalse();
        assertThat(Postgres.value(connection, "select 'sound'")).isEqualTo("sound");
    }

    /** Statements that end about when their cancel fires, in turn with ones that must not be hit by it. */
    @Test
    void cancelNeverHitsTheNextStatement() throws Exception {
        JdbcConnection connection = postgres.open();
        int cancelled = 0;
        int givenUp = 0;
        for (int i = 0; i < 60; i++) {
            Duration limit = Duration.ofMillis(40);
            double around = 0.030 + i % 12 * 0.001;
            JdbcConnection used = connection;
            Throwable failure = catchThrowable(() -> sleep(used, around, Deadline.after(limit)));
            cancelled += failure instanceof DeadlineExceededException ? 1 : 0;
            if (postgres.connector.needsReset(connection)) {
                givenUp++; // A machine too busy for the cancel to arrive in time.
                connection = postgres.open();
            }
            assertThat(Postgres.value(connection, "select 'next'")).isEqualTo("next");
        }
        System.out.println("cancelled in time: " + cancelled + " of 60, given up: " + givenUp);
    }

    @Test
    void deadlineThatHasPassedSendsNothing() throws Exception {
        JdbcConnection connection = postgres.open();
        Throwable failure = catchThrowable(() -> sleep(connection, 0, Deadline.after(Duration.ZERO)));
        assertThat(classifier.classify(failure, Phase.EXECUTE))
                .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED));
        assertThat(Postgres.value(connection, "select 'sound'")).isEqualTo("sound");
    }

    @Test
    void abortFreesWhoIsBlocked() throws Exception {
        JdbcConnection connection = postgres.open();
        String pid = Postgres.value(connection, "select pg_backend_pid()");
        var blocked = CompletableFuture.supplyAsync(() -> catchThrowable(() -> sleep(connection, 30, Deadline.none())));
        JdbcConnection other = postgres.open();
        String state = "select coalesce((select wait_event from pg_stat_activity where pid = " + pid + "), 'gone')";
        while (!Postgres.value(other, state).equals("PgSleep")) {
            Thread.onSpinWait();
        }
        long before = System.nanoTime();
        postgres.connector.abort(connection);
        Throwable failure = blocked.get(10, TimeUnit.SECONDS);
        System.out.println("abort took " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before) + " ms");
        assertThat(classifier.classify(failure, Phase.EXECUTE).connection()).isEqualTo(ConnectionFate.EVICT);
    }

    @Test
    void serverOfAnotherKindIsToldInTime() throws Exception {
        try (var other = new ServerSocket(0)) {
            CompletableFuture.runAsync(() -> {
                try (var client = other.accept()) {
                    client.getOutputStream().write("-ERR unknown command\r\n".getBytes());
                    client.getInputStream().readAllBytes();
                } catch (java.io.IOException ended) {
                    // The driver hung up.
                }
            });
            try (var toOther = new Postgres(Postgres.at(other.getLocalPort()), ResetPolicy.DIRTY, Map.of())) {
                Throwable failure = timed("other server", () -> toOther.connector.open(Deadline.after(LIMIT)));
                assertThat(failure).isInstanceOf(SQLException.class);
                System.out.println("other server: " + failure.getMessage());
            }
        }
    }

    private FaultProxy proxy() {
        return FaultProxy.before(
                Postgres.server().host(), Postgres.server().port().orElseThrow());
    }

    private static void sleep(JdbcConnection connection, double seconds, Deadline deadline) throws Exception {
        Sql.query("select 1 from pg_sleep(?)", List.of(seconds), row -> row.getInt(1))
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
