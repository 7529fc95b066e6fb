package dev.cenote.benchmarks.stub;

import java.sql.Connection;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** A statement that does nothing and has no result. */
final class StubStatement extends UnsupportedStatement {
    private final StubConnection connection;
    private boolean closed;

    StubStatement(StubConnection connection) {
        this.connection = connection;
    }

    @Override
    public boolean execute() {
        return false;
    }

    @Override
    public boolean execute(String sql) {
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public @Nullable SQLWarning getWarnings() {
        return null;
    }

    @Override
    public void clearWarnings() {}

    @Override
    public int getQueryTimeout() {
        return 0;
    }

    @Override
    public void setQueryTimeout(int seconds) {}

    @Override
    public void clearBatch() {}

    @Override
    public void clearParameters() {}

    @Override
    public boolean isPoolable() {
        return false;
    }

    @Override
    public void setPoolable(boolean value) {}
}
