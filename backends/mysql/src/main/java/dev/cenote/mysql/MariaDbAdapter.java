package dev.cenote.mysql;

import dev.cenote.jdbc.DriverParameters;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;

/** MariaDB Connector/J. */
final class MariaDbAdapter implements DriverAdapter {
    private static final String URL = "jdbc:mariadb://";
    private static final String OWN_POOL = "there is one pool here already";

    private static final Map<String, String> RESERVED = Map.of(
            "connectTimeout", "set the pool's connectTimeout",
            "socketTimeout", "set the pool's operationTimeout",
            "autocommit", "begin a transaction on a lease",
            "useResetConnection", "it is always on",
            "transactionReplay", "the pool's retry policy decides what is tried again",
            "pool", OWN_POOL,
            "minPoolSize", OWN_POOL,
            "maxPoolSize", OWN_POOL);

    private final Driver driver = new Driver();

    @Override
    public String system() {
        return "mariadb";
    }

    @Override
    public Properties properties(Map<String, String> parameters) {
        DriverParameters.refuseReserved(parameters.keySet(), RESERVED);
        var properties = new Properties();
        properties.putAll(parameters);
        check(properties);
        properties.setProperty("useResetConnection", "true");
        return properties;
    }

    private void check(Properties properties) {
        try {
            Configuration configuration = Configuration.parse(URL + "localhost/", properties);
            for (String unknown : configuration.nonMappedOptions().stringPropertyNames()) {
                DriverPropertyInfo[] known = driver.getPropertyInfo(URL + "localhost/", new Properties());
                throw DriverParameters.unknown(
                        unknown,
                        "MariaDB Connector/J",
                        Arrays.stream(known).map(info -> info.name).toList());
            }
        } catch (SQLException refused) {
            throw new ConfigurationException("a driver parameter is wrong: " + refused.getMessage(), refused);
        }
    }

    @Override
    public Connection connect(String address, Properties properties) throws SQLException {
        Connection connection = driver.connect(URL + address, properties);
        if (connection == null) {
            throw new SQLException("MariaDB Connector/J does not take the URL " + URL + address);
        }
        return connection;
    }

    @Override
    public void ping(Connection connection) throws SQLException {
        // Not isValid: it puts a time-out of whole seconds, or none, in place of the network time-out.
        try (Statement statement = connection.createStatement()) {
            statement.execute("DO 0");
        }
    }

    @Override
    public void reset(Connection connection) throws SQLException {
        connection.unwrap(org.mariadb.jdbc.Connection.class).reset();
    }

    @Override
    public boolean isOwn(Connection connection) throws SQLException {
        return connection.isWrapperFor(org.mariadb.jdbc.Connection.class);
    }

    @Override
    public void requireResettable(Connection connection) throws SQLException {
        if (!configuration(connection).useResetConnection()) {
            throw new ConfigurationException("useResetConnection must be true with resetPolicy FULL, was false");
        }
    }

    @Override
    public String sessionVariables(Connection connection) throws SQLException {
        String set = configuration(connection).sessionVariables();
        return set == null ? "" : set;
    }

    private static Configuration configuration(Connection connection) throws SQLException {
        return connection.unwrap(org.mariadb.jdbc.Connection.class).getContext().getConf();
    }

    @Override
    public SQLException answered(String message, String state, int code) {
        return exceptions().create(message, state, code);
    }

    @Override
    public SQLException lost(String message, IOException cause) {
        return exceptions().create(message, "08000", cause);
    }

    private static ExceptionFactory exceptions() {
        try {
            return new ExceptionFactory(Configuration.parse(URL + "localhost/"), HostAddress.from("localhost", 3306));
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
