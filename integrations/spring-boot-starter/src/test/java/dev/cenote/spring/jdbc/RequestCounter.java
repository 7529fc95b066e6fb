package dev.cenote.spring.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A data source, made by its class name, whose connections count the requests that they are told of. */
public final class RequestCounter extends AbstractDataSource {
    private final JdbcDataSource h2 = new JdbcDataSource();
    private final AtomicInteger begun = new AtomicInteger();
    private String tag = "";

    public RequestCounter() {
        h2.setURL("jdbc:h2:mem:requests");
    }

    public void setTag(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }

    int begun() {
        return begun.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return counted(h2.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return counted(h2.getConnection(user, password));
    }

    private Connection counted(Connection raw) {
        return (Connection) Proxy.newProxyInstance(
                RequestCounter.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("beginRequest")) {
                        begun.incrementAndGet();
                    }
                    try {
                        return method.invoke(raw, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
