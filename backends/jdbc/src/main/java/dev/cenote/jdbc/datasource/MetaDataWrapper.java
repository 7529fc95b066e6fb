package dev.cenote.jdbc.datasource;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The meta data of a wrapped connection. */
final class MetaDataWrapper extends MetaDataCatalog {
    private final ConnectionWrapper connection;

    MetaDataWrapper(ConnectionWrapper connection, DatabaseMetaData raw) {
        super(raw);
        this.connection = connection;
    }

    @Override
    SQLException failed(SQLException failure) {
        return connection.failed(failure);
    }

    @Override
    ResultSet results(ResultSet found) throws SQLException {
        connection.session().runs();
        return new ResultSetWrapper(connection, null, found);
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        return type.isInstance(raw) ? type.cast(raw) : raw.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || type.isInstance(raw) || raw.isWrapperFor(type);
    }
}
