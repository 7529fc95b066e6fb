package dev.cenote.mysql;

import dev.cenote.jdbc.Dialect;
import dev.cenote.protocols.TransactionOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL and MariaDB do in a way of their own. Transactions are the server's statements and not the drivers'
 * auto-commit mode, which would cost a round trip more to restore.
 */
final class MySqlDialect implements Dialect {
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

    /** Connector/J does not notice a USE, so that its own idea of the database says nothing of the server's. */
    private void restoreDatabase(Connection connection) throws SQLException {
        String database = session.database();
        if (database == null) {
            requireNoDatabase(connection);
            return;
        }
        if (!database.equals(connection.getCatalog())) {
            connection.setCatalog(database);
        }
        run(connection, "USE `" + database.replace("`", "``") + "`");
    }

    private static void requireNoDatabase(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT DATABASE()")) {
            if (result.next() && result.getString(1) != null) {
                throw new SQLException("a session that chose a database cannot go back to having none");
            }
        }
    }

    @Override
    public void cancel(Connection connection, Statement statement) throws SQLException {
        statement.cancel();
    }

    @Override
    public boolean isCancellation(SQLException failure) {
        return MySqlClassifier.isInterrupted(failure);
    }

    /** SLEEP, BENCHMARK and queries on the information schema end with a result when they are killed. */
    @Override
    public boolean mayCutShort() {
        return true;
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
