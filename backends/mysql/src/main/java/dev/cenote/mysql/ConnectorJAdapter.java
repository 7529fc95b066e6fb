package dev.cenote.mysql;

import com.mysql.cj.conf.PropertyDefinition;
import com.mysql.cj.conf.PropertyDefinitions;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.Driver;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.exceptions.SQLError;
import dev.cenote.jdbc.DriverParameters;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** MySQL Connector/J. */
final class ConnectorJAdapter implements DriverAdapter {
    private static final String RECONNECTS = "the pool replaces connections; a driver that does so hides lost sessions";

    private static final Map<String, String> RESERVED = Map.ofEntries(
            Map.entry("connectTimeout", "set the pool's connectTimeout"),
            Map.entry("socketTimeout", "set the pool's operationTimeout"),
            Map.entry("autoReconnect", RECONNECTS),
            Map.entry("autoReconnectForPools", RECONNECTS),
            Map.entry("reconnectAtTxEnd", RECONNECTS),
            Map.entry("dnsSrv", "name the hosts in the URI"),
            Map.entry("queryTimeoutKillsConnection", "a statement is cancelled and its connection kept"),
            Map.entry("paranoid", "it would keep sessions from being reset"));

    private final Driver driver;

    ConnectorJAdapter() {
        try {
            driver = new Driver();
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String system() {
        return "mysql";
    }

    @Override
    public Properties properties(Map<String, String> parameters) {
        DriverParameters.refuseReserved(parameters.keySet(), RESERVED);
        var properties = new Properties();
        parameters.forEach((name, value) -> {
            check(name, value);
            properties.setProperty(name, value);
        });
        return properties;
    }

    private static void check(String name, String value) {
        PropertyDefinition<?> definition = definition(name);
        if (definition == null) {
            throw DriverParameters.unknown(
                    name,
                    "MySQL Connector/J",
                    PropertyDefinitions.PROPERTY_KEY_TO_PROPERTY_DEFINITION.keySet().stream()
                            .map(PropertyKey::getKeyName)
                            .toList());
        }
        try {
            definition.parseObject(value, null);
        } catch (CJException refused) {
            throw new ConfigurationException("parameter " + name + " is wrong: " + refused.getMessage(), refused);
        }
    }

    private static @Nullable PropertyDefinition<?> definition(String name) {
        PropertyKey key = name.startsWith("xdevapi.") ? null : PropertyKey.fromValue(name);
        return key == null ? null : PropertyDefinitions.getPropertyDefinition(key);
    }

    @Override
    public Connection connect(String address, Properties properties) throws SQLException {
        Connection connection = driver.connect("jdbc:mysql://" + address, properties);
        if (connection == null) {
            throw new SQLException("MySQL Connector/J does not take the URL jdbc:mysql://" + address);
        }
        return connection;
    }

    @Override
    public void ping(Connection connection) throws SQLException {
        connection.unwrap(JdbcConnection.class).ping();
    }

    @Override
    public void reset(Connection connection) throws SQLException {
        JdbcConnection driverConnection = connection.unwrap(JdbcConnection.class);
        if (keepsServerStatements(driverConnection)) {
            // The reset ends them on the server, and the driver would go on to use those it has kept.
            throw new SQLException("a session with cached server-side statements cannot be reset");
        }
        driverConnection.resetServerState();
    }

    private static boolean keepsServerStatements(JdbcConnection connection) {
        return isOn(connection, PropertyKey.useServerPrepStmts) && isOn(connection, PropertyKey.cachePrepStmts);
    }

    private static boolean isOn(JdbcConnection connection, PropertyKey key) {
        return connection.getPropertySet().getBooleanProperty(key).getValue();
    }

    @Override
    public boolean isOwn(Connection connection) throws SQLException {
        return connection.isWrapperFor(JdbcConnection.class);
    }

    @Override
    public void requireResettable(Connection connection) throws SQLException {
        JdbcConnection own = connection.unwrap(JdbcConnection.class);
        if (keepsServerStatements(own)) {
            throw new ConfigurationException(
                    "useServerPrepStmts and cachePrepStmts must not both be true with resetPolicy FULL: the reset ends"
                            + " statements on the server that the driver would go on to use");
        }
        if (isOn(own, PropertyKey.paranoid)) {
            throw new ConfigurationException(
                    "paranoid must be false with resetPolicy FULL: " + RESERVED.get(PropertyKey.paranoid.getKeyName()));
        }
    }

    @Override
    public String sessionVariables(Connection connection) throws SQLException {
        String set = connection
                .unwrap(JdbcConnection.class)
                .getPropertySet()
                .getStringProperty(PropertyKey.sessionVariables)
                .getValue();
        return set == null ? "" : set;
    }

    @Override
    public SQLException answered(String message, String state, int code) {
        return SQLError.createSQLException(message, state, code, null);
    }

    @Override
    public SQLException lost(String message, IOException cause) {
        return SQLError.createCommunicationsException(message, cause, null);
    }
}
