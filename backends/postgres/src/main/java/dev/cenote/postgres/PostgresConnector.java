package dev.cenote.postgres;

import dev.cenote.jdbc.Dialect;
import dev.cenote.jdbc.JdbcConnector;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.protocols.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections with pgjdbc. */
final class PostgresConnector extends JdbcConnector {
    private final Driver driver = new Driver();
    private final PostgresParameters parameters;
    private final Dialect dialect;

    PostgresConnector(PostgresParameters parameters, ResetPolicy resetPolicy) {
        super(resetPolicy);
        this.parameters = parameters;
        this.dialect = new PostgresDialect(parameters.properties());
    }

    /**
     * pgjdbc's socket time-outs are whole seconds, and for one step only. Its login time-out bounds the whole and takes
     * fractions; the thread that it starts for this ends by the others.
     */
    @Override
    protected Connection connect(Deadline deadline) throws SQLException {
        Properties properties = parameters.copy();
        if (deadline.isLimited()) {
            int millis = deadline.remainingMillis(Integer.MAX_VALUE / 2);
            int seconds = (millis + 999) / 1000;
            PGProperty.LOGIN_TIMEOUT.set(properties, String.format(Locale.ROOT, "%.3f", millis / 1000.0));
            PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
            PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
        }
        Connection connection = driver.connect(parameters.url(), properties);
        if (connection == null) {
            throw new SQLException("pgjdbc does not take the URL " + parameters.url());
        }
        return connection;
    }

    @Override
    protected Dialect dialect(Connection connection) {
        return dialect;
    }

    @Override
    public String toString() {
        return "PostgresConnector[" + parameters + "]";
    }
}
