package dev.cenote.jdbc.datasource;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;

/** What a wrapped connection leaves to the driver: all that changes nothing which must be restored. */
abstract class ConnectionDelegate implements Connection {

    /** The driver's connection. Throws once this one is closed. */
    abstract Connection delegate() throws SQLException;

    /** As {@link #delegate}, for what may ask the server, or begin a transaction by that. */
    abstract Connection asked() throws SQLException;

    /** As {@link #delegate}, for an object that may write by itself. */
    abstract Connection givesLob() throws SQLException;

    /** Takes note of a failure of the driver's, and gives it back. */
    abstract SQLException failed(SQLException failure);

    @Override
    public String nativeSQL(String sql) throws SQLException {
        try {
            return delegate().nativeSQL(sql);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        try {
            return asked().isReadOnly();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getCatalog() throws SQLException {
        try {
            return asked().getCatalog();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        try {
            return asked().getTransactionIsolation();
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
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        try {
            return Setting.copyOfTypeMap(delegate());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getHoldability() throws SQLException {
        try {
            return delegate().getHoldability();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        try {
            return asked().setSavepoint();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        try {
            return asked().setSavepoint(name);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        try {
            asked().releaseSavepoint(savepoint);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Clob createClob() throws SQLException {
        try {
            return givesLob().createClob();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Blob createBlob() throws SQLException {
        try {
            return givesLob().createBlob();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public NClob createNClob() throws SQLException {
        try {
            return givesLob().createNClob();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        try {
            return asked().createSQLXML();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        try {
            return asked().isValid(timeout);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getClientInfo(String name) throws SQLException {
        try {
            return delegate().getClientInfo(name);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        try {
            return delegate().getClientInfo();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        try {
            return asked().createArrayOf(typeName, elements);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        try {
            return asked().createStruct(typeName, attributes);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getSchema() throws SQLException {
        try {
            return asked().getSchema();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void beginRequest() throws SQLException {
        try {
            delegate().beginRequest();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void endRequest() throws SQLException {
        try {
            delegate().endRequest();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey shardingKey, ShardingKey superShardingKey, int timeout)
            throws SQLException {
        try {
            return asked().setShardingKeyIfValid(shardingKey, superShardingKey, timeout);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey shardingKey, int timeout) throws SQLException {
        try {
            return asked().setShardingKeyIfValid(shardingKey, timeout);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setShardingKey(ShardingKey shardingKey, ShardingKey superShardingKey) throws SQLException {
        try {
            asked().setShardingKey(shardingKey, superShardingKey);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setShardingKey(ShardingKey shardingKey) throws SQLException {
        try {
            asked().setShardingKey(shardingKey);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
