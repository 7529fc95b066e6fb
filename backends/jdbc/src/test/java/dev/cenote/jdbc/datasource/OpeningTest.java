package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Deadline;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of a connection that is being prepared, and of one that is ready. */
class OpeningTest {
    private static final String URL = "jdbc:h2:mem:opening;DB_CLOSE_DELAY=-1";

    private final CountDownLatch aborted = new CountDownLatch(1);

    private Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                OpeningTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (method.getName().equals("abort")) {
                        aborted.countDown();
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
    }

    @Test
    void aConnectionThatIsReadyIsNotEnded() throws Exception {
        Opening opening = Opening.begin(connection(), Deadline.after(Duration.ofMillis(200)));
        opening.ready();
        assertThat(aborted.await(500, TimeUnit.MILLISECONDS)).isFalse();
        opening.end();
    }

    @Test
    void aConnectionThatIsNotReadyInTimeIsEnded() throws Exception {
        Opening opening = Opening.begin(connection(), Deadline.after(Duration.ofMillis(1)));
        assertThat(aborted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(opening::ready).isInstanceOf(SQLException.class);
        opening.end();
    }

    @Test
    void nothingKeepsAConnectionThatIsReady() throws SQLException {
        WeakReference<Connection> opened = opened();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> {
            System.gc();
            assertThat(opened.get()).isNull();
        });
    }

    private WeakReference<Connection> opened() throws SQLException {
        Connection raw = connection();
        Opening opening = Opening.begin(raw, Deadline.after(Duration.ofHours(1)));
        opening.ready();
        opening.end();
        return new WeakReference<>(raw);
    }

    /** H2's {@code abort} does nothing, and what waits for a lock heeds no cancel. */
    @Test
    void aConnectionThatItsDriverCannotAbortIsClosed() throws SQLException {
        try (Connection other = DriverManager.getConnection(URL, "sa", "");
                Statement statement = other.createStatement()) {
            statement.execute("create table held (id int primary key)");
            statement.execute("insert into held values (1)");
            other.setAutoCommit(false);
            statement.executeQuery("select id from held for update").close();
            CenoteDataSource source = CenoteDataSource.builder()
                    .url(URL + ";LOCK_TIMEOUT=60000")
                    .user("sa")
                    .maxSize(1)
                    .connectionInitSql("select id from held for update")
                    .connectTimeout(Duration.ofMillis(100))
                    .acquireTimeout(Duration.ofMillis(300))
                    .build();
            try (source) {
                assertThatThrownBy(source::getConnection).isInstanceOf(SQLTransientConnectionException.class);
                assertThat(sessions(statement)).as("it waits for the lock").isGreaterThan(1);
            }
            other.rollback();
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(sessions(statement)).isEqualTo(1));
        }
    }

    private static int sessions(Statement statement) throws SQLException {
        try (ResultSet count = statement.executeQuery("select count(*) from information_schema.sessions")) {
            count.next();
            return count.getInt(1);
        }
    }
}
