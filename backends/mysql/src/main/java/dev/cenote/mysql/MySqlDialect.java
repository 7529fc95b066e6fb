package dev.cenote.mysql;

import dev.cenote.jdbc.Dialect;
import dev.cenote.protocols.TransactionOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL and MariaDB do in a way of their own. Transactions are the server's statements and not the drivers'
 * auto-commit mode, which would cost a round trip more to restore.
 */
final class MySqlDialect implements Dialect {
    private static final int INTERRUPTED = 1317;

    private final DriverAdapter adapter;
    private final MySqlSession session;

    MySqlDialect(DriverAdapter adapter, MySqlSession session) {
        this.adapter = adapter;
        this.session = session;
    }

    @Override
    public void ping(Connection connection) throws SQLException {
        adapter.ping(connection);
    }

    @Override
    public void begin(Connection connection, TransactionOptions options) throws SQLException {
        if (options.isolation().isPresent()) {
            String level = options.isolation().get().name().replace('_', ' ');
            run(connection, "SET TRANSACTION ISOLATION LEVEL " + level);
        }
        run(connection, options.readOnly() ? "START TRANSACTION READ ONLY" : "START TRANSACTION");
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        run(connection, "COMMIT");
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        run(connection, "ROLLBACK");
    }

    @Override
    public void resetSession(Connection connection) throws SQLException {
        adapter.reset(connection);
        run(connection, session.restore());
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        if (connection.isReadOnly()) {
            connection.setReadOnly(false);
        }
        restoreDatabase(connection);
    }

    private void restoreDatabase(Connection connection) throws SQLException {
        String database = session.database();
        if (Objects.equals(database, connection.getCatalog())) {
            return;
        }
        if (database == null) {
            throw new SQLException("a session that chose a database cannot go back to having none");
        }
        connection.setCatalog(database);
    }

    @Override
    public void cancel(Connection connection, Statement statement) throws SQLException {
        statement.cancel();
    }

    @Override
    public boolean isCancellation(SQLException failure) {
        return failure.getErrorCode() == INTERRUPTED;
    }

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            statement.setTimestamp(index, Timestamp.from(instant));
        } else if (value instanceof UUID || value instanceof Enum<?> || value instanceof Character) {
            statement.setString(index, value instanceof Enum<?> constant ? constant.name() : value.toString());
        } else {
            statement.setObject(index, value);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
