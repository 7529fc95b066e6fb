package dev.cenote.jdbc.datasource;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The meta data of a wrapped connection. */
final class MetaDataWrapper extends MetaDataCatalog {
    private final ConnectionWrapper connection;

    MetaDataWrapper(ConnectionWrapper connection, DatabaseMetaData raw) {
        super(raw);
        this.connection = connection;
    }

    @Override
    DatabaseMetaData delegate() throws SQLException {
        connection.session().asked();
        return raw;
    }

    @Override
    SQLException failed(SQLException failure) {
        return connection.failed(failure);
    }

    @Override
    ResultSet results(ResultSet found) throws SQLException {
        var child = new Results(found);
        connection.opened(child);
        return new ResultSetWrapper(connection, null, child, found);
    }

    /** A result set of the meta data: its statement is the driver's own, so that it ends with the connection by itself. */
    private static final class Results extends OpenChild {
        private final ResultSet raw;

        Results(ResultSet raw) {
            this.raw = raw;
        }

        @Override
        @Nullable
        SQLException closeWithConnection() {
            try {
                raw.close();
                return null;
            } catch (SQLException failure) {
                return failure;
            }
        }
    }

    /** Also once it is closed, as its own methods say. */
    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        DatabaseMetaData own = delegate();
        T found = type.isInstance(own) ? type.cast(own) : own.unwrap(type);
        connection.session().exposed(); // it leads to the driver's connection
        return found;
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        DatabaseMetaData own = delegate();
        return type.isInstance(this) || type.isInstance(own) || own.isWrapperFor(type);
    }
}
