package dev.cenote.jdbc;

import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens, validates, resets and closes JDBC connections. A backend says in {@link #connect} how its driver connects, and
 * in a {@link Dialect} what its product does in a way of its own.
 *
 * <p>Thread-safe. While it has open connections it runs one daemon thread, which ends operations that near their
 * deadline.
 */
public abstract class JdbcConnector implements Connector<JdbcConnection> {
    private final ResetPolicy resetPolicy;
    private final Watch watch = new Watch();

    /** A connector whose connections are reset by that policy. */
    protected JdbcConnector(ResetPolicy resetPolicy) {
        this.resetPolicy = resetPolicy;
    }

    /**
     * Opens a connection with the driver, on this thread, and gives up by {@code deadline}, even if the server accepts
     * and then says nothing. The network time-out of the connection is of no matter.
     */
    protected abstract Connection connect(Deadline deadline) throws SQLException;

    /** How to use {@code connection}, which was just opened and whose session is as new. */
    protected abstract Dialect dialect(Connection connection) throws SQLException;

    @Override
    public final JdbcConnection open(Deadline deadline) throws SQLException {
        if (deadline.isExpired()) {
            throw NotSentException.late();
        }
        Connection driver = connect(deadline);
        try {
            return new JdbcConnection(driver, dialect(driver), watch);
        } catch (SQLException | RuntimeException failure) {
            driver.abort(Runnable::run);
            throw failure;
        }
    }

    @Override
    public final void validate(JdbcConnection connection, Deadline deadline) throws Exception {
        connection.validate(deadline);
    }

    @Override
    public final boolean needsReset(JdbcConnection connection) {
        return connection.needsReset(resetPolicy);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Rolls back an open transaction. If the session was changed by other means than a transaction, or {@link
     * ResetPolicy#FULL} asks for it, resets it in full.
     */
    @Override
    public final void reset(JdbcConnection connection, Deadline deadline) throws Exception {
        connection.reset(resetPolicy, deadline);
    }

    @Override
    public final void close(JdbcConnection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException failure) {
            connection.abort();
        }
    }

    @Override
    public final void abort(JdbcConnection connection) {
        connection.abort();
    }
}
