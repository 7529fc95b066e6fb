package dev.cenote.jdbc.datasource;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** A callable statement of a wrapped connection. */
final class CallableStatementWrapper extends CallableStatementResults {

    private final CallableStatement raw;

    CallableStatementWrapper(ConnectionWrapper connection, CallableStatement raw, String sql) {
        super(connection, raw, sql);
        this.raw = raw;
    }

    @Override
    CallableStatement callable() throws SQLException {
        checkOpen();
        return raw;
    }

    @Override
    public void registerOutParameter(int parameterIndex, int sqlType) throws SQLException {
        try {
            callable().registerOutParameter(parameterIndex, sqlType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(int parameterIndex, int sqlType, int scale) throws SQLException {
        try {
            callable().registerOutParameter(parameterIndex, sqlType, scale);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(int parameterIndex, int sqlType, String typeName) throws SQLException {
        try {
            callable().registerOutParameter(parameterIndex, sqlType, typeName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(String parameterName, int sqlType) throws SQLException {
        try {
            callable().registerOutParameter(parameterName, sqlType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(String parameterName, int sqlType, int scale) throws SQLException {
        try {
            callable().registerOutParameter(parameterName, sqlType, scale);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(String parameterName, int sqlType, String typeName) throws SQLException {
        try {
            callable().registerOutParameter(parameterName, sqlType, typeName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setURL(String parameterName, URL val) throws SQLException {
        try {
            callable().setURL(parameterName, val);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setNull(String parameterName, int sqlType) throws SQLException {
        try {
            callable().setNull(parameterName, sqlType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setBoolean(String parameterName, boolean x) throws SQLException {
        try {
            callable().setBoolean(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setByte(String parameterName, byte x) throws SQLException {
        try {
            callable().setByte(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setShort(String parameterName, short x) throws SQLException {
        try {
            callable().setShort(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setInt(String parameterName, int x) throws SQLException {
        try {
            callable().setInt(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setLong(String parameterName, long x) throws SQLException {
        try {
            callable().setLong(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setFloat(String parameterName, float x) throws SQLException {
        try {
            callable().setFloat(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setDouble(String parameterName, double x) throws SQLException {
        try {
            callable().setDouble(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setBigDecimal(String parameterName, BigDecimal x) throws SQLException {
        try {
            callable().setBigDecimal(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setString(String parameterName, String x) throws SQLException {
        try {
            callable().setString(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setBytes(String parameterName, byte[] x) throws SQLException {
        try {
            callable().setBytes(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setDate(String parameterName, Date x) throws SQLException {
        try {
            callable().setDate(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setTime(String parameterName, Time x) throws SQLException {
        try {
            callable().setTime(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setTimestamp(String parameterName, Timestamp x) throws SQLException {
        try {
            callable().setTimestamp(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setAsciiStream(String parameterName, InputStream x, int length) throws SQLException {
        try {
            callable().setAsciiStream(parameterName, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setBinaryStream(String parameterName, InputStream x, int length) throws SQLException {
        try {
            callable().setBinaryStream(parameterName, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setObject(String parameterName, Object x, int targetSqlType, int scale) throws SQLException {
        try {
            callable().setObject(parameterName, x, targetSqlType, scale);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setObject(String parameterName, Object x, int targetSqlType) throws SQLException {
        try {
            callable().setObject(parameterName, x, targetSqlType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setObject(String parameterName, Object x) throws SQLException {
        try {
            callable().setObject(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setCharacterStream(String parameterName, Reader reader, int length) throws SQLException {
        try {
            callable().setCharacterStream(parameterName, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setDate(String parameterName, Date x, Calendar cal) throws SQLException {
        try {
            callable().setDate(parameterName, x, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setTime(String parameterName, Time x, Calendar cal) throws SQLException {
        try {
            callable().setTime(parameterName, x, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setTimestamp(String parameterName, Timestamp x, Calendar cal) throws SQLException {
        try {
            callable().setTimestamp(parameterName, x, cal);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setNull(String parameterName, int sqlType, String typeName) throws SQLException {
        try {
            callable().setNull(parameterName, sqlType, typeName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setRowId(String parameterName, RowId x) throws SQLException {
        try {
            callable().setRowId(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setNString(String parameterName, String value) throws SQLException {
        try {
            callable().setNString(parameterName, value);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setNCharacterStream(String parameterName, Reader value, long length) throws SQLException {
        try {
            callable().setNCharacterStream(parameterName, value, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setNClob(String parameterName, NClob value) throws SQLException {
        try {
            callable().setNClob(parameterName, value);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setClob(String parameterName, Reader reader, long length) throws SQLException {
        try {
            callable().setClob(parameterName, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setBlob(String parameterName, InputStream inputStream, long length) throws SQLException {
        try {
            callable().setBlob(parameterName, inputStream, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setNClob(String parameterName, Reader reader, long length) throws SQLException {
        try {
            callable().setNClob(parameterName, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setSQLXML(String parameterName, SQLXML xmlObject) throws SQLException {
        try {
            callable().setSQLXML(parameterName, xmlObject);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setBlob(String parameterName, Blob x) throws SQLException {
        try {
            callable().setBlob(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setClob(String parameterName, Clob x) throws SQLException {
        try {
            callable().setClob(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setAsciiStream(String parameterName, InputStream x, long length) throws SQLException {
        try {
            callable().setAsciiStream(parameterName, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setBinaryStream(String parameterName, InputStream x, long length) throws SQLException {
        try {
            callable().setBinaryStream(parameterName, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setCharacterStream(String parameterName, Reader reader, long length) throws SQLException {
        try {
            callable().setCharacterStream(parameterName, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setAsciiStream(String parameterName, InputStream x) throws SQLException {
        try {
            callable().setAsciiStream(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setBinaryStream(String parameterName, InputStream x) throws SQLException {
        try {
            callable().setBinaryStream(parameterName, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setCharacterStream(String parameterName, Reader reader) throws SQLException {
        try {
            callable().setCharacterStream(parameterName, reader);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setNCharacterStream(String parameterName, Reader value) throws SQLException {
        try {
            callable().setNCharacterStream(parameterName, value);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setClob(String parameterName, Reader reader) throws SQLException {
        try {
            callable().setClob(parameterName, reader);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setBlob(String parameterName, InputStream inputStream) throws SQLException {
        try {
            callable().setBlob(parameterName, inputStream);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setNClob(String parameterName, Reader reader) throws SQLException {
        try {
            callable().setNClob(parameterName, reader);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setObject(String parameterName, Object x, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        try {
            callable().setObject(parameterName, x, targetSqlType, scaleOrLength);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setObject(String parameterName, Object x, SQLType targetSqlType) throws SQLException {
        try {
            callable().setObject(parameterName, x, targetSqlType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(int parameterIndex, SQLType sqlType) throws SQLException {
        try {
            callable().registerOutParameter(parameterIndex, sqlType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(int parameterIndex, SQLType sqlType, int scale) throws SQLException {
        try {
            callable().registerOutParameter(parameterIndex, sqlType, scale);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(int parameterIndex, SQLType sqlType, String typeName) throws SQLException {
        try {
            callable().registerOutParameter(parameterIndex, sqlType, typeName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(String parameterName, SQLType sqlType) throws SQLException {
        try {
            callable().registerOutParameter(parameterName, sqlType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(String parameterName, SQLType sqlType, int scale) throws SQLException {
        try {
            callable().registerOutParameter(parameterName, sqlType, scale);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void registerOutParameter(String parameterName, SQLType sqlType, String typeName) throws SQLException {
        try {
            callable().registerOutParameter(parameterName, sqlType, typeName);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
