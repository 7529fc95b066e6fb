package dev.cenote.mongo;

import com.mongodb.ServerAddress;
import com.mongodb.connection.ConnectionId;
import com.mongodb.connection.ServerId;
import dev.cenote.protocols.events.CloseReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the sockets to one server, of however many clients there are. */
final class SocketCounts {
    /** A connection's id gets its server's number on the way, and so would not equal itself. */
    private record Key(ServerId client, long number) {
        static Key of(ConnectionId socket) {
            return new Key(socket.getServerId(), socket.getLocalValue());
        }
    }

    private final ServerAddress server;
    private final Set<Key> connecting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pools = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger inUse = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong cleared = new AtomicLong();
    private final Map<CloseReason, AtomicLong> closed = new EnumMap<>(CloseReason.class);

    SocketCounts(ServerAddress server) {
        this.server = server;
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, new AtomicLong());
        }
    }

    void poolCreated() {
        pools.incrementAndGet();
    }

    void poolClosed() {
        pools.decrementAndGet();
    }

    void cleared() {
        cleared.incrementAndGet();
    }

    void created(ConnectionId socket) {
        created.incrementAndGet();
        connecting.add(Key.of(socket));
    }

    void ready(ConnectionId socket) {
        connecting.remove(Key.of(socket));
        open.incrementAndGet();
    }

    void closed(ConnectionId socket, CloseReason reason) {
        if (!connecting.remove(Key.of(socket))) {
            open.decrementAndGet();
        }
        count(reason).incrementAndGet();
    }

    private AtomicLong count(CloseReason reason) {
        AtomicLong count = closed.get(reason);
        if (count == null) {
            throw new AssertionError(reason);
        }
        return count;
    }

    void asked() {
        waiting.incrementAndGet();
    }

    void refused() {
        waiting.decrementAndGet();
    }

    void given() {
        waiting.decrementAndGet();
        inUse.incrementAndGet();
    }

    void returned() {
        inUse.decrementAndGet();
    }

    /** False once the server has left the deployment, and its last socket is closed. */
    boolean isPresent() {
        return pools.get() > 0 || open.get() > 0 || !connecting.isEmpty();
    }

    ServerSockets snapshot() {
        var reasons = new EnumMap<CloseReason, Long>(CloseReason.class);
        closed.forEach((reason, count) -> {
            if (count.get() > 0) {
                reasons.put(reason, count.get());
            }
        });
        return new ServerSockets(
                server,
                open.get(),
                inUse.get(),
                connecting.size(),
                waiting.get(),
                created.get(),
                cleared.get(),
                reasons);
    }
}
