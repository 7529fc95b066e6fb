package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.NotSentException;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read from a real server that is full or going, and from a network that fails, by either driver. */
class RealOutagesTest {
    private static final Verdict UNKNOWN = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);
    private static final Verdict INTERRUPTED = new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN);

    private final MySqlClassifier classifier = new MySqlClassifier();

    @BeforeAll
    static void createDatabase() throws Exception {
        MySql.createDatabase();
    }

    private static MySql to(TestServer server, MySqlDriver driver) {
        HostAndPort address = PoolUri.parse(server.uri()).hosts().get(0);
        return new MySql(driver, address, Optional.empty(), MySql.user(), Map.of());
    }

    private static TestServer own() {
        return TestServers.start(Product.MARIADB, ServerOptions.defaults().withPassword("right"));
    }

    private static FaultProxy proxy() {
        return FaultProxy.before(MySql.server().host(), MySql.server().port().orElseThrow());
    }

    /** Runs {@code sql} elsewhere, and waits until the server is at it. */
    private static CompletableFuture<Throwable> start(MySql mysql, JdbcConnection connection, String sql)
            throws Exception {
        String id = MySql.value(connection, "select connection_id()");
        var running = CompletableFuture.supplyAsync(() -> catchThrowable(() -> MySql.value(connection, sql)));
        JdbcConnection other = mysql.open();
        String atIt = "select count(*) from information_schema.processlist where state = 'User sleep' and id = " + id;
        Awaitility.await().until(() -> MySql.value(other, atIt).equals("1"));
        return running;
    }

    @ParameterizedTest
    @EnumSource
    void serverThatIsFullIsNotExecutedAndLeftAlone(MySqlDriver driver) throws Exception {
        try (TestServer server = own();
                var mysql = to(server, driver)) {
            MySql.run(mysql.open(), Sql.update("set global max_connections = 10"));
            Throwable failure = catchThrowable(() -> {
                for (int i = 0; i < 20; i++) {
                    mysql.open();
                }
            });
            assertThat(classifier.codes(failure)).as(failure.toString()).startsWith("1040");
            assertThat(classifier.classify(failure, Phase.CONNECT))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
            assertThat(classifier.pushBack(failure)).contains(Duration.ofMillis(200));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shutdownInMidStatementIsUnknown(MySqlDriver driver) throws Exception {
        try (TestServer server = own();
                var mysql = to(server, driver)) {
            var running = start(mysql, mysql.open(), "select sleep(30) from (select 1 union select 2) as twice");
            server.stop();
            Throwable failure = running.get(20, TimeUnit.SECONDS);
            System.out.println(driver + ": shut down in mid-statement: " + failure);
            Verdict verdict = classifier.classify(failure, Phase.EXECUTE);
            assertThat(verdict.connection()).as(failure.toString()).isNotEqualTo(ConnectionFate.KEEP);
            assertThat(verdict.call()).isEqualTo(CallFate.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void statementCancelledByAnotherKeeps(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            String id = MySql.value(connection, "select connection_id()");
            var running = start(mysql, connection, "select sleep(20) from (select 1 union select 2) as twice");
            MySql.run(mysql.open(), Sql.update("kill query " + id));
            Throwable failure = running.get(20, TimeUnit.SECONDS);
            assertThat(classifier.codes(failure)).as(failure.toString()).startsWith("1317");
            assertThat(classifier.classify(failure, Phase.EXECUTE)).isEqualTo(INTERRUPTED);
            assertThat(MySql.value(connection, "select 'sound'")).isEqualTo("sound");
        }
    }

    @ParameterizedTest
    @EnumSource
    void statementThatTookTooLongKeeps(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            MySql.run(connection, Sql.update("set max_statement_time = 0.05"));
            Throwable failure = catchThrowable(
                    () -> MySql.value(connection, "select sleep(20) from (select 1 union select 2) as twice"));
            assertThat(classifier.codes(failure)).as(failure.toString()).startsWith("1969");
            assertThat(classifier.classify(failure, Phase.EXECUTE)).isEqualTo(INTERRUPTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionCutInMidReplyIsUnknownAndThenNotSentTo(MySqlDriver driver) throws Exception {
        try (FaultProxy proxy = proxy();
                var proxied = new MySql(driver, MySql.at(proxy.port()), Map.of())) {
            JdbcConnection connection = proxied.open();
            proxy.cutMidReply();
            Throwable failure = catchThrowable(() -> MySql.value(connection, "select repeat('x', 1000)"));
            assertThat(classifier.classify(failure, Phase.EXECUTE))
                    .as(failure.toString())
                    .isEqualTo(UNKNOWN);
            Throwable later = catchThrowable(() -> MySql.value(connection, "select 1"));
            assertThat(later).isInstanceOf(NotSentException.class);
            assertThat(classifier.classify(later, Phase.EXECUTE))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        }
    }

    /** The driver does not see that the peer has gone until it reads: what it sends may have arrived. */
    @ParameterizedTest
    @EnumSource
    void connectionResetBeforeTheSendIsUnknown(MySqlDriver driver) throws Exception {
        try (FaultProxy proxy = proxy();
                var proxied = new MySql(driver, MySql.at(proxy.port()), Map.of())) {
            JdbcConnection connection = proxied.open();
            proxy.reset();
            Throwable failure = catchThrowable(() -> MySql.value(connection, "select 1"));
            assertThat(classifier.classify(failure, Phase.EXECUTE))
                    .as(failure.toString())
                    .isEqualTo(UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void commitCutInMidReplyIsUnknown(MySqlDriver driver) throws Exception {
        try (FaultProxy proxy = proxy();
                var proxied = new MySql(driver, MySql.at(proxy.port()), Map.of())) {
            JdbcConnection connection = proxied.open();
            connection.begin(TransactionOptions.defaults(), MySql.soon());
            MySql.value(connection, "select 1");
            proxy.cutMidReply();
            Throwable failure = catchThrowable(() -> connection.commit(MySql.soon()));
            assertThat(classifier.classify(failure, Phase.COMMIT))
                    .as(failure.toString())
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN));
        }
    }
}
