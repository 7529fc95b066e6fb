package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.testkit.contracts.Consistency;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the data source promises, on H2. */
class DataSourceTest {
    private static final String URL = "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1";

    private CenoteDataSource source;

    @BeforeEach
    void open() throws SQLException {
        source = source(1);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists orders");
            statement.execute("create table orders(id int primary key, what varchar(40))");
        }
    }

    @AfterEach
    void close() {
        Consistency.assertAtRest(source.pool());
        source.close();
    }

    private static CenoteDataSource source(int size) {
        return CenoteDataSource.builder()
                .url(URL)
                .user("sa")
                .password("")
                .name("orders")
                .maxSize(size)
                .acquireTimeout(Duration.ofMillis(19_500))
                .build();
    }

    private int count() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from orders")) {
            result.next();
            return result.getInt(1);
        }
    }

    @Test
    void aConnectionIsReturnedAndUsedAgain() throws SQLException {
        for (int i = 0; i < 10; i++) {
            assertThat(count()).isZero();
        }
        assertThat(source.pool().stats().created()).isEqualTo(1);
    }

    @Test
    void closingTwiceNeverTouchesTheNextHolder() throws SQLException {
        Connection first = source.getConnection();
        first.close();
        try (Connection second = source.getConnection()) {
            first.close();
            assertThat(first.isClosed()).isTrue();
            assertThat(second.isClosed()).isFalse();
            assertThat(source.pool().stats().leased()).isEqualTo(1);
            assertThatThrownBy(first::createStatement)
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .hasMessage("connection is closed");
            second.createStatement().execute("select 1");
        }
    }

    @Test
    void closingFromManyThreadsGivesTheConnectionBackOnce() throws Exception {
        for (int round = 0; round < 200; round++) {
            Connection connection = source.getConnection();
            var closing = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 4; i++) {
                closing.add(CompletableFuture.runAsync(() -> {
                    try {
                        connection.close();
                    } catch (SQLException failure) {
                        throw new IllegalStateException(failure);
                    }
                }));
            }
            for (var each : closing) {
                each.get(30, TimeUnit.SECONDS);
            }
            assertThat(source.pool().stats().released())
                    .isEqualTo(source.pool().stats().acquired());
        }
    }

    @Test
    void statementsEndWithTheirConnection() throws SQLException {
        Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement("select 1");
        ResultSet result = statement.executeQuery();
        Statement driver = statement.unwrap(org.h2.jdbc.JdbcPreparedStatement.class);
        connection.close();
        assertThat(statement.isClosed()).isTrue();
        assertThat(driver.isClosed()).isTrue();
        assertThat(result.isClosed()).isTrue();
        assertThatThrownBy(statement::executeQuery)
                .isInstanceOf(SQLException.class)
                .hasMessage("statement is closed");
        assertThatThrownBy(result::next).isInstanceOf(SQLException.class);
        statement.close();
    }

    @Test
    void aDriverThatThrowsWhatItMustNotLosesNoLease() throws SQLException {
        var raw = new JdbcDataSource();
        raw.setURL(URL);
        raw.setUser("sa");
        try (var rude = CenoteDataSource.builder()
                .dataSource((DataSource) rude(DataSource.class, raw))
                .name("rude")
                .maxSize(1)
                .acquireTimeout(Duration.ofSeconds(5))
                .build()) {
            Connection connection = rude.getConnection();
            connection.createStatement();
            assertThatThrownBy(connection::close).isInstanceOf(IllegalStateException.class);
            connection.close();
            rude.getConnection().close();
            assertThat(rude.pool().stats().closed(CloseReason.ERROR)).isEqualTo(1);
            Consistency.assertAtRest(rude.pool());
        }
    }

    /** As the target, but that closing a statement throws an unchecked exception. */
    private static Object rude(Class<?> type, Object target) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (type == Statement.class && method.getName().equals("close")) {
                throw new IllegalStateException("broken driver");
            }
            Object result;
            try {
                result = method.invoke(target, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
            boolean isChild = method.getReturnType() == Connection.class || method.getReturnType() == Statement.class;
            return isChild ? rude(method.getReturnType(), result) : result;
        });
    }

    @Test
    void childrenGiveTheWrappersBack() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("select 1");
                ResultSet result = statement.executeQuery();
                ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(result.getStatement()).isSameAs(statement);
            assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
            assertThat(tables.next()).isTrue();
            if (tables.getStatement() != null) {
                assertThat(tables.getStatement().getConnection()).isSameAs(connection);
            }
        }
    }

    @Test
    void anOpenTransactionIsRolledBackOnReturn() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate("insert into orders values (1, 'boots')");
        }
        assertThat(count()).isZero();
        try (Connection connection = source.getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate("insert into orders values (1, 'boots')");
            connection.commit();
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void whatRunsAfterACommitIsRolledBackToo() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("insert into orders values (?, 'boots')")) {
                insert.setInt(1, 1);
                insert.executeUpdate();
                connection.commit();
                insert.setInt(1, 2);
                insert.executeUpdate();
            }
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void changedSettingsAreRestored() throws SQLException {
        int isolation;
        int holdability;
        String schema;
        try (Connection connection = source.getConnection()) {
            isolation = connection.getTransactionIsolation();
            holdability = connection.getHoldability();
            schema = connection.getSchema();
            connection.createStatement().execute("create schema if not exists other");
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
            connection.setSchema("OTHER");
            connection.setAutoCommit(false);
        }
        try (Connection connection = source.getConnection()) {
            assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
            assertThat(connection.getHoldability()).isEqualTo(holdability);
            assertThat(connection.getSchema()).isEqualTo(schema);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
        }
        assertThat(source.pool().stats().created()).isEqualTo(1);
    }

    @Test
    void whatWasChangedThroughTheDriversOwnObjectIsRestored() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.unwrap(org.h2.jdbc.JdbcConnection.class).setAutoCommit(false);
        }
        try (Connection connection = source.getConnection()) {
            assertThat(connection.unwrap(org.h2.jdbc.JdbcConnection.class).getAutoCommit())
                    .isTrue();
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(connection.isWrapperFor(org.h2.jdbc.JdbcConnection.class))
                    .isTrue();
        }
    }

    @Test
    void connectionsComeWithTheSettingsAskedFor() throws SQLException {
        try (var readOnly = CenoteDataSource.builder()
                        .url(URL)
                        .user("sa")
                        .autoCommit(false)
                        .transactionIsolation(Connection.TRANSACTION_SERIALIZABLE)
                        .build();
                Connection connection = readOnly.getConnection()) {
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(true);
            connection.close();
            try (Connection next = readOnly.getConnection()) {
                assertThat(next.getAutoCommit()).isFalse();
            }
        }
    }

    @Test
    void anErrorOfTheStatementKeepsTheConnection() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("selec 1")).isInstanceOf(SQLException.class);
        }
        assertThat(source.pool().stats().closed()).isEmpty();
    }

    @Test
    void anErrorOfTheConnectionClosesIt() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.unwrap(org.h2.jdbc.JdbcConnection.class).close(); // as if the server had gone
            assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
        }
        Consistency.until(
                source.pool(),
                "it is closed",
                stats -> stats.closed().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        == 1);
        assertThat(count()).isZero();
    }

    @Test
    void abortEndsTheLease() throws SQLException {
        Connection connection = source.getConnection();
        connection.abort(Runnable::run);
        assertThat(connection.isClosed()).isTrue();
        Consistency.until(source.pool(), "it is closed", stats -> stats.closed(CloseReason.ERROR) == 1);
        connection.close();
        connection.abort(Runnable::run);
    }

    @Test
    void anExhaustedPoolSaysWhoHoldsIt() throws SQLException {
        try (Connection held = source.getConnection()) {
            source.pool().timeouts(source.pool().timeouts().withAcquire(Duration.ofMillis(20)));
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("pool orders: no connection within")
                    .hasMessageContaining(Thread.currentThread().getName())
                    .hasCauseInstanceOf(PoolExhaustedException.class);
            assertThat(held.isValid(1)).isTrue();
        }
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws SQLException {
        try (Connection held = source.getConnection()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(held.isClosed()).isFalse();
        }
    }

    @Test
    void aClosedPoolRefuses() throws SQLException {
        var closed = source(1);
        closed.close();
        assertThatThrownBy(closed::getConnection).isInstanceOf(SQLNonTransientConnectionException.class);
    }

    @Test
    void anotherUserIsRefused() throws SQLException {
        source.getConnection("sa", "").close();
        assertThatThrownBy(() -> source.getConnection("other", "secret"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void itWrapsAnotherDataSource() throws SQLException {
        var h2 = new JdbcDataSource();
        h2.setURL(URL);
        h2.setUser("sa");
        try (var wrapping = CenoteDataSource.builder().dataSource(h2).build();
                Connection connection = wrapping.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
            assertThat(wrapping.unwrap(JdbcDataSource.class)).isSameAs(h2);
            assertThat(wrapping.isWrapperFor(JdbcDataSource.class)).isTrue();
        }
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> CenoteDataSource.builder().build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("one of url, dataSource, dataSourceClassName and jndiName must be set, were 0");
        assertThatThrownBy(() -> CenoteDataSource.builder()
                        .url("jdbc:none://u:secret@host/db")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("url must be one that a driver on the class path knows, was jdbc:none:");
        assertThatThrownBy(() -> CenoteDataSource.builder()
                        .dataSource(new JdbcDataSource())
                        .driverProperty("ssl", "true")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("driver properties must go with url, were [ssl]");
        assertThatThrownBy(() -> source.setLoginTimeout(-1))
                .isInstanceOf(SQLException.class)
                .hasMessage("seconds must be >= 0, was -1");
    }

    @Test
    void theLoginTimeoutIsTheAcquireTimeout() throws SQLException {
        assertThat(source.getLoginTimeout()).isEqualTo(20);
        source.setLoginTimeout(3);
        assertThat(source.pool().timeouts().acquire()).isEqualTo(Duration.ofSeconds(3));
        source.setLoginTimeout(0); // JDBC's word for the default
        assertThat(source.pool().timeouts().acquire()).isEqualTo(Duration.ofMillis(19_500));
    }

    @Test
    void thePasswordIsShownNowhere() {
        try (var secret = CenoteDataSource.builder()
                .url(URL)
                .user("sa")
                .password("hush-hush")
                .build()) {
            assertThat(secret.toString()).doesNotContain("hush-hush");
        }
    }

    @Test
    void anOverriddenVerdictDecidesWhetherAConnectionIsKept() throws SQLException {
        try (var overridden = CenoteDataSource.builder()
                .url(URL)
                .user("sa")
                .password("")
                .maxSize(1)
                .verdict("42S02", verdict -> verdict.withConnection(ConnectionFate.EVICT))
                .build()) {
            try (Connection connection = overridden.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("selec 1")).isInstanceOf(SQLException.class);
                assertThat(connection.isValid(5)).isTrue();
                assertThatThrownBy(() -> statement.execute("delete from none_such"))
                        .isInstanceOf(SQLException.class);
            }
            overridden.getConnection().close();
            assertThat(overridden.pool().stats().created()).isEqualTo(2);
        }
        assertThatThrownBy(() -> CenoteDataSource.builder().verdict(" ", verdict -> verdict))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("code must not be blank, was \" \"");
    }
}
