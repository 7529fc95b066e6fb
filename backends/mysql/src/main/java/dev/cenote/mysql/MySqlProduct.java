package dev.cenote.mysql;

import dev.cenote.jdbc.FullReset;
import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.errors.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** MySQL and MariaDB, as a data source knows them, by either driver. */
public final class MySqlProduct implements JdbcProduct {
    private static final Pattern ONE_SERVER = Pattern.compile("jdbc:(mysql|mariadb)://[^,?]*(\\?|$)");

    /** For {@link java.util.ServiceLoader}. */
    public MySqlProduct() {}

    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public Set<String> productNames() {
        return Set.of("MySQL", "MariaDB");
    }

    @Override
    public Set<String> subprotocols() {
        return Set.of("mysql", "mariadb");
    }

    @Override
    public Set<String> driverPackages() {
        return Set.of("com.mysql.", "org.mariadb.");
    }

    @Override
    public Classifier classifier() {
        return new MySqlClassifier();
    }

    /** COM_RESET_CONNECTION, and then what the driver relies on, which the server sets back to its own defaults. */
    @Override
    public Optional<FullReset> fullReset(Connection fresh) throws SQLException {
        for (MySqlDriver driver : MySqlDriver.values()) {
            Optional<DriverAdapter> adapter = adapter(driver);
            if (adapter.isPresent() && adapter.get().isOwn(fresh)) {
                adapter.get().requireResettable(fresh);
                var session = MySqlSession.of(
                        fresh, MySqlParameters.variables(adapter.get().sessionVariables(fresh)));
                return Optional.of(new MySqlDialect(adapter.get(), session)::resetSession);
            }
        }
        return Optional.empty();
    }

    private static Optional<DriverAdapter> adapter(MySqlDriver driver) {
        try {
            return Optional.of(driver.adapter());
        } catch (ConfigurationException notOnTheClassPath) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, String> fullResetParameters(String url) {
        return isMariaDb(url) ? Map.of("useResetConnection", "true") : Map.of();
    }

    /** Of the connect; {@link #networkTimeoutParameter} is for the login. */
    @Override
    public Map<String, String> connectParameters(String url, Duration timeout) {
        return Map.of("connectTimeout", String.valueOf(timeout.toMillis()));
    }

    /**
     * Of several hosts, and of one to which the driver connects again by itself, it would be heeded later too: by a scheme as
     * {@code jdbc:mysql:loadbalance:}, or that of a driver which is around this one.
     */
    @Override
    public Optional<String> networkTimeoutParameter(String url) {
        boolean connectsOnce = ONE_SERVER.matcher(url).lookingAt()
                && !url.toLowerCase(Locale.ROOT).contains("autoreconnect");
        return connectsOnce ? Optional.of("socketTimeout") : Optional.empty();
    }

    private static boolean isMariaDb(String url) {
        return url.startsWith("jdbc:mariadb:");
    }
}
