package dev.cenote.mysql;

import dev.cenote.jdbc.Dialect;
import dev.cenote.jdbc.HostCircuits;
import dev.cenote.jdbc.JdbcConnector;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * Opens connections with either driver. Of several hosts the first that answers serves: the drivers' own handling of
 * them would replace a connection behind the pool's back.
 */
final class MySqlConnector extends JdbcConnector {
    private final DriverAdapter adapter;
    private final MySqlParameters parameters;
    private final HostCircuits circuits;

    MySqlConnector(DriverAdapter adapter, MySqlParameters parameters, ResetPolicy resetPolicy) {
        this(adapter, parameters, resetPolicy, HostCircuits.none());
    }

    MySqlConnector(DriverAdapter adapter, MySqlParameters parameters, ResetPolicy resetPolicy, HostCircuits circuits) {
        super(resetPolicy);
        this.adapter = adapter;
        this.parameters = parameters;
        this.circuits = circuits;
    }

    @Override
    public Database database() {
        return parameters.database();
    }

    @Override
    protected Connection connect(Deadline deadline) throws SQLException {
        List<String> addresses = parameters.addresses();
        SQLException first = null;
        for (int i = 0; i < addresses.size(); i++) {
            try {
                String address = addresses.get(i);
                Properties properties = properties(deadline, addresses.size() - i);
                return circuits.connect(i, () -> adapter.connect(address, properties));
            } catch (SQLException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        throw first == null ? new SQLException("no host is named") : first;
    }

    /** What time remains is shared among the hosts that remain. */
    private Properties properties(Deadline deadline, int hostsLeft) {
        Properties properties = parameters.copy();
        if (deadline.isLimited()) {
            String millis = String.valueOf(Math.max(1, deadline.remainingMillis(Integer.MAX_VALUE) / hostsLeft));
            properties.setProperty("connectTimeout", millis);
            properties.setProperty("socketTimeout", millis);
        }
        return properties;
    }

    @Override
    protected Dialect dialect(Connection connection) throws SQLException {
        return new MySqlDialect(adapter, MySqlSession.of(connection, parameters.sessionVariables()));
    }

    @Override
    public String toString() {
        return "MySqlConnector[" + parameters + "]";
    }
}
