package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What {@code getConnection()} gives: a lease with the face of a connection. It is closed once; after that it throws, and
 * touches the driver's connection no more, which is the next holder's.
 *
 * <p>Three references and nothing else, since one is allocated for each acquire; what is known of the session stands in
 * {@link JdbcSession}. Used by one thread at a time, as JDBC has it; only closing and aborting may come from others.
 */
final class ConnectionWrapper extends ConnectionDelegate {
    private static final VarHandle SESSION;
    private static final Verdict NOT_SENT = new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED);

    static {
        try {
            SESSION = MethodHandles.lookup().findVarHandle(ConnectionWrapper.class, "session", JdbcSession.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Lease<JdbcSession> lease;

    /** Null once closed. Read plainly on each call; taken out by whoever closes. */
    private @Nullable JdbcSession session;

    /** What is open on it, the last one first. */
    private @Nullable OpenChild children;

    ConnectionWrapper(Lease<JdbcSession> lease, JdbcSession session) {
        this.lease = lease;
        this.session = session;
    }

    /** The session. Throws once this is closed. */
    JdbcSession session() throws SQLException {
        JdbcSession open = session;
        if (open == null) {
            throw new OwnRefusal.ConnectionClosed();
        }
        return open;
    }

    @Override
    Connection delegate() throws SQLException {
        return session().raw;
    }

    @Override
    Connection asked() throws SQLException {
        return session().asked();
    }

    @Override
    Connection givesLob() throws SQLException {
        session().givesLob();
        return session().asked();
    }

    @Override
    SQLException failed(SQLException failure) {
        return failed(failure, Phase.EXECUTE);
    }

    private SQLException failed(SQLException failure, Phase phase) {
        JdbcSession open = session;
        if (failure instanceof OwnRefusal.Late) {
            Judged.note(failure, NOT_SENT);
        } else if (open != null && !(failure instanceof OwnRefusal)) {
            open.failed(lease, failure, phase);
        }
        return failure;
    }

    // ---- what is open on it

    void opened(OpenChild child) {
        OpenChild next = children;
        child.next = next;
        if (next != null) {
            next.previous = child;
        }
        children = child;
    }

    void closed(OpenChild child) {
        OpenChild previous = child.previous;
        OpenChild next = child.next;
        if (previous != null) {
            previous.next = next;
        } else if (children == child) {
            children = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        child.previous = null;
        child.next = null;
    }

    private <T extends StatementWrapper> T open(T statement) throws SQLException {
        opened(statement);
        session().limit(statement);
        return statement;
    }

    /** A statement has run. */
    void ran() {
        JdbcSession open = session;
        if (open != null) {
            open.ran();
        }
    }

    @Override
    public Statement createStatement() throws SQLException {
        try {
            return open(new PlainStatement(this, session().asked().createStatement()));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Statement createStatement(int resultSetType, int resultSetConcurrency) throws SQLException {
        try {
            return open(
                    new PlainStatement(this, session().asked().createStatement(resultSetType, resultSetConcurrency)));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Statement createStatement(int resultSetType, int resultSetConcurrency, int resultSetHoldability)
            throws SQLException {
        try {
            return open(new PlainStatement(
                    this,
                    session().asked().createStatement(resultSetType, resultSetConcurrency, resultSetHoldability)));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        try {
            return open(new PreparedStatementWrapper(this, session().asked().prepareStatement(sql), sql));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
            throws SQLException {
        try {
            return open(new PreparedStatementWrapper(
                    this, session().asked().prepareStatement(sql, resultSetType, resultSetConcurrency), sql));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        try {
            return open(new PreparedStatementWrapper(
                    this,
                    session().asked().prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability),
                    sql));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        try {
            return open(new PreparedStatementWrapper(
                    this, session().asked().prepareStatement(sql, autoGeneratedKeys), sql));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        try {
            return open(
                    new PreparedStatementWrapper(this, session().asked().prepareStatement(sql, columnIndexes), sql));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        try {
            return open(new PreparedStatementWrapper(this, session().asked().prepareStatement(sql, columnNames), sql));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        try {
            return open(new CallableStatementWrapper(this, session().asked().prepareCall(sql), sql));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency) throws SQLException {
        try {
            return open(new CallableStatementWrapper(
                    this, session().asked().prepareCall(sql, resultSetType, resultSetConcurrency), sql));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public CallableStatement prepareCall(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        try {
            return open(new CallableStatementWrapper(
                    this,
                    session().asked().prepareCall(sql, resultSetType, resultSetConcurrency, resultSetHoldability),
                    sql));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        try {
            return new MetaDataWrapper(this, session().asked().getMetaData());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    // ---- transactions

    @Override
    public boolean getAutoCommit() throws SQLException {
        return session().isAutoCommit();
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        boolean commits = session().mayBeInTransaction();
        change(open -> open.setAutoCommit(autoCommit), commits ? Phase.COMMIT : Phase.EXECUTE);
    }

    @Override
    public void commit() throws SQLException {
        change(JdbcSession::commit, Phase.COMMIT);
    }

    @Override
    public void rollback() throws SQLException {
        change(JdbcSession::rollback);
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        change(open -> open.raw.rollback(savepoint));
    }

    // ---- settings, which are restored on return

    /** Something that is changed in the session. */
    private interface Change {
        void in(JdbcSession session) throws SQLException;
    }

    private void change(Change change) throws SQLException {
        change(change, Phase.EXECUTE);
    }

    private void change(Change change, Phase phase) throws SQLException {
        try {
            JdbcSession open = session();
            open.asks();
            change.in(open);
        } catch (SQLException failure) {
            throw failed(failure, phase);
        }
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        change(open -> open.set(Setting.READ_ONLY, readOnly));
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        change(open -> open.set(Setting.CATALOG, catalog));
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        change(open -> open.set(Setting.SCHEMA, schema));
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        change(open -> open.set(Setting.ISOLATION, level));
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        change(open -> open.set(Setting.HOLDABILITY, holdability));
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        change(open -> open.set(Setting.TYPE_MAP, map));
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        change(open -> open.setNetworkTimeout(executor, milliseconds));
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        try {
            return session().networkTimeout();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        changeClientInfo(open -> open.raw.setClientInfo(name, value));
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        changeClientInfo(open -> open.raw.setClientInfo(properties));
    }

    private void changeClientInfo(Change change) throws SQLClientInfoException {
        try {
            change(open -> {
                open.willChange(Setting.CLIENT_INFO);
                change.in(open);
            });
        } catch (SQLClientInfoException failure) {
            throw failure;
        } catch (SQLException failure) {
            throw new SQLClientInfoException(failure.getMessage(), failure.getSQLState(), Map.of(), failure);
        }
    }

    // ---- the driver's own objects

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        try {
            return session().expose(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        Connection raw = delegate();
        return type.isInstance(this) || type.isInstance(raw) || raw.isWrapperFor(type);
    }

    // ---- the end

    /**
     * False once it is closed, as JDBC has it; a negative time-out is refused by the driver. Within a deadline it is no longer
     * than that leaves: MySQL's drivers go by it and not by their network time-out, and MariaDB's takes 0 for no end.
     */
    @Override
    public boolean isValid(int timeout) throws SQLException {
        JdbcSession open = session;
        if (open == null) {
            return false;
        }
        boolean valid = super.isValid(timeout < 0 ? timeout : open.secondsToAnswer(timeout));
        if (!valid) {
            open.gaveNoSign();
        }
        return valid;
    }

    /** True too once it was lost, of which JDBC leaves the choice. */
    @Override
    public boolean isClosed() {
        JdbcSession open = session;
        return open == null || open.isBroken();
    }

    @Override
    public void close() {
        JdbcSession open = session;
        if (open == null) {
            return;
        }
        if (children == null && !open.mayHaveWarnings()) {
            session = null; // nothing but the lease is to be ended, which ends once by itself
        } else if (takeSession() != null) {
            try {
                closeChildren(open);
                open.clearWarnings();
            } catch (RuntimeException | Error broken) { // from a driver: the lease must not be lost for it
                lease.invalidate();
                throw broken;
            }
        }
        lease.close();
    }

    /** The session for whoever ends this first; null for all others. */
    private @Nullable JdbcSession takeSession() {
        return (JdbcSession) SESSION.getAndSet(this, (JdbcSession) null);
    }

    private void closeChildren(JdbcSession open) {
        try {
            open.asks(); // a driver may read to their end, and has the time for that which cleaning up has
        } catch (SQLException failure) {
            open.failed(lease, failure, Phase.EXECUTE);
        }
        for (OpenChild each = children; each != null; each = each.next) {
            SQLException failure = each.closeWithConnection();
            if (failure != null) {
                open.failed(lease, failure, Phase.EXECUTE);
            }
        }
        children = null;
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        JdbcSession open = takeSession();
        if (open == null) {
            return;
        }
        try {
            open.raw.abort(executor);
        } finally {
            lease.invalidate();
        }
    }

    @Override
    public String toString() {
        JdbcSession open = session;
        return "Connection[" + (open == null ? "closed]" : lease.connectionId() + " of " + open.raw + "]");
    }
}
