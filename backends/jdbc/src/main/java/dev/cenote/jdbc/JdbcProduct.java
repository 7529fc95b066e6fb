package dev.cenote.jdbc;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.errors.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link dev.cenote.jdbc.datasource.CenoteDataSource} knows of a database product. Backends provide theirs to {@link
 * java.util.ServiceLoader}; any other product is read by SQLSTATE alone and cannot be reset in full. Thread-safe.
 */
public interface JdbcProduct {
    /** Its name, as {@code postgres}. */
    String name();

    /** What {@link java.sql.DatabaseMetaData#getDatabaseProductName} says of it, in any case. */
    Set<String> productNames();

    /** What may stand between colons in the URLs of its drivers, as {@code postgresql}. */
    Set<String> subprotocols();

    /** The packages of its drivers, each with a dot at its end. */
    Set<String> driverPackages();

    /** Reads its errors. */
    Classifier classifier();

    /**
     * How the session of a connection that was just opened is made as new later. May ask the server.
     *
     * @return empty if it cannot be
     * @throws ConfigurationException if a parameter of the driver stands in the way; the message names it
     */
    Optional<FullReset> fullReset(Connection fresh) throws SQLException;

    /** Parameters of the driver without which {@link #fullReset} would not be, for those who have not set them. */
    default Map<String, String> fullResetParameters(String url) {
        return Map.of();
    }

    /**
     * Parameters of the driver that make a connect end by {@code timeout}, as far as it lets that be, and a cancel in a time
     * of that kind. Default: none.
     */
    default Map<String, String> connectParameters(String url, Duration timeout) {
        return Map.of();
    }

    /**
     * The parameter of the driver, in milliseconds, that is a connection's network time-out from its first byte on. While
     * connecting it is what remains of the connect time-out, for those who have not set it; once connected, none.
     *
     * @return empty if the driver needs none to end a connect in time, or would go by it again later
     */
    default Optional<String> networkTimeoutParameter(String url) {
        return Optional.empty();
    }

    /** True if there are poolers that give each transaction another session of its server. Default: false. */
    default boolean hasTransactionPoolers() {
        return false;
    }

    /** Has the driver keep nothing on the server from one transaction to the next. Default: nothing to do. */
    default void prepareForTransactionPooler(Connection fresh) throws SQLException {}

    /**
     * True if a transaction may have an isolation and a schema of its own, or, once it has failed, answers no question: what
     * those of the session are cannot be told then. Default: false.
     */
    default boolean hasSettingsOfTransactions() {
        return false;
    }

    /**
     * In which schemas names without one are looked up, to be restored when a connection is returned. Default: what {@link
     * Connection#getSchema} says.
     */
    default @Nullable String schema(Connection connection) throws SQLException {
        return connection.getSchema();
    }

    /** Restores what {@link #schema} gave. */
    default void restoreSchema(Connection connection, @Nullable String schema) throws SQLException {
        connection.setSchema(schema);
    }
}
