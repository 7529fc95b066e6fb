package dev.cenote.jdbc.datasource;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/** The columns of a wrapped result set. */
abstract class ResultSetColumns implements ResultSet {

    /** The driver's result set. */
    final ResultSet raw;

    ResultSetColumns(ResultSet raw) {
        this.raw = raw;
    }

    /** Takes note of a failure of the driver's, and gives it back. */
    abstract SQLException failed(SQLException failure);

    /** An object of the driver's that may write by itself is given out. */
    abstract void givesLob() throws SQLException;

    /** What the driver gave as a column's value, as the caller gets it. */
    abstract Object given(Object value) throws SQLException;

    /** As {@link #given(Object)}, for one who asked for that type. */
    abstract <T> T given(T value, Class<T> type) throws SQLException;

    @Override
    public String getString(int columnIndex) throws SQLException {
        try {
            return raw.getString(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean getBoolean(int columnIndex) throws SQLException {
        try {
            return raw.getBoolean(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte getByte(int columnIndex) throws SQLException {
        try {
            return raw.getByte(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public short getShort(int columnIndex) throws SQLException {
        try {
            return raw.getShort(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getInt(int columnIndex) throws SQLException {
        try {
            return raw.getInt(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public long getLong(int columnIndex) throws SQLException {
        try {
            return raw.getLong(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public float getFloat(int columnIndex) throws SQLException {
        try {
            return raw.getFloat(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public double getDouble(int columnIndex) throws SQLException {
        try {
            return raw.getDouble(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Deprecated
    @Override
    public BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
        try {
            return raw.getBigDecimal(columnIndex, scale);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte[] getBytes(int columnIndex) throws SQLException {
        try {
            return raw.getBytes(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Date getDate(int columnIndex) throws SQLException {
        try {
            return raw.getDate(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Time getTime(int columnIndex) throws SQLException {
        try {
            return raw.getTime(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Timestamp getTimestamp(int columnIndex) throws SQLException {
        try {
            return raw.getTimestamp(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public InputStream getAsciiStream(int columnIndex) throws SQLException {
        try {
            return raw.getAsciiStream(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Deprecated
    @Override
    public InputStream getUnicodeStream(int columnIndex) throws SQLException {
        try {
            return raw.getUnicodeStream(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public InputStream getBinaryStream(int columnIndex) throws SQLException {
        try {
            return raw.getBinaryStream(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getString(String columnLabel) throws SQLException {
        try {
            return raw.getString(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean getBoolean(String columnLabel) throws SQLException {
        try {
            return raw.getBoolean(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte getByte(String columnLabel) throws SQLException {
        try {
            return raw.getByte(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public short getShort(String columnLabel) throws SQLException {
        try {
            return raw.getShort(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getInt(String columnLabel) throws SQLException {
        try {
            return raw.getInt(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public long getLong(String columnLabel) throws SQLException {
        try {
            return raw.getLong(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public float getFloat(String columnLabel) throws SQLException {
        try {
            return raw.getFloat(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public double getDouble(String columnLabel) throws SQLException {
        try {
            return raw.getDouble(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Deprecated
    @Override
    public BigDecimal getBigDecimal(String columnLabel, int scale) throws SQLException {
        try {
            return raw.getBigDecimal(columnLabel, scale);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte[] getBytes(String columnLabel) throws SQLException {
        try {
            return raw.getBytes(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Date getDate(String columnLabel) throws SQLException {
        try {
            return raw.getDate(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Time getTime(String columnLabel) throws SQLException {
        try {
            return raw.getTime(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Timestamp getTimestamp(String columnLabel) throws SQLException {
        try {
            return raw.getTimestamp(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public InputStream getAsciiStream(String columnLabel) throws SQLException {
        try {
            return raw.getAsciiStream(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Deprecated
    @Override
    public InputStream getUnicodeStream(String columnLabel) throws SQLException {
        try {
            return raw.getUnicodeStream(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public InputStream getBinaryStream(String columnLabel) throws SQLException {
        try {
            return raw.getBinaryStream(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Object getObject(int columnIndex) throws SQLException {
        try {
            return given(raw.getObject(columnIndex));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Object getObject(String columnLabel) throws SQLException {
        try {
            return given(raw.getObject(columnLabel));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Reader getCharacterStream(int columnIndex) throws SQLException {
        try {
            return raw.getCharacterStream(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Reader getCharacterStream(String columnLabel) throws SQLException {
        try {
            return raw.getCharacterStream(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public BigDecimal getBigDecimal(int columnIndex) throws SQLException {
        try {
            return raw.getBigDecimal(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public BigDecimal getBigDecimal(String columnLabel) throws SQLException {
        try {
            return raw.getBigDecimal(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Object getObject(int columnIndex, Map<String, Class<?>> map) throws SQLException {
        try {
            return given(raw.getObject(columnIndex, map));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Ref getRef(int columnIndex) throws SQLException {
        try {
            return raw.getRef(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Blob getBlob(int columnIndex) throws SQLException {
        try {
            givesLob();
            return raw.getBlob(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Clob getClob(int columnIndex) throws SQLException {
        try {
            givesLob();
            return raw.getClob(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Array getArray(int columnIndex) throws SQLException {
        try {
            return raw.getArray(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Object getObject(String columnLabel, Map<String, Class<?>> map) throws SQLException {
        try {
            return given(raw.getObject(columnLabel, map));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Ref getRef(String columnLabel) throws SQLException {
        try {
            return raw.getRef(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Blob getBlob(String columnLabel) throws SQLException {
        try {
            givesLob();
            return raw.getBlob(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Clob getClob(String columnLabel) throws SQLException {
        try {
            givesLob();
            return raw.getClob(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Array getArray(String columnLabel) throws SQLException {
        try {
            return raw.getArray(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Date getDate(int columnIndex, Calendar cal) throws SQLException {
        try {
            return raw.getDate(columnIndex, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Date getDate(String columnLabel, Calendar cal) throws SQLException {
        try {
            return raw.getDate(columnLabel, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Time getTime(int columnIndex, Calendar cal) throws SQLException {
        try {
            return raw.getTime(columnIndex, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Time getTime(String columnLabel, Calendar cal) throws SQLException {
        try {
            return raw.getTime(columnLabel, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Timestamp getTimestamp(int columnIndex, Calendar cal) throws SQLException {
        try {
            return raw.getTimestamp(columnIndex, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Timestamp getTimestamp(String columnLabel, Calendar cal) throws SQLException {
        try {
            return raw.getTimestamp(columnLabel, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public URL getURL(int columnIndex) throws SQLException {
        try {
            return raw.getURL(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public URL getURL(String columnLabel) throws SQLException {
        try {
            return raw.getURL(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public RowId getRowId(int columnIndex) throws SQLException {
        try {
            return raw.getRowId(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public RowId getRowId(String columnLabel) throws SQLException {
        try {
            return raw.getRowId(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public NClob getNClob(int columnIndex) throws SQLException {
        try {
            givesLob();
            return raw.getNClob(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public NClob getNClob(String columnLabel) throws SQLException {
        try {
            givesLob();
            return raw.getNClob(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public SQLXML getSQLXML(int columnIndex) throws SQLException {
        try {
            return raw.getSQLXML(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public SQLXML getSQLXML(String columnLabel) throws SQLException {
        try {
            return raw.getSQLXML(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getNString(int columnIndex) throws SQLException {
        try {
            return raw.getNString(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getNString(String columnLabel) throws SQLException {
        try {
            return raw.getNString(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Reader getNCharacterStream(int columnIndex) throws SQLException {
        try {
            return raw.getNCharacterStream(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Reader getNCharacterStream(String columnLabel) throws SQLException {
        try {
            return raw.getNCharacterStream(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public <T> T getObject(int columnIndex, Class<T> type) throws SQLException {
        try {
            return given(raw.getObject(columnIndex, type), type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public <T> T getObject(String columnLabel, Class<T> type) throws SQLException {
        try {
            return given(raw.getObject(columnLabel, type), type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
