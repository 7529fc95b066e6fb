package dev.cenote.jdbc.datasource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A result set of a wrapped connection. The driver closes it with its statement. */
final class ResultSetWrapper extends ResultSetCursor {
    private final ConnectionWrapper connection;

    /** The statement that gave it, or gave it as a value; null for one of the meta data. */
    private final @Nullable StatementWrapper statement;

    /** Its link in the connection's list, where its statement is the driver's own; null for one that ends with its statement. */
    private final @Nullable OpenChild child;

    ResultSetWrapper(
            ConnectionWrapper connection,
            @Nullable StatementWrapper statement,
            @Nullable OpenChild child,
            ResultSet raw) {
        super(raw);
        this.connection = connection;
        this.statement = statement;
        this.child = child;
    }

    @Override
    ResultSet asked() throws SQLException {
        connection.session().asks();
        return raw;
    }

    @Override
    void givesLob() throws SQLException {
        connection.session().givesLob();
    }

    /** The driver's, to change rows by it. */
    private ResultSet written() throws SQLException {
        connection.session().written();
        return raw;
    }

    @Override
    SQLException failed(SQLException failure) {
        return connection.failed(failure);
    }

    @Override
    Object given(Object value) throws SQLException {
        return OpenCursor.wrapped(connection, statement, value);
    }

    @Override
    <T> T given(T value, Class<T> type) throws SQLException {
        return OpenCursor.wrapped(connection, statement, value, type);
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        if (statement != null && child == null) {
            statement.checkOpen();
            return statement;
        }
        try {
            Statement own = raw.getStatement();
            if (own != null && statement != null && !statement.isClosed() && statement.delegate() == own) {
                return statement;
            }
            return own == null ? null : new PlainStatement(connection, own);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            raw.close();
            if (child != null) {
                connection.closed(child);
            } else if (statement != null) {
                statement.resultsClosed();
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void insertRow() throws SQLException {
        try {
            written().insertRow();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateRow() throws SQLException {
        try {
            written().updateRow();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void deleteRow() throws SQLException {
        try {
            written().deleteRow();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        T found = type.isInstance(raw) ? type.cast(raw) : raw.unwrap(type);
        connection.session().exposed(); // it leads to the driver's connection
        return found;
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || type.isInstance(raw) || raw.isWrapperFor(type);
    }

    @Override
    public String toString() {
        return "ResultSet[" + raw + "]";
    }
}
