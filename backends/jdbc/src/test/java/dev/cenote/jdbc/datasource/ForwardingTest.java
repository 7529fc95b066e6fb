package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Lease;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every method of the six interfaces, the default ones too, is ours and reaches the driver. */
class ForwardingTest {
    /** What a wrapper answers itself, by design. */
    private static final Set<String> ANSWERED = Set.of(
            "Connection.close",
            "Connection.isClosed",
            "Connection.getAutoCommit",
            "Statement.getConnection",
            "ResultSet.getStatement",
            "DatabaseMetaData.getConnection");

    private final List<String> reached = new ArrayList<>();

    private <T> T driver(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            reached.add(signature(method));
            return value(method.getReturnType());
        }));
    }

    private @Nullable Object value(Class<?> type) {
        if (type == boolean.class) {
            return false;
        } else if (type == int.class) {
            return 0;
        } else if (type == long.class) {
            return 0L;
        } else if (type == short.class) {
            return (short) 0;
        } else if (type == byte.class) {
            return (byte) 0;
        } else if (type == float.class) {
            return 0f;
        } else if (type == double.class) {
            return 0d;
        }
        return type.isInterface() && type.getPackageName().equals("java.sql") ? driver(type) : null;
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    private Map<Class<?>, Object> wrappers() throws SQLException {
        Connection raw = driver(Connection.class);
        var own = new ProductClassifier(new SqlStateClassifier());
        var setup = new SessionConnector.Setup(
                (credentials, deadline) -> raw,
                () -> null,
                new SessionDefaults(Map.of(), Optional.empty()),
                ResetPolicy.DIRTY,
                false,
                0,
                Database.unknown());
        var connector = new SessionConnector(setup, own, own);
        @SuppressWarnings("unchecked")
        Lease<JdbcSession> lease = (Lease<JdbcSession>) Proxy.newProxyInstance(
                Lease.class.getClassLoader(), new Class<?>[] {Lease.class}, (self, method, args) -> null);
        var connection = new ConnectionWrapper(lease, new JdbcSession(raw, connector, null));
        var statement = new PlainStatement(connection, driver(Statement.class));
        var all = new LinkedHashMap<Class<?>, Object>();
        all.put(Connection.class, connection);
        all.put(Statement.class, statement);
        all.put(
                PreparedStatement.class,
                new PreparedStatementWrapper(connection, driver(PreparedStatement.class), "select"));
        all.put(
                CallableStatement.class,
                new CallableStatementWrapper(connection, driver(CallableStatement.class), "call"));
        all.put(ResultSet.class, new ResultSetWrapper(connection, statement, null, driver(ResultSet.class)));
        all.put(DatabaseMetaData.class, new MetaDataWrapper(connection, driver(DatabaseMetaData.class)));
        return all;
    }

    @TestFactory
    List<DynamicTest> eachMethodReachesTheDriver() throws SQLException {
        var tests = new ArrayList<DynamicTest>();
        for (Class<?> type : wrappers().keySet()) {
            tests.add(DynamicTest.dynamicTest(type.getSimpleName(), () -> {
                for (Method method : methods(type)) {
                    assertReaches(type, method);
                }
            }));
        }
        return tests;
    }

    private static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    private void assertReaches(Class<?> type, Method method) throws Exception {
        Object wrapper = wrappers().get(type);
        Method own = wrapper.getClass().getMethod(method.getName(), method.getParameterTypes());
        assertThat(own.getDeclaringClass().getPackageName())
                .as("who implements %s", method)
                .isEqualTo("dev.cenote.jdbc.datasource");
        String declared = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        if (ANSWERED.contains(declared)) {
            return;
        }
        reached.clear();
        own.setAccessible(true);
        try {
            own.invoke(wrapper, arguments(method));
        } catch (InvocationTargetException thrown) {
            throw new AssertionError(method.toString(), thrown.getCause());
        }
        assertThat(reached).as("what %s reaches", method).contains(signature(method));
    }

    private Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> type == Class.class ? Runnable.class : type == boolean.class ? (Object) true : value(type))
                .toArray();
    }

    @Test
    void thereAreAsManyMethodsAsTheInterfacesHad() {
        long all = Arrays.stream(new Class<?>[] {
                    Connection.class,
                    Statement.class,
                    PreparedStatement.class,
                    CallableStatement.class,
                    ResultSet.class,
                    DatabaseMetaData.class
                })
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                .count();
        assertThat(all).isEqualTo(661);
    }
}
