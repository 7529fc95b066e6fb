package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.NotSentException;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read from connections that a real server or the network ended. */
class RealOutagesTest {
    private static final Verdict UNKNOWN = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);

    private final PostgresClassifier classifier = new PostgresClassifier();
    private final Postgres postgres = new Postgres();

    @AfterEach
    void close() {
        postgres.close();
    }

    private Verdict verdict(String code, Phase phase, Throwable failure) {
        assertThat(failure).isNotNull();
        assertThat(classifier.codes(failure)).as(failure.toString()).containsExactly(code);
        return classifier.classify(failure, phase);
    }

    /** What is said to {@code connection} once the server has ended its session. */
    private Throwable afterTheEnd(JdbcConnection connection, String pid) throws Exception {
        JdbcConnection other = postgres.open();
        Awaitility.await()
                .until(() -> Postgres.value(other, "select count(*) from pg_stat_activity where pid = " + pid)
                        .equals("0"));
        return catchThrowable(() -> Postgres.value(connection, "select 1"));
    }

    @Test
    void sessionThatWasIdleForTooLongNeverRanTheNextStatement() throws Exception {
        JdbcConnection connection = postgres.open();
        String pid = Postgres.value(connection, "select pg_backend_pid()");
        Postgres.run(connection, Sql.update("set idle_session_timeout = 50"));
        assertThat(verdict("57P05", Phase.EXECUTE, afterTheEnd(connection, pid)))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
    }

    @Test
    void transactionThatWasIdleForTooLongIsRolledBack() throws Exception {
        JdbcConnection connection = postgres.open();
        String pid = Postgres.value(connection, "select pg_backend_pid()");
        connection.begin(TransactionOptions.defaults(), Postgres.soon());
        Postgres.run(connection, Sql.update("set idle_in_transaction_session_timeout = 50"));
        assertThat(verdict("25P03", Phase.EXECUTE, afterTheEnd(connection, pid)))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.ROLLED_BACK));
    }

    @Test
    void transactionThatTookTooLongIsRolledBack() throws Exception {
        JdbcConnection connection = postgres.open();
        Postgres.run(connection, Sql.update("set transaction_timeout = 50"));
        connection.begin(TransactionOptions.defaults(), Postgres.soon());
        Throwable failure = catchThrowable(() -> Postgres.value(connection, "select pg_sleep(20)"));
        assertThat(verdict("25P04", Phase.EXECUTE, failure))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.ROLLED_BACK));
    }

    @Test
    void lockThatIsNotHadInTimeIsRolledBack() throws Exception {
        JdbcConnection holder = postgres.open();
        JdbcConnection other = postgres.open();
        Postgres.value(holder, "select pg_advisory_lock(55)");
        Postgres.run(other, Sql.update("set lock_timeout = 50"));
        Throwable failure = catchThrowable(() -> Postgres.value(other, "select pg_advisory_lock(55)"));
        assertThat(verdict("55P03", Phase.EXECUTE, failure))
                .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.ROLLED_BACK));
        Postgres.value(holder, "select pg_advisory_unlock(55)");
    }

    @Test
    void statementCancelledByAnotherKeeps() throws Exception {
        JdbcConnection connection = postgres.open();
        String pid = Postgres.value(connection, "select pg_backend_pid()");
        var running = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> Postgres.value(connection, "select pg_sleep(20)")));
        JdbcConnection other = postgres.open();
        String sleeping = "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and pid = " + pid;
        Awaitility.await().until(() -> Postgres.value(other, sleeping).equals("1"));
        Postgres.value(other, "select pg_cancel_backend(" + pid + ")");
        assertThat(verdict("57014", Phase.EXECUTE, running.get(20, TimeUnit.SECONDS)))
                .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN));
        assertThat(Postgres.value(connection, "select 'sound'")).isEqualTo("sound");
    }

    @Test
    void shutdownInMidStatementClears() throws Exception {
        try (TestServer server = TestServers.start(Product.POSTGRES);
                var own = new Postgres(PoolUri.parse(server.uri()).hosts().get(0), ResetPolicy.DIRTY, Map.of())) {
            JdbcConnection connection = own.open();
            var running = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> Postgres.value(connection, "select pg_sleep(20)")));
            JdbcConnection other = own.open();
            String sleeping = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'";
            Awaitility.await().until(() -> Postgres.value(other, sleeping).equals("1"));
            server.stop();
            assertThat(verdict("57P01", Phase.EXECUTE, running.get(20, TimeUnit.SECONDS)))
                    .isEqualTo(new Verdict(ConnectionFate.CLEAR, CallFate.UNKNOWN));
        }
    }

    /** SIGTERM is a smart shutdown: it waits for the sessions that are there, and lets nobody in. */
    @Test
    void serverThatLetsNobodyInIsNotExecutedClearsAndIsLeftAlone() throws Exception {
        try (TestServer server = TestServers.start(Product.POSTGRES);
                var own = new Postgres(PoolUri.parse(server.uri()).hosts().get(0), ResetPolicy.DIRTY, Map.of())) {
            JdbcConnection holding = own.open();
            String pid = Postgres.value(holding, "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
            ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroy();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(catchThrowable(own::open)).isNotNull());
            Throwable failure = catchThrowable(own::open);
            assertThat(verdict("57P03", Phase.CONNECT, failure))
                    .isEqualTo(new Verdict(ConnectionFate.CLEAR, CallFate.NOT_EXECUTED));
            assertThat(classifier.pushBack(failure)).contains(Duration.ofMillis(200));
        }
    }

    @Test
    void connectionCutInMidReplyIsUnknownAndThenNotSentTo() throws Exception {
        try (FaultProxy proxy = proxy();
                var proxied = new Postgres(Postgres.at(proxy.port()), ResetPolicy.DIRTY, Map.of())) {
            JdbcConnection connection = proxied.open();
            proxy.cutMidReply();
            Throwable failure = catchThrowable(() -> Postgres.value(connection, "select repeat('x', 1000)"));
            assertThat(verdict("08006", Phase.EXECUTE, failure)).isEqualTo(UNKNOWN);
            Throwable later = catchThrowable(() -> Postgres.value(connection, "select 1"));
            assertThat(later).isInstanceOf(NotSentException.class);
            assertThat(verdict("08003", Phase.EXECUTE, later))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        }
    }

    /** The driver does not see that the peer has gone until it reads: what it sends may have arrived. */
    @Test
    void connectionResetBeforeTheSendIsUnknown() throws Exception {
        try (FaultProxy proxy = proxy();
                var proxied = new Postgres(Postgres.at(proxy.port()), ResetPolicy.DIRTY, Map.of())) {
            JdbcConnection connection = proxied.open();
            proxy.reset();
            Throwable failure = catchThrowable(() -> Postgres.value(connection, "select 1"));
            assertThat(verdict("08006", Phase.EXECUTE, failure)).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void commitCutInMidReplyIsUnknown() throws Exception {
        try (FaultProxy proxy = proxy();
                var proxied = new Postgres(Postgres.at(proxy.port()), ResetPolicy.DIRTY, Map.of())) {
            JdbcConnection connection = proxied.open();
            connection.begin(TransactionOptions.defaults(), Postgres.soon());
            Postgres.value(connection, "select 1");
            proxy.cutMidReply();
            Throwable failure = catchThrowable(() -> connection.commit(Postgres.soon()));
            assertThat(verdict("08006", Phase.COMMIT, failure))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN));
        }
    }

    private static FaultProxy proxy() {
        return FaultProxy.before(
                Postgres.server().host(), Postgres.server().port().orElseThrow());
    }
}
