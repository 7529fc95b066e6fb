package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.JdbcTarget;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Isolation;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real server's errors are read as. */
class RealErrorsTest {
    private final PostgresClassifier classifier = new PostgresClassifier();
    private final Postgres postgres = new Postgres();

    @AfterEach
    void close() {
        postgres.close();
    }

    private Verdict verdict(String state, Phase phase, ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(SQLException.class);
        assertThat(((SQLException) failure).getSQLState())
                .as(failure.getMessage())
                .isEqualTo(state);
        return classifier.classify(failure, phase);
    }

    private static Verdict is(ConnectionFate connection, CallFate call) {
        return new Verdict(connection, call);
    }

    @Test
    void callersMistakesKeepTheConnection() throws Exception {
        JdbcConnection connection = postgres.open();
        Postgres.run(connection, Sql.update("create temporary table one (i int primary key)"));
        Postgres.run(connection, Sql.update("insert into one values (1)"));
        Map.of(
                        "23505", "insert into one values (1)",
                        "42601", "selec 1",
                        "42P01", "select * from none_such",
                        "22012", "select 1/0",
                        "0A000", "select count(*) from generate_series(1, 2) for update")
                .forEach((state, sql) -> assertThat(
                                verdict(state, Phase.EXECUTE, () -> Postgres.run(connection, Sql.update(sql))))
                        .isEqualTo(is(ConnectionFate.KEEP, CallFate.PERMANENT)));
    }

    @Test
    void terminatedByAdministratorClears() throws Exception {
        JdbcConnection connection = postgres.open();
        String pid = Postgres.value(connection, "select pg_backend_pid()");
        Postgres.value(postgres.open(), "select pg_terminate_backend(" + pid + ", 5000)");
        assertThat(verdict("57P01", Phase.EXECUTE, () -> Postgres.value(connection, "select 1")))
                .isEqualTo(is(ConnectionFate.CLEAR, CallFate.UNKNOWN));
    }

    @Test
    void cancelledStatementKeeps() throws Exception {
        JdbcConnection connection = postgres.open();
        Postgres.run(connection, Sql.update("set statement_timeout = 50"));
        assertThat(verdict("57014", Phase.EXECUTE, () -> Postgres.value(connection, "select pg_sleep(20)")))
                .isEqualTo(is(ConnectionFate.KEEP, CallFate.UNKNOWN));
    }

    @Test
    void serializationFailureIsRolledBack() throws Exception {
        JdbcConnection first = postgres.open();
        JdbcConnection second = postgres.open();
        Postgres.run(first, Sql.update("create table if not exists skew (i int)"));
        var serializable = TransactionOptions.defaults().withIsolation(Isolation.SERIALIZABLE);
        for (JdbcConnection connection : List.of(first, second)) {
            connection.begin(serializable, Postgres.soon());
            Postgres.value(connection, "select sum(i) from skew");
        }
        Postgres.run(first, Sql.update("insert into skew values (1)"));
        Postgres.run(second, Sql.update("insert into skew values (1)"));
        first.commit(Postgres.soon());
        assertThat(verdict("40001", Phase.COMMIT, () -> second.commit(Postgres.soon())))
                .isEqualTo(is(ConnectionFate.KEEP, CallFate.ROLLED_BACK));
        postgres.reset(second);
        assertThat(Postgres.value(second, "select 'sound'")).isEqualTo("sound");
    }

