package dev.cenote.jdbc.datasource;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A prepared statement of a wrapped connection. */
class PreparedStatementWrapper extends PreparedStatementDelegate {
    private final PreparedStatement raw;

    PreparedStatementWrapper(ConnectionWrapper connection, PreparedStatement raw, String sql) {
        super(connection, sql);
        this.raw = raw;
    }

    @Override
    final PreparedStatement raw() {
        return raw;
    }

    @Override
    final PreparedStatement prepared() throws SQLException {
        checkOpen();
        return raw;
    }

    private PreparedStatement preparedToRun() throws SQLException {
        begins();
        return raw;
    }

    @Override
    public final ResultSet executeQuery() throws SQLException {
        try {
            return new ResultSetWrapper(connection, this, null, preparedToRun().executeQuery());
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final boolean execute() throws SQLException {
        try {
            return preparedToRun().execute();
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final int executeUpdate() throws SQLException {
        try {
            return preparedToRun().executeUpdate();
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final long executeLargeUpdate() throws SQLException {
        try {
            return preparedToRun().executeLargeUpdate();
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }
}
