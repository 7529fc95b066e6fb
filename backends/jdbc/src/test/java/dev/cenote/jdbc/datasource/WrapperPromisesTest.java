package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Activity;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.testkit.contracts.Consistency;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the wrappers promise beyond forwarding: ends, misuse, errors on the way, time-outs, what runs. */
class WrapperPromisesTest {
    private static final String URL = "jdbc:h2:mem:promises;DB_CLOSE_DELAY=-1";

    /** Takes every error that reaches it for the end of the connection. */
    private static final Classifier STRICT = (error, phase) -> new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);

    /** How often each method of the driver's was called, as {@code Statement.close}. */
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    /** What is done as a method of the driver's is called. */
    private final Map<String, Consumer<Object[]>> during = new ConcurrentHashMap<>();

    private final CenoteDataSource source = builder().build();

    private CenoteDataSourceBuilder builder() {
        var h2 = new JdbcDataSource();
        h2.setURL(URL);
        h2.setUser("sa");
        return CenoteDataSource.builder()
                .dataSource((DataSource) watched(DataSource.class, h2))
                .name("promises")
                .maxSize(1)
                .acquireTimeout(Duration.ofSeconds(10));
    }

    /** As the target; calls are counted, and what they give is watched too. */
    private Object watched(Class<?> type, Object target) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
            calls.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
            during.getOrDefault(name, none -> {}).accept(arguments);
            Object result;
            try {
                result = method.invoke(target, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
            Class<?> given = method.getReturnType();
            boolean isChild = result != null
                    && given.isInterface()
                    && given.getPackageName().equals("java.sql");
            return isChild ? watched(given, result) : result;
        });
    }

    private int calls(String method) {
        return Optional.ofNullable(calls.get(method)).map(AtomicInteger::get).orElse(0);
    }

    @AfterEach
    void close() {
        Consistency.assertAtRest(source.pool());
        source.close();
    }

    // ---- the ends

    @Test
    void everythingIsClosedWithItsConnection() throws SQLException {
        Connection connection = source.getConnection();
        Statement first = connection.createStatement();
        PreparedStatement second = connection.prepareStatement("select 1");
        ResultSet results = second.executeQuery();
        ResultSet tables = connection.getMetaData().getTables(null, null, "%", null);
        connection.close();
        assertThat(List.of(first.isClosed(), second.isClosed(), results.isClosed(), tables.isClosed()))
                .containsOnly(true);
        assertThat(calls("Statement.close") + calls("PreparedStatement.close")).isEqualTo(2);
        connection.close();
        first.close();
        second.close();
        assertThat(calls("Statement.close") + calls("PreparedStatement.close")).isEqualTo(2);
    }

    @Test
    void resultSetsAreClosedWithTheirStatement() throws SQLException {
        try (Connection connection = source.getConnection()) {
            Statement statement = connection.createStatement();
            ResultSet results = statement.executeQuery("select 1");
            statement.close();
            assertThat(results.isClosed()).isTrue();
            results.close();
            statement.close();
            assertThatThrownBy(results::getStatement).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aStatementMayCloseOnCompletion() throws SQLException {
        try (Connection connection = source.getConnection()) {
            Statement statement = connection.createStatement();
            statement.closeOnCompletion();
            assertThat(statement.isCloseOnCompletion()).isTrue();
            ResultSet results = statement.executeQuery("select 1");
            results.close();
            assertThat(statement.isClosed()).isTrue();
            assertThatThrownBy(() -> statement.execute("select 1")).hasMessage("statement is closed");
        }
    }

    @Test
    void whatIsClosedSaysSoInTheWordsOfTheStandard() throws SQLException {
        Connection connection = source.getConnection();
        DatabaseMetaData facts = connection.getMetaData();
        Statement statement = connection.createStatement();
        connection.close();
        for (Use use : List.<Use>of(
                connection::createStatement,
                connection::commit,
                connection::getMetaData,
                () -> connection.setReadOnly(true),
                () -> connection.setNetworkTimeout(Runnable::run, 1),
                () -> connection.unwrap(org.h2.jdbc.JdbcConnection.class),
                () -> facts.getTables(null, null, "%", null),
                facts::getDatabaseProductName)) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("08003");
        }
        assertThatThrownBy(() -> statement.executeQuery("select 1"))
                .isInstanceOf(SQLException.class)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("HY010");
        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
    }

    /** Something that is done with JDBC. */
    private interface Use {
        void run() throws SQLException;
    }

    /** Its result set would come from the connection that is the next holder's. */
    @Test
    void metaDataOfAClosedConnectionDoesNotReachTheNextHolders() throws SQLException {
        Connection first = source.getConnection();
        DatabaseMetaData facts = first.getMetaData();
        first.close();
        try (Connection next = source.getConnection()) {
            assertThatThrownBy(() -> facts.getTables(null, null, "%", null)).isInstanceOf(SQLException.class);
            assertThat(calls("DatabaseMetaData.getTables")).isZero();
            assertThat(next.isClosed()).isFalse();
        }
    }

    @Test
    void aResultSetOfTheMetaDataLeavesTheListWhenClosed() throws SQLException {
        try (Connection connection = source.getConnection()) {
            ResultSet tables = connection.getMetaData().getTables(null, null, "%", null);
            tables.close();
            tables.close();
            connection.close();
            assertThat(calls("ResultSet.close")).isEqualTo(2);
        }
    }

    @Test
    void abortReachesTheDriverAndEndsTheLease() throws SQLException {
        Connection connection = source.getConnection();
        Executor executor = Runnable::run;
        connection.abort(executor);
        assertThat(calls("Connection.abort")).isPositive();
        assertThatThrownBy(connection::createStatement).isInstanceOf(SQLNonTransientConnectionException.class);
        Consistency.until(source.pool(), "it is closed", stats -> stats.closed(CloseReason.ERROR) == 1);
    }

    @Test
    void theNetworkTimeoutReachesTheDriverAndIsRestored() throws SQLException {
        var set = new ArrayList<Object>();
        during.put("Connection.setNetworkTimeout", arguments -> set.add(arguments[1]));
        try (Connection connection = source.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, 1234);
        }
        assertThat(set.get(0)).isEqualTo(1234);
        assertThat(set.get(set.size() - 1)).isEqualTo(0);
    }

    // ---- misuse is no fault of the connection

    @Test
    void misuseDoesNotEvict() throws SQLException {
        try (CenoteDataSource strict = builder().classifier(STRICT).build()) {
            try (Connection connection = strict.getConnection()) {
                Statement statement = connection.createStatement();
                statement.close();
                assertThatThrownBy(() -> statement.execute("select 1")).hasMessage("statement is closed");
                try (Statement late = connection.createStatement()) {
                    Deadline.after(Duration.ofNanos(1)).<Void, SQLException>call(() -> {
                        assertThatThrownBy(() -> late.execute("select 1"))
                                .isInstanceOf(SQLTimeoutException.class)
                                .hasMessage("nothing was sent: the deadline had passed");
                        return null;
                    });
                }
            }
            assertThat(strict.pool().stats().closed()).isEmpty();
            try (Connection connection = strict.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("selec 1")).isInstanceOf(SQLException.class);
            }
            Consistency.until(
                    strict.pool(), "the driver's error evicts", stats -> stats.closed(CloseReason.ERROR) == 1);
        }
    }

    // ---- time-outs

    @Test
    void aStatementEndsByTheDeadlineOfItsCall() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("select 1")) {
            var set = new ArrayList<Object>();
            during.put("Statement.setQueryTimeout", arguments -> set.add(arguments[0]));
            Deadline.after(Duration.ofMillis(90_500)).<Void, SQLException>call(() -> {
                statement.executeQuery();
                return null;
            });
            assertThat(set).containsExactly(91, 0);
            statement.executeQuery();
            assertThat(set).hasSize(2);
        }
    }

    @Test
    void aShorterTimeoutOfTheUsersStays() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(5);
            var set = new ArrayList<Object>();
            during.put("Statement.setQueryTimeout", arguments -> set.add(arguments[0]));
            Deadline.after(Duration.ofMinutes(5)).<Void, SQLException>call(() -> {
                statement.execute("select 1");
                return null;
            });
            assertThat(set).isEmpty();
            statement.setQueryTimeout(0);
        }
    }

    @Test
    void aPoolMayGiveEachStatementATimeout() throws SQLException {
        try (CenoteDataSource limited =
                        builder().statementTimeout(Duration.ofMillis(2_500)).build();
                Connection connection = limited.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.getQueryTimeout()).isEqualTo(3);
            statement.setQueryTimeout(9);
            assertThat(statement.getQueryTimeout()).isEqualTo(9);
            statement.setQueryTimeout(0);
        }
    }

    @Test
    void aConnectionIsNotWaitedForBeyondTheDeadline() throws SQLException {
        try (Connection held = source.getConnection()) {
            Deadline.after(Duration.ofMillis(20)).<Void, SQLException>call(() -> {
                assertThatThrownBy(source::getConnection)
                        .cause()
                        .isInstanceOfSatisfying(
                                AcquireTimeoutException.class,
                                failure -> assertThat(failure.waited())
                                        .as("less than the pool's acquire time-out")
                                        .isLessThan(Duration.ofSeconds(5)));
                return null;
            });
            assertThat(held.isClosed()).isFalse();
        }
    }

    /** The driver has no network time-out, and does not heed a cancel. */
    @Test
    @Timeout(30)
    void aConnectionThatIsNotReadyInTimeIsAborted() throws InterruptedException {
        var aborted = new CountDownLatch(1);
        during.put("Statement.execute", init -> awaitQuietly(aborted));
        during.put("Connection.abort", none -> aborted.countDown());
        try (CenoteDataSource hanging = builder()
                .connectionInitSql("select 1")
                .connectTimeout(Duration.ofMillis(50))
                .acquireTimeout(Duration.ofMillis(100))
                .build()) {
            assertThatThrownBy(hanging::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            aborted.await();
            assertThat(calls("Statement.cancel")).isPositive();
        } finally {
            during.clear();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException unheeded) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** An error that is no SQLException must not lose the connection. */
    @Test
    void aConnectionIsClosedWhateverBreaksItsPreparation() {
        during.put("Statement.execute", init -> {
            throw new NoSuchMethodError("of another version");
        });
        try (CenoteDataSource broken = builder()
                .connectionInitSql("select 1")
                .acquireTimeout(Duration.ofMillis(200))
                .build()) {
            assertThatThrownBy(broken::getConnection).isInstanceOf(SQLException.class);
            assertThat(calls("Connection.close")).isPositive();
        } finally {
            during.clear();
        }
    }

    @Test
    void aDriverThatBreaksAsARequestBeginsLosesNoConnection() throws SQLException {
        try (CenoteDataSource requests = builder().requestBoundaries(true).build()) {
            during.put("Connection.beginRequest", none -> {
                throw new IllegalStateException("of a driver");
            });
            assertThatThrownBy(requests::getConnection).hasMessage("of a driver");
            during.clear();
            requests.getConnection().close();
            Consistency.assertAtRest(requests.pool());
        }
    }

    // ---- what runs

    @Test
    void whoHoldsAConnectionIsToldWithWhatItRuns() throws SQLException {
        var seen = new ArrayList<Holder>();
        during.put(
                "PreparedStatement.executeQuery",
                none -> seen.addAll(source.pool().holders()));
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select 1 where 'top secret' <> cast(? as varchar)")) {
            assertThat(source.pool().holders().get(0).lastOperation()).isEmpty();
            statement.setString(1, "sesame");
            statement.executeQuery();
            Holder running = seen.get(0);
            assertThat(running.lastOperation()).contains("select ? where ? <> cast(? as varchar)");
            assertThat(running.toString()).doesNotContain("secret").doesNotContain("sesame");
            assertThat(running.running()).isTrue();
            Holder after = source.pool().holders().get(0);
            assertThat(after.running()).isFalse();
            assertThat(after.lastOperation()).isEqualTo(running.lastOperation());
        }
        try (Connection next = source.getConnection()) {
            assertThat(source.pool().holders().get(0).lastOperation()).isEmpty();
            assertThat(next.isClosed()).isFalse();
        }
    }

    @Test
    void eachUseIsCountedAndAFailureEndsWhatRuns() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            JdbcSession session = ((ConnectionWrapper) connection).session();
            statement.execute("select 1");
            assertThatThrownBy(() -> statement.execute("selec 1")).isInstanceOf(SQLException.class);
            assertThat(session.activity()).contains(new Activity("selec ?", false, 2));
            statement.addBatch("set @a = 1");
            statement.executeBatch();
            assertThat(session.activity().map(Activity::uses)).contains(3L);
        }
    }

    // ---- requests

    @Test
    void theDriverIsToldOfRequestsOnlyWhereAsked() throws SQLException {
        source.getConnection().close();
        assertThat(calls("Connection.beginRequest")).isZero();
        try (CenoteDataSource telling = builder().requestBoundaries(true).build()) {
            telling.getConnection().close();
            telling.getConnection().close();
            assertThat(calls("Connection.beginRequest")).isEqualTo(2);
            assertThat(calls("Connection.endRequest")).isEqualTo(2);
            Consistency.assertAtRest(telling.pool());
        }
    }

    // ---- credentials and the first statement

    @Test
    void credentialsAreAskedForAtEachConnect() throws SQLException {
        var asked = new AtomicInteger();
        try (CenoteDataSource rotating = CenoteDataSource.builder()
                .url(URL)
                .credentials(() -> {
                    asked.incrementAndGet();
                    return new Credentials("sa", "");
                })
                .maxSize(2)
                .build()) {
            try (Connection first = rotating.getConnection();
                    Connection second = rotating.getConnection()) {
                assertThat(first.isValid(1) && second.isValid(1)).isTrue();
                assertThat(asked).hasValue(2);
            }
        }
        assertThat(new Credentials("sa", "sesame")).hasToString("Credentials[sa]");
    }

    @Test
    void theFirstStatementRunsOnEachConnectionAndIsCommitted() throws SQLException {
        try (CenoteDataSource prepared = CenoteDataSource.builder()
                        .url(URL)
                        .user("sa")
                        .autoCommit(false)
                        .connectionInitSql("set @first = 42")
                        .build();
                Connection connection = prepared.getConnection();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("select @first")) {
            assertThat(results.next()).isTrue();
            assertThat(results.getInt(1)).isEqualTo(42);
            assertThat(connection.getAutoCommit()).isFalse();
        }
    }

    /** Some drivers have none, as those that only count. */
    @Test
    void aDriverWithoutMetaDataWillDo() throws SQLException {
        during.put("Connection.getMetaData", none -> {
            throw new UnsupportedOperationException("getMetaData");
        });
        try (CenoteDataSource plain = builder().build();
                Connection connection = plain.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void aFullResetThatIsUnknownIsRefusedAtTheStart() throws SQLException {
        assertThatThrownBy(() -> CenoteDataSource.builder()
                        .url(URL)
                        .resetPolicy(dev.cenote.jdbc.ResetPolicy.FULL)
                        .build())
                .hasMessageStartingWith("resetPolicy must be DIRTY where Cenote knows no full reset")
                .hasMessageEndingWith("was FULL with jdbc:h2:mem:promises");
        try (CenoteDataSource wrapping =
                builder().resetPolicy(dev.cenote.jdbc.ResetPolicy.FULL).build()) {
            assertThatThrownBy(wrapping::getConnection)
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .hasStackTraceContaining("resetPolicy must be DIRTY where Cenote knows no full reset");
        }
        assertThatThrownBy(() ->
                        CenoteDataSource.builder().url(URL).pgBouncer(true).build())
                .hasMessageStartingWith("pgBouncer must go with PostgreSQL");
    }
}
