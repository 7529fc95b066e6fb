package dev.cenote.protocols;

import java.util.Optional;

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

    /**
     * What its holder does with it by other means than operations, if that is known and was anything; read by reports, from
     * any thread, at any moment. Neither blocks nor throws. Nothing by default.
     */
    default Optional<Activity> activity() {
        return Optional.empty();
    }
}
