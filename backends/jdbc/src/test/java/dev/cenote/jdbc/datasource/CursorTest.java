package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.testkit.contracts.Consistency;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A result set that a driver gives as a value is not the driver's own. */
class CursorTest {
    private static final String URL = "jdbc:h2:mem:cursors;DB_CLOSE_DELAY=-1";

    /** The driver's own, of which there is one more at each call. */
    private interface OfDriver extends ResultSet {}

    /** Of what statement a cursor's result set says that it is. */
    private Supplier<@Nullable Statement> statementOfCursor = () -> null;

    private boolean broken;
    private int closed;

    private final CenoteDataSource source = CenoteDataSource.builder()
            .dataSource(new JdbcDataSourceOfCursors().proxy())
            .name("cursors")
            .maxSize(1)
            .acquireTimeout(Duration.ofSeconds(10))
            .build();

    /** As H2, but that each object of a row or a parameter is a cursor. */
    private final class JdbcDataSourceOfCursors {
        DataSource proxy() {
            var h2 = new JdbcDataSource();
            h2.setURL(URL);
            h2.setUser("sa");
            return (DataSource) as(DataSource.class, h2);
        }

        private Object as(Class<?> type, Object target) {
            return Proxy.newProxyInstance(
                    CursorTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                        if (method.getName().equals("getObject")) {
                            return cursor();
                        }
                        if (method.getName().equals("equals")) {
                            return self == args[0];
                        }
                        Object result;
                        try {
                            result = method.invoke(target, args);
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                        Class<?> given = method.getReturnType();
                        return result != null
                                        && given.isInterface()
                                        && given.getPackageName().equals("java.sql")
                                ? as(given, result)
                                : result;
                    });
        }
    }

    private Object cursor() {
        boolean[] isClosed = new boolean[1];
        return Proxy.newProxyInstance(
                CursorTest.class.getClassLoader(), new Class<?>[] {OfDriver.class}, (self, method, args) -> {
                    switch (method.getName()) {
                        case "next":
                            if (broken) {
                                throw new SQLNonTransientConnectionException("gone", "08006");
                            }
                            return !isClosed[0];
                        case "close":
                            closed += isClosed[0] ? 0 : 1;
                            isClosed[0] = true;
                            return null;
                        case "isClosed":
                            return isClosed[0];
                        case "getStatement":
                            return statementOfCursor.get();
                        case "getObject":
                            return cursor();
                        default:
                            throw new UnsupportedOperationException(method.toString());
                    }
                });
    }

    @AfterEach
    void close() {
        Consistency.assertAtRest(source.pool());
        source.close();
    }

    /** One of the ways to ask. */
    private interface Ask {
        Object of(ResultSet row) throws SQLException;
    }

    /** One of the ways to ask. */
    private interface AskCall {
        Object of(CallableStatement call) throws SQLException;
    }

    @Test
    void everyWayToAskARowForOneGivesAWrapper() throws SQLException {
        List<Ask> ways = List.of(
                row -> row.getObject(1),
                row -> row.getObject("A"),
                row -> row.getObject(1, Map.of()),
                row -> row.getObject("A", Map.of()),
                row -> row.getObject(1, ResultSet.class),
                row -> row.getObject("A", ResultSet.class),
                row -> row.getObject(1, Object.class));
        var kept = new ArrayList<Object>(); // or else they are forgotten
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1 a")) {
            for (Ask way : ways) {
                kept.add(way.of(row));
            }
            kept.add(((ResultSet) kept.get(0)).getObject(1));
        }
        assertThat(kept).hasSize(8).hasOnlyElementsOfType(ResultSetWrapper.class);
        assertThat(closed).isEqualTo(8);
    }

    @Test
    void everyWayToAskAParameterForOneGivesAWrapper() throws SQLException {
        List<AskCall> ways = List.of(
                call -> call.getObject(1),
                call -> call.getObject("A"),
                call -> call.getObject(1, Map.of()),
                call -> call.getObject("A", Map.of()),
                call -> call.getObject(1, ResultSet.class),
                call -> call.getObject("A", ResultSet.class));
        var kept = new ArrayList<Object>();
        try (Connection connection = source.getConnection();
                CallableStatement call = connection.prepareCall("call 1")) {
            for (AskCall way : ways) {
                kept.add(way.of(call));
            }
        }
        assertThat(kept).hasSize(6).hasOnlyElementsOfType(ResultSetWrapper.class);
        assertThat(closed).isEqualTo(6);
    }

    /** As {@code unwrap}: whoever asks for it may change everything. */
    @Test
    void whoAsksForTheDriversClassGetsIt() throws SQLException {
        try (Connection connection = source.getConnection();
                CallableStatement call = connection.prepareCall("call 1")) {
            assertThat(call.getObject(1, OfDriver.class)).isNotInstanceOf(ResultSetWrapper.class);
        }
    }

    @Test
    void isClosedWithItsConnectionAndLeavesTheListWhenClosed() throws SQLException {
        ResultSet second;
        try (Connection connection = source.getConnection();
                CallableStatement call = connection.prepareCall("call 1")) {
            ResultSet first = (ResultSet) call.getObject(1);
            first.close();
            assertThat(closed).isEqualTo(1);
            assertThat(first.isClosed()).isTrue();
            second = (ResultSet) call.getObject(1);
            assertThat(second.next()).isTrue();
        }
        assertThat(closed).isEqualTo(2);
        assertThat(second.isClosed()).isTrue();
    }

    @Test
    void itsErrorsAreRead() throws SQLException {
        try (Connection connection = source.getConnection();
                CallableStatement call = connection.prepareCall("call 1")) {
            ResultSet cursor = (ResultSet) call.getObject(1);
            broken = true;
            assertThatThrownBy(cursor::next)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(CenoteDataSource.verdictOn(failure))
                                    .isPresent());
        }
        assertThat(source.pool().stats().size())
                .as("the broken one is not kept")
                .isZero();
    }

    @Test
    void itsStatementIsTheWrapperOfTheDrivers() throws SQLException {
        try (Connection connection = source.getConnection();
                CallableStatement call = connection.prepareCall("call 1");
                Statement own = connection.createStatement()) {
            ResultSet cursor = (ResultSet) call.getObject(1);
            assertThat(cursor.getStatement()).isNull();
            statementOfCursor = () -> own;
            assertThat(cursor.getStatement())
                    .isInstanceOf(StatementWrapper.class)
                    .isNotSameAs(call);
            assertThat(cursor.getStatement().getConnection()).isSameAs(connection);
            Statement raw = ((StatementWrapper) call).delegate();
            statementOfCursor = () -> raw;
            assertThat(cursor.getStatement()).isSameAs(call);
        }
    }

    /** Nobody closes them, and a driver does not say that it does. */
    @Test
    void thoseThatNobodyHasAnyMoreAreForgotten() throws SQLException {
        try (Connection connection = source.getConnection();
                CallableStatement call = connection.prepareCall("call 1")) {
            for (int i = 0; i < 100; i++) {
                call.getObject(1);
            }
            long kept = 100;
            for (int round = 0; round < 100 && kept > 2; round++) {
                System.gc();
                call.getObject(1);
                kept = 0;
                for (OpenChild each = (OpenChild) call; each != null; each = each.previous) {
                    kept++;
                }
            }
            assertThat(kept).as("the statement, and at most two").isLessThanOrEqualTo(3);
        }
    }
}
