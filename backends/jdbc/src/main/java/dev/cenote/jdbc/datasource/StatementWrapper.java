package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement of a wrapped connection. Ends with its connection, and ends its result sets by the driver's own rule. */
class StatementWrapper extends StatementDelegate {
    final ConnectionWrapper connection;
    private final Statement raw;

    /** What was prepared, or what ran last. Never the parameters. */
    private @Nullable String sql;

    /** When what runs began, by the pool's coarse clock. */
    private long sinceNanos;

    /** Whether something runs; read from other threads, for a report, with no promise to be of this instant. */
    private boolean running;

    /** Whether the driver's time-out is now another than the user set. */
    private boolean limited;

    private boolean closesOnCompletion;
    private boolean closed;

    /** What the user set for {@link #limited}. */
    private int ownTimeoutSeconds;

    StatementWrapper(ConnectionWrapper connection, Statement raw, @Nullable String sql) {
        this.connection = connection;
        this.raw = raw;
        this.sql = sql;
    }

    final void checkOpen() throws SQLException {
        if (closed) {
            throw new OwnRefusal.StatementClosed();
        }
    }

    @Override
    final Statement delegate() throws SQLException {
        checkOpen();
        return raw;
    }

    /** The driver's statement, to run that, or what was prepared or batched; {@link #ran} must follow. */
    private Statement toRun(@Nullable String text) throws SQLException {
        if (text != null) {
            sql = text;
        }
        begins();
        return raw;
    }

    /** Something is about to run; {@link #ran} must follow, whatever happens. */
    final void begins() throws SQLException {
        checkOpen();
        JdbcSession session = connection.session();
        session.runs(sql);
        Deadline deadline = Deadline.current();
        if (deadline.isLimited()) {
            limit(deadline);
        }
        sinceNanos = session.coarseNanos();
        running = true;
    }

    /** What was begun has ended. */
    final void ran() {
        running = false;
        if (limited) {
            restoreTimeout();
        }
    }

    /** The statement ends by the deadline of the call in which it runs, as far as whole seconds go. */
    private void limit(Deadline deadline) throws SQLException {
        long remaining = deadline.remainingNanos();
        if (remaining <= 0) {
            throw new OwnRefusal.Late();
        }
        int seconds = (int) Math.min((remaining + 999_999_999L) / 1_000_000_000L, Integer.MAX_VALUE);
        int own = raw.getQueryTimeout();
        if (own == 0 || seconds < own) {
            ownTimeoutSeconds = own;
            limited = true;
            raw.setQueryTimeout(seconds);
        }
    }

    /** At once and not with the next use: some drivers keep it by the connection. */
    private void restoreTimeout() {
        limited = false;
        try {
            if (!raw.isClosed()) {
                raw.setQueryTimeout(ownTimeoutSeconds);
            }
        } catch (SQLException failure) {
            connection.failed(failure);
        }
    }

    /** What runs now, if anything does; may be asked from any thread. */
    final Optional<Running> running() {
        String text = sql;
        return running ? Optional.of(new Running(text == null ? "batch" : text, sinceNanos)) : Optional.empty();
    }

    /** A statement that runs: its text as it is, which may hold secrets, and when it began by the coarse clock. */
    record Running(String sql, long sinceNanos) {
        /** The text may hold secrets. */
        @Override
        public String toString() {
            return "Running[" + SqlDigest.of(sql, true) + "]";
        }
    }

    @Override
    final SQLException failed(SQLException failure) {
        return connection.failed(failure);
    }

    /** A result set of the driver's, wrapped. */
    final @Nullable ResultSet results(@Nullable ResultSet found) {
        return found == null ? null : new ResultSetWrapper(connection, this, null, found);
    }

    @Override
    public final Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    // ---- running

    @Override
    public final ResultSet executeQuery(String sql) throws SQLException {
        try {
            return new ResultSetWrapper(connection, this, null, toRun(sql).executeQuery(sql));
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final boolean execute(String sql) throws SQLException {
        try {
            return toRun(sql).execute(sql);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        try {
            return toRun(sql).execute(sql, autoGeneratedKeys);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final boolean execute(String sql, int[] columnIndexes) throws SQLException {
        try {
            return toRun(sql).execute(sql, columnIndexes);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final boolean execute(String sql, String[] columnNames) throws SQLException {
        try {
            return toRun(sql).execute(sql, columnNames);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final int executeUpdate(String sql) throws SQLException {
        try {
            return toRun(sql).executeUpdate(sql);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        try {
            return toRun(sql).executeUpdate(sql, autoGeneratedKeys);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        try {
            return toRun(sql).executeUpdate(sql, columnIndexes);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final int executeUpdate(String sql, String[] columnNames) throws SQLException {
        try {
            return toRun(sql).executeUpdate(sql, columnNames);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final long executeLargeUpdate(String sql) throws SQLException {
        try {
            return toRun(sql).executeLargeUpdate(sql);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        try {
            return toRun(sql).executeLargeUpdate(sql, autoGeneratedKeys);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        try {
            return toRun(sql).executeLargeUpdate(sql, columnIndexes);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        try {
            return toRun(sql).executeLargeUpdate(sql, columnNames);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final int[] executeBatch() throws SQLException {
        try {
            return toRun(null).executeBatch();
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    @Override
    public final long[] executeLargeBatch() throws SQLException {
        try {
            return toRun(null).executeLargeBatch();
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            ran();
        }
    }

    // ---- result sets

    @Override
    public final @Nullable ResultSet getResultSet() throws SQLException {
        try {
            return results(delegate().getResultSet());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public final @Nullable ResultSet getGeneratedKeys() throws SQLException {
        try {
            return results(delegate().getGeneratedKeys());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    // ---- the driver's own objects

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        Statement own = delegate();
        return type.isInstance(own) ? type.cast(own) : own.unwrap(type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        Statement own = delegate();
        return type.isInstance(this) || type.isInstance(own) || own.isWrapperFor(type);
    }

    // ---- the end

    @Override
    public final void closeOnCompletion() throws SQLException {
        try {
            delegate().closeOnCompletion();
            closesOnCompletion = true;
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /** One of its result sets was closed: the driver may have closed the statement with it. */
    final void resultsClosed() throws SQLException {
        if (closesOnCompletion && !closed && raw.isClosed()) {
            closed = true;
            connection.closed(this);
        }
    }

    @Override
    public final boolean isClosed() throws SQLException {
        return closed || raw.isClosed(); // closeOnCompletion is the driver's
    }

    @Override
    public final void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        connection.closed(this);
        try {
            raw.close();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    final @Nullable SQLException closeWithConnection() {
        closed = true;
        try {
            raw.close();
            return null;
        } catch (SQLException failure) {
            return failure;
        }
    }

    @Override
    public final String toString() {
        return "Statement[" + raw + (closed ? ", closed]" : "]");
    }
}
