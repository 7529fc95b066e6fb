package dev.cenote.jdbc.datasource;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/** The updates of a wrapped result set. */
abstract class ResultSetUpdates extends ResultSetColumns {

    ResultSetUpdates(ResultSet raw) {
        super(raw);
    }

    @Override
    public void updateNull(int columnIndex) throws SQLException {
        try {
            raw.updateNull(columnIndex);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBoolean(int columnIndex, boolean x) throws SQLException {
        try {
            raw.updateBoolean(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateByte(int columnIndex, byte x) throws SQLException {
        try {
            raw.updateByte(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateShort(int columnIndex, short x) throws SQLException {
        try {
            raw.updateShort(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateInt(int columnIndex, int x) throws SQLException {
        try {
            raw.updateInt(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateLong(int columnIndex, long x) throws SQLException {
        try {
            raw.updateLong(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateFloat(int columnIndex, float x) throws SQLException {
        try {
            raw.updateFloat(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateDouble(int columnIndex, double x) throws SQLException {
        try {
            raw.updateDouble(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBigDecimal(int columnIndex, BigDecimal x) throws SQLException {
        try {
            raw.updateBigDecimal(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateString(int columnIndex, String x) throws SQLException {
        try {
            raw.updateString(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBytes(int columnIndex, byte[] x) throws SQLException {
        try {
            raw.updateBytes(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateDate(int columnIndex, Date x) throws SQLException {
        try {
            raw.updateDate(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateTime(int columnIndex, Time x) throws SQLException {
        try {
            raw.updateTime(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateTimestamp(int columnIndex, Timestamp x) throws SQLException {
        try {
            raw.updateTimestamp(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateAsciiStream(int columnIndex, InputStream x, int length) throws SQLException {
        try {
            raw.updateAsciiStream(columnIndex, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBinaryStream(int columnIndex, InputStream x, int length) throws SQLException {
        try {
            raw.updateBinaryStream(columnIndex, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateCharacterStream(int columnIndex, Reader x, int length) throws SQLException {
        try {
            raw.updateCharacterStream(columnIndex, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateObject(int columnIndex, Object x, int scaleOrLength) throws SQLException {
        try {
            raw.updateObject(columnIndex, x, scaleOrLength);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateObject(int columnIndex, Object x) throws SQLException {
        try {
            raw.updateObject(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNull(String columnLabel) throws SQLException {
        try {
            raw.updateNull(columnLabel);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBoolean(String columnLabel, boolean x) throws SQLException {
        try {
            raw.updateBoolean(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateByte(String columnLabel, byte x) throws SQLException {
        try {
            raw.updateByte(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateShort(String columnLabel, short x) throws SQLException {
        try {
            raw.updateShort(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateInt(String columnLabel, int x) throws SQLException {
        try {
            raw.updateInt(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateLong(String columnLabel, long x) throws SQLException {
        try {
            raw.updateLong(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateFloat(String columnLabel, float x) throws SQLException {
        try {
            raw.updateFloat(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateDouble(String columnLabel, double x) throws SQLException {
        try {
            raw.updateDouble(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBigDecimal(String columnLabel, BigDecimal x) throws SQLException {
        try {
            raw.updateBigDecimal(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateString(String columnLabel, String x) throws SQLException {
        try {
            raw.updateString(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBytes(String columnLabel, byte[] x) throws SQLException {
        try {
            raw.updateBytes(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateDate(String columnLabel, Date x) throws SQLException {
        try {
            raw.updateDate(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateTime(String columnLabel, Time x) throws SQLException {
        try {
            raw.updateTime(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateTimestamp(String columnLabel, Timestamp x) throws SQLException {
        try {
            raw.updateTimestamp(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateAsciiStream(String columnLabel, InputStream x, int length) throws SQLException {
        try {
            raw.updateAsciiStream(columnLabel, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBinaryStream(String columnLabel, InputStream x, int length) throws SQLException {
        try {
            raw.updateBinaryStream(columnLabel, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateCharacterStream(String columnLabel, Reader reader, int length) throws SQLException {
        try {
            raw.updateCharacterStream(columnLabel, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateObject(String columnLabel, Object x, int scaleOrLength) throws SQLException {
        try {
            raw.updateObject(columnLabel, x, scaleOrLength);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateObject(String columnLabel, Object x) throws SQLException {
        try {
            raw.updateObject(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateRef(int columnIndex, Ref x) throws SQLException {
        try {
            raw.updateRef(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateRef(String columnLabel, Ref x) throws SQLException {
        try {
            raw.updateRef(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBlob(int columnIndex, Blob x) throws SQLException {
        try {
            raw.updateBlob(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBlob(String columnLabel, Blob x) throws SQLException {
        try {
            raw.updateBlob(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateClob(int columnIndex, Clob x) throws SQLException {
        try {
            raw.updateClob(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateClob(String columnLabel, Clob x) throws SQLException {
        try {
            raw.updateClob(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateArray(int columnIndex, Array x) throws SQLException {
        try {
            raw.updateArray(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateArray(String columnLabel, Array x) throws SQLException {
        try {
            raw.updateArray(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateRowId(int columnIndex, RowId x) throws SQLException {
        try {
            raw.updateRowId(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateRowId(String columnLabel, RowId x) throws SQLException {
        try {
            raw.updateRowId(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNString(int columnIndex, String nString) throws SQLException {
        try {
            raw.updateNString(columnIndex, nString);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNString(String columnLabel, String nString) throws SQLException {
        try {
            raw.updateNString(columnLabel, nString);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNClob(int columnIndex, NClob nClob) throws SQLException {
        try {
            raw.updateNClob(columnIndex, nClob);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNClob(String columnLabel, NClob nClob) throws SQLException {
        try {
            raw.updateNClob(columnLabel, nClob);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateSQLXML(int columnIndex, SQLXML xmlObject) throws SQLException {
        try {
            raw.updateSQLXML(columnIndex, xmlObject);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateSQLXML(String columnLabel, SQLXML xmlObject) throws SQLException {
        try {
            raw.updateSQLXML(columnLabel, xmlObject);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNCharacterStream(int columnIndex, Reader x, long length) throws SQLException {
        try {
            raw.updateNCharacterStream(columnIndex, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNCharacterStream(String columnLabel, Reader reader, long length) throws SQLException {
        try {
            raw.updateNCharacterStream(columnLabel, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateAsciiStream(int columnIndex, InputStream x, long length) throws SQLException {
        try {
            raw.updateAsciiStream(columnIndex, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBinaryStream(int columnIndex, InputStream x, long length) throws SQLException {
        try {
            raw.updateBinaryStream(columnIndex, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateCharacterStream(int columnIndex, Reader x, long length) throws SQLException {
        try {
            raw.updateCharacterStream(columnIndex, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateAsciiStream(String columnLabel, InputStream x, long length) throws SQLException {
        try {
            raw.updateAsciiStream(columnLabel, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBinaryStream(String columnLabel, InputStream x, long length) throws SQLException {
        try {
            raw.updateBinaryStream(columnLabel, x, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateCharacterStream(String columnLabel, Reader reader, long length) throws SQLException {
        try {
            raw.updateCharacterStream(columnLabel, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBlob(int columnIndex, InputStream inputStream, long length) throws SQLException {
        try {
            raw.updateBlob(columnIndex, inputStream, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBlob(String columnLabel, InputStream inputStream, long length) throws SQLException {
        try {
            raw.updateBlob(columnLabel, inputStream, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateClob(int columnIndex, Reader reader, long length) throws SQLException {
        try {
            raw.updateClob(columnIndex, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateClob(String columnLabel, Reader reader, long length) throws SQLException {
        try {
            raw.updateClob(columnLabel, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNClob(int columnIndex, Reader reader, long length) throws SQLException {
        try {
            raw.updateNClob(columnIndex, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNClob(String columnLabel, Reader reader, long length) throws SQLException {
        try {
            raw.updateNClob(columnLabel, reader, length);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNCharacterStream(int columnIndex, Reader x) throws SQLException {
        try {
            raw.updateNCharacterStream(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNCharacterStream(String columnLabel, Reader reader) throws SQLException {
        try {
            raw.updateNCharacterStream(columnLabel, reader);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateAsciiStream(int columnIndex, InputStream x) throws SQLException {
        try {
            raw.updateAsciiStream(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBinaryStream(int columnIndex, InputStream x) throws SQLException {
        try {
            raw.updateBinaryStream(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateCharacterStream(int columnIndex, Reader x) throws SQLException {
        try {
            raw.updateCharacterStream(columnIndex, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateAsciiStream(String columnLabel, InputStream x) throws SQLException {
        try {
            raw.updateAsciiStream(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBinaryStream(String columnLabel, InputStream x) throws SQLException {
        try {
            raw.updateBinaryStream(columnLabel, x);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateCharacterStream(String columnLabel, Reader reader) throws SQLException {
        try {
            raw.updateCharacterStream(columnLabel, reader);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBlob(int columnIndex, InputStream inputStream) throws SQLException {
        try {
            raw.updateBlob(columnIndex, inputStream);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateBlob(String columnLabel, InputStream inputStream) throws SQLException {
        try {
            raw.updateBlob(columnLabel, inputStream);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateClob(int columnIndex, Reader reader) throws SQLException {
        try {
            raw.updateClob(columnIndex, reader);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateClob(String columnLabel, Reader reader) throws SQLException {
        try {
            raw.updateClob(columnLabel, reader);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNClob(int columnIndex, Reader reader) throws SQLException {
        try {
            raw.updateNClob(columnIndex, reader);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateNClob(String columnLabel, Reader reader) throws SQLException {
        try {
            raw.updateNClob(columnLabel, reader);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateObject(int columnIndex, Object x, SQLType targetSqlType, int scaleOrLength) throws SQLException {
        try {
            raw.updateObject(columnIndex, x, targetSqlType, scaleOrLength);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateObject(String columnLabel, Object x, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        try {
            raw.updateObject(columnLabel, x, targetSqlType, scaleOrLength);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateObject(int columnIndex, Object x, SQLType targetSqlType) throws SQLException {
        try {
            raw.updateObject(columnIndex, x, targetSqlType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void updateObject(String columnLabel, Object x, SQLType targetSqlType) throws SQLException {
        try {
            raw.updateObject(columnLabel, x, targetSqlType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
