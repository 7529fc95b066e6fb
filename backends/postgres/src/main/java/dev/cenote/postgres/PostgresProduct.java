package dev.cenote.postgres;

import dev.cenote.jdbc.FullReset;
import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.protocols.Classifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/** PostgreSQL, as a data source knows it: by pgjdbc, also of what only speaks its protocol. */
public final class PostgresProduct implements JdbcProduct {
    /** What the driver set after it had connected, which no reset of the server's restores. */
    private static final String SET_SINCE = "select name, setting from pg_settings where source = 'session'";

    private static final String CANCEL_SECONDS = "2";

    /** For {@link java.util.ServiceLoader}. */
    public PostgresProduct() {}

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public Set<String> productNames() {
        return Set.of("PostgreSQL");
    }

    @Override
    public Set<String> subprotocols() {
        return Set.of("postgresql");
    }

    @Override
    public Set<String> driverPackages() {
        return Set.of("org.postgresql.");
    }

    @Override
    public Classifier classifier() {
        return new PostgresClassifier();
    }

    /** DISCARD ALL, and then what the driver had set by itself. */
    @Override
    public Optional<FullReset> fullReset(Connection fresh) throws SQLException {
        if (!fresh.isWrapperFor(PGConnection.class)) {
            return Optional.empty();
        }
        Map<String, String> set = setSinceConnected(fresh);
        var dialect = new PostgresDialect(fresh.unwrap(PGConnection.class));
        return Optional.of(connection -> {
            dialect.resetSession(connection);
            set(connection, set);
        });
    }

    private static Map<String, String> setSinceConnected(Connection fresh) throws SQLException {
        var set = new LinkedHashMap<String, String>();
        try (Statement statement = fresh.createStatement();
                ResultSet settings = statement.executeQuery(SET_SINCE)) {
            while (settings.next()) {
                set.put(settings.getString(1), settings.getString(2));
            }
        }
        if (!fresh.getAutoCommit()) {
            fresh.commit();
        }
        return set;
    }

    private static void set(Connection connection, Map<String, String> settings) throws SQLException {
        if (settings.isEmpty()) {
            return;
        }
        String calls = String.join(
                ", ",
                settings.keySet().stream()
                        .map(name -> "set_config(?, ?, false)")
                        .toList());
        try (PreparedStatement statement = connection.prepareStatement("select " + calls)) {
            int index = 1;
            for (Map.Entry<String, String> each : settings.entrySet()) {
                statement.setString(index++, each.getKey());
                statement.setString(index++, each.getValue());
            }
            statement.execute();
        }
    }

    /** Its login time-out bounds the whole, and takes fractions of seconds. A cancel connects anew, to what may be silent. */
    @Override
    public Map<String, String> connectParameters(String url, Duration timeout) {
        return Map.of(
                PGProperty.LOGIN_TIMEOUT.getName(),
                String.format(Locale.ROOT, "%.3f", timeout.toMillis() / 1000.0),
                PGProperty.CANCEL_SIGNAL_TIMEOUT.getName(),
                CANCEL_SECONDS);
    }

    @Override
    public boolean hasTransactionPoolers() {
        return true;
    }

    /** By {@code SET TRANSACTION} and {@code SET LOCAL}. */
    @Override
    public boolean hasSettingsOfTransactions() {
        return true;
    }

    /** Statements that are prepared on the server belong to a session that is another's after the transaction. */
    @Override
    public void prepareForTransactionPooler(Connection fresh) throws SQLException {
        fresh.unwrap(PGConnection.class).setPrepareThreshold(0);
    }

    /** The whole search path: {@code getSchema} tells the first of it that exists, {@code setSchema} makes that all of it. */
    @Override
    public @Nullable String schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet path = statement.executeQuery("select current_setting('search_path')")) {
            return path.next() ? path.getString(1) : null;
        }
    }

    @Override
    public void restoreSchema(Connection connection, @Nullable String schema) throws SQLException {
        if (schema != null) {
            set(connection, Map.of("search_path", schema));
        }
    }
}
