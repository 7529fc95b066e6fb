package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.protocols.Deadline;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where a pool's connections come from. Thread-safe. */
interface ConnectionSource {
    /** Opens a connection of the driver's, for the given user or for whoever it is by itself. */
    Connection connect(@Nullable Credentials credentials, Deadline deadline) throws SQLException;

    /** From a driver, by a URL. What the URL says goes before what Cenote would add. */
    record ByDriver(Driver driver, String url, Properties properties, boolean full, Optional<JdbcProduct> product)
            implements ConnectionSource {
        @Override
        public Connection connect(@Nullable Credentials credentials, Deadline deadline) throws SQLException {
            var all = new Properties();
            product.ifPresent(known -> add(known, deadline, all));
            Optional<String> networkTimeout = networkTimeout(deadline);
            int millis = deadline.remainingMillis(Integer.MAX_VALUE / 2);
            networkTimeout.ifPresent(name -> all.setProperty(name, String.valueOf(millis)));
            all.putAll(properties);
            if (credentials != null) {
                all.setProperty("user", credentials.user());
                all.setProperty("password", credentials.password());
            }
            Connection connection = driver.connect(url, all);
            if (connection == null) {
                throw new SQLException("the driver no longer knows its URL", "08001");
            }
            if (networkTimeout.isPresent()) {
                noNetworkTimeout(connection, millis);
            }
            return connection;
        }

        /** What bounds the login, for those who have not bounded it themselves. */
        private Optional<String> networkTimeout(Deadline deadline) {
            return product.filter(known -> deadline.isLimited())
                    .flatMap(known -> known.networkTimeoutParameter(url))
                    .filter(name -> !isGiven(name)
                            && properties.stringPropertyNames().stream().noneMatch(name::equalsIgnoreCase));
        }

        /** Another than what was set here is the user's, from wherever the driver reads its parameters. */
        private static void noNetworkTimeout(Connection connection, int millis) throws SQLException {
            try {
                if (connection.getNetworkTimeout() == millis) {
                    connection.setNetworkTimeout(Runnable::run, 0);
                }
            } catch (SQLException | RuntimeException failure) {
                SessionConnector.abortQuietly(connection);
                throw failure;
            }
        }

        /** In any case, as MariaDB's driver has it. */
        private boolean isGiven(String name) {
            return url.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT) + "=");
        }

        private void add(JdbcProduct known, Deadline deadline, Properties all) {
            if (deadline.isLimited()) {
                Duration left = Duration.ofMillis(deadline.remainingMillis(Integer.MAX_VALUE / 2));
                addUnlessGiven(known.connectParameters(url, left), all);
            }
            if (full) {
                addUnlessGiven(known.fullResetParameters(url), all);
            }
        }

        private void addUnlessGiven(Map<String, String> parameters, Properties all) {
            parameters.forEach((name, value) -> {
                if (!isGiven(name)) {
                    all.setProperty(name, value);
                }
            });
        }

        /** The URL and the properties may hold secrets. */
        @Override
        public String toString() {
            return "ByDriver[" + driver.getClass().getName() + "]";
        }
    }

    /** From another data source. */
    record ByDataSource(DataSource source) implements ConnectionSource {
        @Override
        public Connection connect(@Nullable Credentials credentials, Deadline deadline) throws SQLException {
            Connection connection = credentials == null
                    ? source.getConnection()
                    : source.getConnection(credentials.user(), credentials.password());
            if (connection == null) {
                throw new SQLException("the data source gave no connection", "08001");
            }
            return connection;
        }

        /** What it wraps may show secrets. */
        @Override
        public String toString() {
            return "ByDataSource[" + source.getClass().getName() + "]";
        }
    }
}
