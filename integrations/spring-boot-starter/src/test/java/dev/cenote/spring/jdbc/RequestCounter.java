package dev.cenote.spring.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A data source, made by its class name, whose connections note what they are told. */
public final class RequestCounter extends AbstractDataSource {
    private final JdbcDataSource h2 = new JdbcDataSource();
    private final AtomicInteger begun = new AtomicInteger();
    private final List<String> catalogs = new CopyOnWriteArrayList<>();
    private String tag = "";

    public RequestCounter() {
        h2.setURL("jdbc:h2:mem:requests");
    }

    public void setTag(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }

    public int begun() {
        return begun.get();
    }

    /** The catalogs that were asked for. */
    public List<String> catalogs() {
        return catalogs;
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
                    if (method.getName().equals("setCatalog")) {
                        catalogs.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(raw, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
