package dev.cenote.jdbc;

import dev.cenote.protocols.TransactionOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What one product and its driver do in a way of their own, for one connection or for all. Thread-safe. Every method may
 * block until the network time-out, which the caller has set.
 */
public interface Dialect {
    /** Makes one round trip that leaves no trace, whatever the state of the transaction. */
    void ping(Connection connection) throws SQLException;

    /** Begins a transaction, leaving nothing to restore after its end. */
    void begin(Connection connection, TransactionOptions options) throws SQLException;

    /** Commits the transaction. Throws if the server rolled it back instead. */
    void commit(Connection connection) throws SQLException;

    /** Rolls the transaction back. */
    void rollback(Connection connection) throws SQLException;

    /**
     * Gives the session the state of a new one, whatever was done to it, an open transaction included, and the driver's
     * own object the settings it had.
     */
    void resetSession(Connection connection) throws SQLException;

    /**
     * Asks the server to stop {@code statement}, from another thread than the one that runs it; returns once the server
     * has taken the request. Must not wait for the statement itself.
     */
    void cancel(Connection connection, Statement statement) throws SQLException;

    /** True if {@code failure} is how a cancelled statement ends. */
    boolean isCancellation(SQLException failure);

    /** True if a cancelled statement may end as if it had succeeded, with a result that is not whole. */
    boolean mayCutShort();

    /** Sets a parameter; values that the driver does not take by itself are converted. */
    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException;
}
