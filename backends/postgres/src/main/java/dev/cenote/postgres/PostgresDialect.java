package dev.cenote.postgres;

import dev.cenote.jdbc.Dialect;
import dev.cenote.protocols.TransactionOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** What PostgreSQL and pgjdbc do in a way of their own. */
final class PostgresDialect implements Dialect {
    private final int prepareThreshold;
    private final int fetchSize;
    private final AutoSave autosave;

    PostgresDialect(Properties properties) {
        prepareThreshold = integer(PGProperty.PREPARE_THRESHOLD, properties);
        fetchSize = integer(PGProperty.DEFAULT_ROW_FETCH_SIZE, properties);
        String saving = PGProperty.AUTOSAVE.getOrDefault(properties);
        autosave = saving == null ? AutoSave.NEVER : AutoSave.of(saving);
    }

    /** With the settings that the driver's object has now. */
    PostgresDialect(PGConnection fresh) {
        prepareThreshold = fresh.getPrepareThreshold();
        fetchSize = fresh.getDefaultFetchSize();
        autosave = fresh.getAutosave();
    }

    private static int integer(PGProperty property, Properties properties) {
        String value = property.getOrDefault(properties);
        return value == null ? 0 : Integer.parseInt(value);
    }

    @Override
    public void ping(Connection connection) throws SQLException {
        run(connection, "");
    }

    /** Costs a round trip only for options: pgjdbc sends BEGIN along with the first statement. */
    @Override
    public void begin(Connection connection, TransactionOptions options) throws SQLException {
        connection.setAutoCommit(false);
        String isolation = options.isolation()
                .map(level -> " ISOLATION LEVEL " + level.name().replace('_', ' '))
                .orElse("");
        String access = options.readOnly() ? " READ ONLY" : "";
        if (!isolation.isEmpty() || !access.isEmpty()) {
            run(connection, "SET TRANSACTION" + isolation + access);
        }
    }

    /** To a COMMIT of a transaction in which a statement failed the server says ROLLBACK, and pgjdbc may not tell. */
    @Override
    public void commit(Connection connection) throws SQLException {
        if (transactionState(connection) == TransactionState.FAILED) {
            rollback(connection);
            throw new PSQLException(
                    "the transaction was rolled back: a statement in it had failed",
                    PSQLState.IN_FAILED_SQL_TRANSACTION);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * DISCARD ALL: settings, temporary tables, prepared statements, cursors, subscriptions, advisory locks. pgjdbc notices
     * it and prepares its statements anew.
     */
    @Override
    public void resetSession(Connection connection) throws SQLException {
        rollback(connection);
        if (transactionState(connection) != TransactionState.IDLE) {
            run(connection, "ROLLBACK");
        }
        if (connection.isReadOnly()) {
            connection.setReadOnly(false);
        }
        connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
        connection.setTypeMap(null);
        PGConnection driver = connection.unwrap(PGConnection.class);
        driver.setPrepareThreshold(prepareThreshold);
        driver.setDefaultFetchSize(fetchSize);
        driver.setAutosave(autosave);
        run(connection, "DISCARD ALL");
        driver.getNotifications();
    }

    /** Not {@link Statement#cancel}: the statement, when it has ended, would wait for that without bound. */
    @Override
    public void cancel(Connection connection, Statement statement) throws SQLException {
        connection.unwrap(PGConnection.class).cancelQuery();
    }

    @Override
    public boolean isCancellation(SQLException failure) {
        return PSQLState.QUERY_CANCELED.getState().equals(failure.getSQLState());
    }

    @Override
    public boolean mayCutShort() {
        return false;
    }

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof ZonedDateTime zoned) {
            statement.setObject(index, zoned.toOffsetDateTime());
        } else if (value instanceof Enum<?> constant) {
            // Of no type, so that the server takes it for an enum of its own as well as for text.
            statement.setObject(index, constant.name(), Types.OTHER);
        } else {
            statement.setObject(index, value);
        }
    }

    private static TransactionState transactionState(Connection connection) throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
