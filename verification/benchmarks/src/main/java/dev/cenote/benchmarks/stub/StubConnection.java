package dev.cenote.benchmarks.stub;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A connection to {@link StubServer}: always valid, its settings are fields. */
public final class StubConnection extends UnsupportedConnection {
    private boolean autoCommit = true;
    private boolean readOnly;
    private boolean closed;
    private int isolation = Connection.TRANSACTION_READ_COMMITTED;
    private int holdability = ResultSet.CLOSE_CURSORS_AT_COMMIT;
    private int networkTimeoutMillis;
    private @Nullable String catalog = "stub";
    private @Nullable String schema = "stub";

    StubConnection() {}

    @Override
    public PreparedStatement prepareStatement(String sql) {
        return new StubStatement(this);
    }

    @Override
    public Statement createStatement() {
        return new StubStatement(this);
    }

    @Override
    public boolean isValid(int timeoutSeconds) {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void abort(Executor executor) {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void commit() {}

    @Override
    public void rollback() {}

    @Override
    public @Nullable SQLWarning getWarnings() {
        return null;
    }

    @Override
    public void clearWarnings() {}

    @Override
    public boolean getAutoCommit() {
        return autoCommit;
    }

    @Override
    public void setAutoCommit(boolean value) {
        autoCommit = value;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public void setReadOnly(boolean value) {
        readOnly = value;
    }

    @Override
    public int getTransactionIsolation() {
        return isolation;
    }

    @Override
    public void setTransactionIsolation(int level) {
        isolation = level;
    }

    @Override
    public int getHoldability() {
        return holdability;
    }

    @Override
    public void setHoldability(int value) {
        holdability = value;
    }

    @Override
    public int getNetworkTimeout() {
        return networkTimeoutMillis;
    }

    @Override
    public void setNetworkTimeout(Executor executor, int millis) {
        networkTimeoutMillis = millis;
    }

    @Override
    public @Nullable String getCatalog() {
        return catalog;
    }

    @Override
    public void setCatalog(@Nullable String value) {
        catalog = value;
    }

    @Override
    public @Nullable String getSchema() {
        return schema;
    }

    @Override
    public void setSchema(@Nullable String value) {
        schema = value;
    }

    @Override
    public Map<String, Class<?>> getTypeMap() {
        return Map.of();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) {}

    @Override
    public Properties getClientInfo() {
        return new Properties();
    }
}
