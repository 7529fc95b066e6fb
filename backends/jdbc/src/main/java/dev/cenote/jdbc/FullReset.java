package dev.cenote.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Gives a session the state that it had when it was new: settings made by SQL, temporary tables, prepared statements, locks,
 * whatever they were. Made for one connection by a {@link JdbcProduct}; used by one thread at a time.
 */
@FunctionalInterface
public interface FullReset {
    /**
     * Resets {@code connection}, which is in auto-commit mode. May block until the network time-out, which the caller has
     * set; the driver's own object gets the settings it had.
     *
     * @throws SQLException if it cannot; the connection is then closed
     */
    void reset(Connection connection) throws SQLException;
}
