package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Deadline;
import dev.cenote.testkit.contracts.Consistency;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What is left to a connection's closing after the deadline has the time that cleaning up has. */
class CleanUpTest {
    private int networkTimeout;
    private int whenStatementWasClosed = -1;

    private DataSource h2() {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:cleanup;DB_CLOSE_DELAY=-1");
        h2.setUser("sa");
        return (DataSource) as(DataSource.class, h2);
    }

    /** As H2, but with a network time-out. */
    private Object as(Class<?> type, Object target) {
        return Proxy.newProxyInstance(
                CleanUpTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                    switch (method.getName()) {
                        case "getNetworkTimeout":
                            return networkTimeout;
                        case "setNetworkTimeout":
                            networkTimeout = (Integer) args[1];
                            return null;
                        default:
                            break;
                    }
                    if (type == Statement.class && method.getName().equals("close")) {
                        whenStatementWasClosed = networkTimeout;
                    }
                    try {
                        Object result = method.invoke(target, args);
                        Class<?> given = method.getReturnType();
                        return given == Connection.class || given == Statement.class ? as(given, result) : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @Test
    void whatIsOpenIsClosedWithinTheTimeOfCleaningUp() throws SQLException {
        try (CenoteDataSource source = CenoteDataSource.builder()
                .dataSource(h2())
                .maxSize(1)
                .resetTimeout(Duration.ofSeconds(4))
                .build()) {
            Connection connection = source.getConnection();
            Deadline deadline = Deadline.after(Duration.ofMillis(300));
            deadline.<Void, SQLException>call(() -> {
                ResultSet rows = connection.createStatement().executeQuery("select 1");
                assertThat(rows.next()).isTrue();
                Awaitility.await().until(deadline::isExpired);
                connection.close();
                return null;
            });
            assertThat(whenStatementWasClosed).isEqualTo(4_000);
            assertThat(networkTimeout).isZero();
            Consistency.assertAtRest(source.pool());
        }
    }
}
