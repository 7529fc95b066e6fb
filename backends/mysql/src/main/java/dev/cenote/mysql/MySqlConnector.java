package dev.cenote.mysql;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.Permit;
import dev.cenote.jdbc.Dialect;
import dev.cenote.jdbc.JdbcConnector;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.errors.CircuitOpenException;
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
    /** One for each address; none where hosts have no circuits. */
    private final List<Circuit> circuits;

    MySqlConnector(DriverAdapter adapter, MySqlParameters parameters, ResetPolicy resetPolicy) {
        this(adapter, parameters, resetPolicy, List.of());
    }

    MySqlConnector(DriverAdapter adapter, MySqlParameters parameters, ResetPolicy resetPolicy, List<Circuit> circuits) {
        super(resetPolicy);
        this.adapter = adapter;
        this.parameters = parameters;
        this.circuits = List.copyOf(circuits);
    }

    @Override
    protected Connection connect(Deadline deadline) throws SQLException {
        List<String> addresses = parameters.addresses();
        SQLException first = null;
        for (int i = 0; i < addresses.size(); i++) {
            try {
                return connect(i, properties(deadline, addresses.size() - i));
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

    private Connection connect(int host, Properties properties) throws SQLException {
        String address = parameters.addresses().get(host);
        if (circuits.isEmpty()) {
            return adapter.connect(address, properties);
        }
        Permit permit;
        try {
            permit = circuits.get(host).acquire();
        } catch (CircuitOpenException refused) {
            throw new SQLException(refused.getMessage(), "08001", refused);
        }
        try {
            Connection connection = adapter.connect(address, properties);
            permit.success();
            return connection;
        } catch (SQLException | RuntimeException failure) {
            permit.failure(failure);
            throw failure;
        }
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
