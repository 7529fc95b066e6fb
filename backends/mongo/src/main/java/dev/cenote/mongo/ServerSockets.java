package dev.cenote.mongo;

import com.mongodb.ServerAddress;
import dev.cenote.protocols.events.CloseReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The driver's sockets to one server, at one moment. Each number is right by itself; of two that change together, one may
 * be seen before and the other after. Immutable.
 *
 * @param server its address
 * @param open open and authenticated, in use or idle
 * @param inUse those of the open ones on which a command runs, or which a cursor or transaction keeps
 * @param connecting being opened
 * @param waiting commands that wait for a socket, while it is being opened too
 * @param created begun since the pool was made
 * @param cleared how often the driver gave up all that it had
 * @param closed closed since the pool was made, by reason: {@code IDLE} (also past the maximum lifetime), {@code STALE},
 *     {@code ERROR}, {@code POOL_CLOSED} (also after a resize)
 */
public record ServerSockets(
        ServerAddress server,
        int open,
        int inUse,
        int connecting,
        int waiting,
        long created,
        long cleared,
        Map<CloseReason, Long> closed) {
    public ServerSockets {
        var copy = new EnumMap<CloseReason, Long>(CloseReason.class);
        copy.putAll(closed);
        closed = Collections.unmodifiableMap(copy);
    }
}
