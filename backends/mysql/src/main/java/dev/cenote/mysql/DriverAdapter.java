package dev.cenote.mysql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** What the two drivers do differently. Each implementation is the only class that touches its driver. */
interface DriverAdapter {
    /** The product that the driver is made for, as {@code db.system.name} has it. */
    String system();

    /**
     * The properties for {@code parameters} of the user's.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException by the name of the parameter that is wrong
     */
    Properties properties(Map<String, String> parameters);

    /** Opens a connection to {@code address}, a host and port and database as they stand in a URL. */
    Connection connect(String address, Properties properties) throws SQLException;

    /** Makes one round trip. */
    void ping(Connection connection) throws SQLException;

    /** Has the server reset the session, and the driver its own idea of it. */
    void reset(Connection connection) throws SQLException;

    /** True if that is a connection of this driver's. */
    boolean isOwn(Connection connection) throws SQLException;

    /**
     * Checks that {@link #reset} will reset that connection.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException by the name of the parameter that stands in the way
     */
    void requireResettable(Connection connection) throws SQLException;

    /** The assignments by which the user has the driver set session variables; empty if there are none. */
    String sessionVariables(Connection connection) throws SQLException;

    /** A new exception as the driver throws it when the server answers with that message, SQLSTATE and code. */
    SQLException answered(String message, String state, int code);

    /** A new exception as the driver throws it when the network failed with {@code cause}. */
    SQLException lost(String message, IOException cause);
}
