package dev.cenote.spring.policies;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Its first commit throws, whatever has become of it. */
final class FailingCommits extends DelegatingDataSource {
    private final SQLException failure;
    private final boolean commits;
    private boolean failed;

    FailingCommits(DataSource source, SQLException failure, boolean commits) {
        super(source);
        this.failure = failure;
        this.commits = commits;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean fails = method.getName().equals("commit") && !failed;
                    if (!fails || commits) {
                        try {
                            Object result = method.invoke(connection, arguments);
                            if (!fails) {
                                return result;
                            }
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    }
                    failed = true;
                    throw failure;
                });
    }
}
