package dev.cenote.jdbc.datasource;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;

/** The cursor of a wrapped result set, and what it says of itself. */
abstract class ResultSetCursor extends ResultSetUpdates {

    ResultSetCursor(ResultSet raw) {
        super(raw);
    }

    /** The driver's, for what may ask the server for rows. */
    abstract ResultSet asked() throws SQLException;

    @Override
    public boolean next() throws SQLException {
        try {
            return asked().next();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean wasNull() throws SQLException {
        try {
            return raw.wasNull();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        try {
            return raw.getWarnings();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void clearWarnings() throws SQLException {
        try {
            raw.clearWarnings();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getCursorName() throws SQLException {
        try {
            return raw.getCursorName();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        try {
            return raw.getMetaData();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int findColumn(String columnLabel) throws SQLException {
        try {
            return raw.findColumn(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        try {
            return raw.isBeforeFirst();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        try {
            return raw.isAfterLast();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isFirst() throws SQLException {
        try {
            return raw.isFirst();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isLast() throws SQLException {
        try {
            return asked().isLast();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void beforeFirst() throws SQLException {
        try {
            asked().beforeFirst();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void afterLast() throws SQLException {
        try {
            asked().afterLast();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean first() throws SQLException {
        try {
            return asked().first();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean last() throws SQLException {
        try {
            return asked().last();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getRow() throws SQLException {
        try {
            return raw.getRow();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean absolute(int row) throws SQLException {
        try {
            return asked().absolute(row);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        try {
            return asked().relative(rows);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean previous() throws SQLException {
        try {
            return asked().previous();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        try {
            raw.setFetchDirection(direction);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        try {
            return raw.getFetchDirection();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        try {
            raw.setFetchSize(rows);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getFetchSize() throws SQLException {
        try {
            return raw.getFetchSize();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getType() throws SQLException {
        try {
            return raw.getType();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getConcurrency() throws SQLException {
        try {
            return raw.getConcurrency();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean rowUpdated() throws SQLException {
        try {
            return raw.rowUpdated();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean rowInserted() throws SQLException {
        try {
            return raw.rowInserted();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean rowDeleted() throws SQLException {
        try {
            return raw.rowDeleted();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void refreshRow() throws SQLException {
        try {
            asked().refreshRow();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void cancelRowUpdates() throws SQLException {
        try {
            raw.cancelRowUpdates();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        try {
            raw.moveToInsertRow();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        try {
            raw.moveToCurrentRow();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getHoldability() throws SQLException {
        try {
            return raw.getHoldability();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        try {
            return raw.isClosed();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
