package dev.cenote.protocols;

/**
 * Opens, validates, resets and closes the connections of one database. This and a {@link Classifier} are all that the
 * engine knows of a backend.
 *
 * <p>Thread-safe. {@link #open}, {@link #validate}, {@link #reset} and {@link #close} may block, and do so on threads of
 * the pool (a release that must reset runs on the releasing thread). Each should end by its deadline; where a driver
 * does not, the engine gives up waiting in time all the same and calls {@link #abort}.
 *
 * @param <C> the connection
 */
public interface Connector<C extends Connection> {
    /**
     * Opens a connection, authenticated and ready for use.
     *
     * @throws Exception the driver's, which the {@link Classifier} will read
     */
    C open(Deadline deadline) throws Exception;

    /**
     * Asks the server for a sign of life.
     *
     * @throws Exception if none came; the connection is then closed
     */
    void validate(C connection, Deadline deadline) throws Exception;

    /** True if {@link #reset} has something to do. Never blocks, costs no round trip. */
    boolean needsReset(C connection);

    /**
     * Gives the connection the session state of a new one: no open transaction, setting, watch or subscription of its
     * last user.
     *
     * @throws Exception if it cannot; the connection is then closed
     */
    void reset(C connection, Deadline deadline) throws Exception;

    /** Closes in good order. Must not throw; a failure to say goodbye is of no interest. */
    void close(C connection);

    /**
     * Ends the connection at once, from any thread, while another may be blocked in it. Must neither block nor throw.
     */
    void abort(C connection);

    /** What it connects to, for metrics and spans; unknown by default. */
    default Database database() {
        return Database.unknown();
    }

    /**
     * Ends what the connector itself holds, such as a driver's client with its threads. Called once, when the pool is
     * closed and its last connection has gone; may block. An {@link #open open} that was given up because it hung may
     * still be under way: should it succeed after this, its connection is given to {@link #close} all the same. Does
     * nothing by default.
     */
    default void shutdown() {}
}