    @Test
    void deadlockIsRolledBack() throws Exception {
        JdbcConnection first = postgres.open();
        JdbcConnection second = postgres.open();
        for (JdbcConnection connection : List.of(first, second)) {
            Postgres.run(connection, Sql.update("set deadlock_timeout = '100ms'"));
            connection.begin(TransactionOptions.defaults(), Postgres.soon());
        }
        Postgres.value(first, "select pg_advisory_xact_lock(1)");
        Postgres.value(second, "select pg_advisory_xact_lock(2)");
        var waiting = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> Postgres.value(first, "select pg_advisory_xact_lock(2)")));
        Throwable seconds = catchThrowable(() -> Postgres.value(second, "select pg_advisory_xact_lock(1)"));
        if (seconds != null) {
            second.rollback(Postgres.soon());
        }
        Throwable firsts = waiting.get(20, TimeUnit.SECONDS);
        Throwable loser = seconds != null ? seconds : firsts;
        assertThat(((SQLException) loser).getSQLState()).isEqualTo("40P01");
        assertThat(classifier.classify(loser, Phase.EXECUTE)).isEqualTo(is(ConnectionFate.KEEP, CallFate.ROLLED_BACK));
    }

    @Test
    void lockNotAvailableIsRolledBack() throws Exception {
        JdbcConnection holder = postgres.open();
        JdbcConnection other = postgres.open();
        Postgres.run(holder, Sql.update("create table if not exists locked (i int)"));
        holder.begin(TransactionOptions.defaults(), Postgres.soon());
        Postgres.run(holder, Sql.update("lock table locked"));
        other.begin(TransactionOptions.defaults(), Postgres.soon());
        assertThat(verdict("55P03", Phase.EXECUTE, () -> Postgres.run(other, Sql.update("lock table locked nowait"))))
                .isEqualTo(is(ConnectionFate.KEEP, CallFate.ROLLED_BACK));
    }

    @Test
    void readOnlyByTheCallerKeeps() throws Exception {
        JdbcConnection connection = postgres.open();
        connection.begin(TransactionOptions.defaults().withReadOnly(), Postgres.soon());
        assertThat(verdict(
                        "25006", Phase.EXECUTE, () -> Postgres.run(connection, Sql.update("create table no (i int)"))))
                .isEqualTo(is(ConnectionFate.KEEP, CallFate.PERMANENT));

        postgres.reset(connection);
        Postgres.run(connection, Sql.update("set default_transaction_read_only = on"));
        assertThat(verdict(
                        "25006", Phase.EXECUTE, () -> Postgres.run(connection, Sql.update("create table no (i int)"))))
                .isEqualTo(is(ConnectionFate.KEEP, CallFate.PERMANENT));
    }

    @Test
    void readOnlyByTheServerClears() throws Exception {
        try (var readOnly = new Postgres(ResetPolicy.DIRTY, Map.of("options", "-c default_transaction_read_only=on"))) {
            JdbcConnection connection = readOnly.open();
            assertThat(verdict(
                            "25006",
                            Phase.EXECUTE,
                            () -> Postgres.run(connection, Sql.update("create table no (i int)"))))
                    .isEqualTo(is(ConnectionFate.CLEAR, CallFate.ROLLED_BACK));
        }
    }

    @Test
    void noSuchDatabaseIsPermanent() {
        var target = new JdbcTarget(
                List.of(Postgres.server()),
                Optional.of("none_such"),
                Optional.of("postgres"),
                Optional.empty(),
                Map.of());
        var connector = new PostgresConnector(PostgresParameters.of(target), ResetPolicy.DIRTY);
        assertThat(verdict("3D000", Phase.CONNECT, () -> connector.open(Postgres.soon())))
                .isEqualTo(is(ConnectionFate.EVICT, CallFate.PERMANENT));
    }

    @Test
    void noSuchRoleIsPermanent() {
        var target = new JdbcTarget(
                List.of(Postgres.server()),
                Optional.of("postgres"),
                Optional.of("nobody"),
                Optional.of("wrong"),
                Map.of());
        var connector = new PostgresConnector(PostgresParameters.of(target), ResetPolicy.DIRTY);
        assertThat(verdict("28000", Phase.CONNECT, () -> connector.open(Postgres.soon())))
                .isEqualTo(is(ConnectionFate.EVICT, CallFate.PERMANENT));
    }

    @Test
    void tooManyConnectionsIsNotExecuted() throws Exception {
        JdbcConnection admin = postgres.open();
        Postgres.run(admin, Sql.update("drop role if exists crowded"));
        Postgres.run(admin, Sql.update("create role crowded login connection limit 0"));
        var target = new JdbcTarget(
                List.of(Postgres.server()),
                Optional.of("postgres"),
                Optional.of("crowded"),
                Optional.empty(),
                Map.of());
        var connector = new PostgresConnector(PostgresParameters.of(target), ResetPolicy.DIRTY);
        assertThat(verdict("53300", Phase.CONNECT, () -> connector.open(Postgres.soon())))
                .isEqualTo(is(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
    }

    @Test
    void nobodyListeningIsNotExecuted() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (var nobody = new Postgres(Postgres.at(port), ResetPolicy.DIRTY, Map.of())) {
            assertThat(verdict("08001", Phase.CONNECT, () -> nobody.connector.open(Postgres.soon())))
                    .isEqualTo(is(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        }
    }
}
