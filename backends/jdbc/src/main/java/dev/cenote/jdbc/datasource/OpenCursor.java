package dev.cenote.jdbc.datasource;

import java.lang.ref.WeakReference;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A result set that a driver gave as a value, as that of a cursor. It ends by the driver's own rule, and at the latest with the
 * connection. Held weakly: most are left to their statement's end, of which a driver says nothing, and one who calls a procedure
 * a million times on one connection must not find all of them kept.
 */
final class OpenCursor extends OpenChild {
    private final WeakReference<ResultSet> raw;

    private OpenCursor(ResultSet raw) {
        this.raw = new WeakReference<>(raw);
    }

    /** What a driver gave as a value of {@code giver}: a result set is wrapped, of a LOB it is noted that it may write by itself. */
    static Object wrapped(ConnectionWrapper connection, @Nullable StatementWrapper giver, Object value)
            throws SQLException {
        noteLob(connection, value);
        if (!(value instanceof ResultSet results) || value instanceof ResultSetWrapper) {
            return value;
        }
        connection.session().runs(); // a driver asks its server for the cursor's rows
        var child = new OpenCursor(results);
        connection.opened(child);
        child.forgetThoseBefore(connection);
        return new ResultSetWrapper(connection, giver, child, results);
    }

    /** As {@link #wrapped(ConnectionWrapper, StatementWrapper, Object)}; whoever asks for a driver's own class gets that. */
    static <T> T wrapped(ConnectionWrapper connection, @Nullable StatementWrapper giver, T value, Class<T> type)
            throws SQLException {
        noteLob(connection, value);
        if (!(value instanceof ResultSet)) {
            return value;
        }
        if (type.isAssignableFrom(ResultSetWrapper.class)) {
            return type.cast(wrapped(connection, giver, value));
        }
        connection.session().exposed(); // it leads to the driver's connection
        return value;
    }

    private static void noteLob(ConnectionWrapper connection, @Nullable Object value) throws SQLException {
        if (value instanceof Blob || value instanceof Clob) {
            connection.session().givesLob();
        }
    }

    /** Those that were opened right before it and that nobody has any more. */
    private void forgetThoseBefore(ConnectionWrapper connection) {
        while (next instanceof OpenCursor before && before.raw.get() == null) {
            connection.closed(before);
        }
    }

    @Override
    @Nullable
    SQLException closeWithConnection() {
        ResultSet open = raw.get();
        if (open == null) {
            return null;
        }
        try {
            open.close();
            return null;
        } catch (SQLException failure) {
            return failure;
        }
    }
}
