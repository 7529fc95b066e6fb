package dev.cenote.jdbc.datasource;

import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/** What a wrapped callable statement reads from its output parameters. */
abstract class CallableStatementResults extends PreparedStatementWrapper implements CallableStatement {

    CallableStatementResults(ConnectionWrapper connection, CallableStatement raw, String sql) {
        super(connection, raw, sql);
    }

    /** The driver's statement. Throws once this one is closed. */
    abstract CallableStatement callable() throws SQLException;

    @Override
    public boolean wasNull() throws SQLException {
        try {
            return callable().wasNull();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getString(int parameterIndex) throws SQLException {
        try {
            return callable().getString(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean getBoolean(int parameterIndex) throws SQLException {
        try {
            return callable().getBoolean(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte getByte(int parameterIndex) throws SQLException {
        try {
            return callable().getByte(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public short getShort(int parameterIndex) throws SQLException {
        try {
            return callable().getShort(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getInt(int parameterIndex) throws SQLException {
        try {
            return callable().getInt(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public long getLong(int parameterIndex) throws SQLException {
        try {
            return callable().getLong(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public float getFloat(int parameterIndex) throws SQLException {
        try {
            return callable().getFloat(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public double getDouble(int parameterIndex) throws SQLException {
        try {
            return callable().getDouble(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Deprecated
    @Override
    public BigDecimal getBigDecimal(int parameterIndex, int scale) throws SQLException {
        try {
            return callable().getBigDecimal(parameterIndex, scale);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte[] getBytes(int parameterIndex) throws SQLException {
        try {
            return callable().getBytes(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Date getDate(int parameterIndex) throws SQLException {
        try {
            return callable().getDate(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Time getTime(int parameterIndex) throws SQLException {
        try {
            return callable().getTime(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Timestamp getTimestamp(int parameterIndex) throws SQLException {
        try {
            return callable().getTimestamp(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Object getObject(int parameterIndex) throws SQLException {
        try {
            return OpenCursor.wrapped(connection, this, callable().getObject(parameterIndex));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public BigDecimal getBigDecimal(int parameterIndex) throws SQLException {
        try {
            return callable().getBigDecimal(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Object getObject(int parameterIndex, Map<String, Class<?>> map) throws SQLException {
        try {
            return OpenCursor.wrapped(connection, this, callable().getObject(parameterIndex, map));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Ref getRef(int parameterIndex) throws SQLException {
        try {
            return callable().getRef(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Blob getBlob(int parameterIndex) throws SQLException {
        try {
            connection.session().givesLob();
            return callable().getBlob(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Clob getClob(int parameterIndex) throws SQLException {
        try {
            connection.session().givesLob();
            return callable().getClob(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Array getArray(int parameterIndex) throws SQLException {
        try {
            return callable().getArray(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Date getDate(int parameterIndex, Calendar cal) throws SQLException {
        try {
            return callable().getDate(parameterIndex, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Time getTime(int parameterIndex, Calendar cal) throws SQLException {
        try {
            return callable().getTime(parameterIndex, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Timestamp getTimestamp(int parameterIndex, Calendar cal) throws SQLException {
        try {
            return callable().getTimestamp(parameterIndex, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public URL getURL(int parameterIndex) throws SQLException {
        try {
            return callable().getURL(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getString(String parameterName) throws SQLException {
        try {
            return callable().getString(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean getBoolean(String parameterName) throws SQLException {
        try {
            return callable().getBoolean(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte getByte(String parameterName) throws SQLException {
        try {
            return callable().getByte(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public short getShort(String parameterName) throws SQLException {
        try {
            return callable().getShort(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getInt(String parameterName) throws SQLException {
        try {
            return callable().getInt(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public long getLong(String parameterName) throws SQLException {
        try {
            return callable().getLong(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public float getFloat(String parameterName) throws SQLException {
        try {
            return callable().getFloat(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public double getDouble(String parameterName) throws SQLException {
        try {
            return callable().getDouble(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte[] getBytes(String parameterName) throws SQLException {
        try {
            return callable().getBytes(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Date getDate(String parameterName) throws SQLException {
        try {
            return callable().getDate(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Time getTime(String parameterName) throws SQLException {
        try {
            return callable().getTime(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Timestamp getTimestamp(String parameterName) throws SQLException {
        try {
            return callable().getTimestamp(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Object getObject(String parameterName) throws SQLException {
        try {
            return OpenCursor.wrapped(connection, this, callable().getObject(parameterName));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public BigDecimal getBigDecimal(String parameterName) throws SQLException {
        try {
            return callable().getBigDecimal(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Object getObject(String parameterName, Map<String, Class<?>> map) throws SQLException {
        try {
            return OpenCursor.wrapped(connection, this, callable().getObject(parameterName, map));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Ref getRef(String parameterName) throws SQLException {
        try {
            return callable().getRef(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Blob getBlob(String parameterName) throws SQLException {
        try {
            connection.session().givesLob();
            return callable().getBlob(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Clob getClob(String parameterName) throws SQLException {
        try {
            connection.session().givesLob();
            return callable().getClob(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Array getArray(String parameterName) throws SQLException {
        try {
            return callable().getArray(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Date getDate(String parameterName, Calendar cal) throws SQLException {
        try {
            return callable().getDate(parameterName, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Time getTime(String parameterName, Calendar cal) throws SQLException {
        try {
            return callable().getTime(parameterName, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Timestamp getTimestamp(String parameterName, Calendar cal) throws SQLException {
        try {
            return callable().getTimestamp(parameterName, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public URL getURL(String parameterName) throws SQLException {
        try {
            return callable().getURL(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public RowId getRowId(int parameterIndex) throws SQLException {
        try {
            return callable().getRowId(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public RowId getRowId(String parameterName) throws SQLException {
        try {
            return callable().getRowId(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public NClob getNClob(int parameterIndex) throws SQLException {
        try {
            connection.session().givesLob();
            return callable().getNClob(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public NClob getNClob(String parameterName) throws SQLException {
        try {
            connection.session().givesLob();
            return callable().getNClob(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public SQLXML getSQLXML(int parameterIndex) throws SQLException {
        try {
            return callable().getSQLXML(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public SQLXML getSQLXML(String parameterName) throws SQLException {
        try {
            return callable().getSQLXML(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getNString(int parameterIndex) throws SQLException {
        try {
            return callable().getNString(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getNString(String parameterName) throws SQLException {
        try {
            return callable().getNString(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Reader getNCharacterStream(int parameterIndex) throws SQLException {
        try {
            return callable().getNCharacterStream(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Reader getNCharacterStream(String parameterName) throws SQLException {
        try {
            return callable().getNCharacterStream(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Reader getCharacterStream(int parameterIndex) throws SQLException {
        try {
            return callable().getCharacterStream(parameterIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Reader getCharacterStream(String parameterName) throws SQLException {
        try {
            return callable().getCharacterStream(parameterName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public <T> T getObject(int parameterIndex, Class<T> type) throws SQLException {
        try {
            return OpenCursor.wrapped(connection, this, callable().getObject(parameterIndex, type), type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public <T> T getObject(String parameterName, Class<T> type) throws SQLException {
        try {
            return OpenCursor.wrapped(connection, this, callable().getObject(parameterName, type), type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
