package dev.cenote.protocols;

/**
 * The unit that a lease gives exclusively: one physical connection, or what stands for one where the driver pools
 * sockets itself (MongoDB).
 *
 * <p>A connection is used by one holder at a time; only {@link Connector#abort} may be called from other threads
 * meanwhile.
 */
public interface Connection {
    /**
     * The driver's own object, for what Cenote's operations do not cover. Whatever is changed through it counts as a
     * changed session, so that the connection is reset in full when it is returned. The object must not be used after
     * the lease has ended: then it belongs to the next holder.
     *
     * @throws IllegalArgumentException if there is none of that type; the message names those there are
     */
    <T> T unwrap(Class<T> type);
}
