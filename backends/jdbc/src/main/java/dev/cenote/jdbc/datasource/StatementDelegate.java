package dev.cenote.jdbc.datasource;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/** What a wrapped statement leaves to the driver. */
abstract class StatementDelegate extends OpenChild implements Statement {

    /** The driver's statement. Throws once this one is closed. */
    abstract Statement delegate() throws SQLException;

    /** As {@link #delegate}, for what may ask the server. */
    abstract Statement asked() throws SQLException;

    /** Takes note of a failure of the driver's, and gives it back. */
    abstract SQLException failed(SQLException failure);

    @Override
    public int getMaxFieldSize() throws SQLException {
        try {
            return delegate().getMaxFieldSize();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        try {
            delegate().setMaxFieldSize(max);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxRows() throws SQLException {
        try {
            return delegate().getMaxRows();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        try {
            delegate().setMaxRows(max);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        try {
            delegate().setEscapeProcessing(enable);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        try {
            return delegate().getQueryTimeout();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        try {
            delegate().setQueryTimeout(seconds);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void cancel() throws SQLException {
        try {
            delegate().cancel();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        try {
            return delegate().getWarnings();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void clearWarnings() throws SQLException {
        try {
            delegate().clearWarnings();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        try {
            delegate().setCursorName(name);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getUpdateCount() throws SQLException {
        try {
            return delegate().getUpdateCount();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        try {
            return asked().getMoreResults();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        try {
            delegate().setFetchDirection(direction);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        try {
            return delegate().getFetchDirection();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        try {
            delegate().setFetchSize(rows);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getFetchSize() throws SQLException {
        try {
            return delegate().getFetchSize();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        try {
            return delegate().getResultSetConcurrency();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getResultSetType() throws SQLException {
        try {
            return delegate().getResultSetType();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        try {
            delegate().addBatch(sql);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void clearBatch() throws SQLException {
        try {
            delegate().clearBatch();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        try {
            return asked().getMoreResults(current);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        try {
            return delegate().getResultSetHoldability();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        try {
            delegate().setPoolable(poolable);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isPoolable() throws SQLException {
        try {
            return delegate().isPoolable();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        try {
            return delegate().isCloseOnCompletion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        try {
            return delegate().getLargeUpdateCount();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        try {
            delegate().setLargeMaxRows(max);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        try {
            return delegate().getLargeMaxRows();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String enquoteLiteral(String val) throws SQLException {
        try {
            return delegate().enquoteLiteral(val);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
        try {
            return delegate().enquoteIdentifier(identifier, alwaysQuote);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isSimpleIdentifier(String identifier) throws SQLException {
        try {
            return delegate().isSimpleIdentifier(identifier);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String enquoteNCharLiteral(String val) throws SQLException {
        try {
            return delegate().enquoteNCharLiteral(val);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
