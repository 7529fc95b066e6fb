package dev.cenote.mongo;

import com.mongodb.ServerAddress;
import com.mongodb.connection.ConnectionId;
import com.mongodb.connection.ServerId;
import com.mongodb.event.ConnectionCheckOutFailedEvent;
import com.mongodb.event.ConnectionCheckOutStartedEvent;
import com.mongodb.event.ConnectionCheckedInEvent;
import com.mongodb.event.ConnectionCheckedOutEvent;
import com.mongodb.event.ConnectionClosedEvent;
import com.mongodb.event.ConnectionCreatedEvent;
import com.mongodb.event.ConnectionPoolClearedEvent;
import com.mongodb.event.ConnectionPoolClosedEvent;
import com.mongodb.event.ConnectionPoolCreatedEvent;
import com.mongodb.event.ConnectionPoolListener;
import com.mongodb.event.ConnectionPoolReadyEvent;
import com.mongodb.event.ConnectionReadyEvent;
import dev.cenote.protocols.events.CloseReason;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Hears what the driver's pools do, counts it by server and tells the rarer of it. Every command passes here three times,
 * so that these only count.
 */
final class Sockets implements ConnectionPoolListener {
    private final MongoEvents events;
    private final Map<ServerAddress, SocketCounts> servers = new ConcurrentHashMap<>();

    Sockets(MongoEvents events) {
        this.events = events;
    }

    /** By server, in the order of their addresses. */
    List<ServerSockets> snapshot() {
        return servers.values().stream()
                .filter(SocketCounts::isPresent)
                .map(SocketCounts::snapshot)
                .sorted(Comparator.comparing(each -> each.server().toString()))
                .toList();
    }

    private SocketCounts of(ServerId server) {
        SocketCounts known = servers.get(server.getAddress());
        return known != null ? known : servers.computeIfAbsent(server.getAddress(), SocketCounts::new);
    }

    private SocketCounts of(ConnectionId socket) {
        return of(socket.getServerId());
    }

    private static ServerAddress address(ConnectionId socket) {
        return socket.getServerId().getAddress();
    }

    // ---- the driver's pool of one server

    @Override
    public void connectionPoolCreated(ConnectionPoolCreatedEvent event) {
        of(event.getServerId()).poolCreated();
    }

    @Override
    public void connectionPoolReady(ConnectionPoolReadyEvent event) {
        events.tell(
                pool -> new MongoEvent.SocketsReady(pool, event.getServerId().getAddress()));
    }

    @Override
    public void connectionPoolCleared(ConnectionPoolClearedEvent event) {
        of(event.getServerId()).cleared();
        events.tell(
                pool -> new MongoEvent.SocketsCleared(pool, event.getServerId().getAddress()));
    }

    @Override
    public void connectionPoolClosed(ConnectionPoolClosedEvent event) {
        of(event.getServerId()).poolClosed();
    }

    // ---- its sockets

    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        ConnectionId socket = event.getConnectionId();
        of(socket).created(socket);
        events.tell(pool -> new MongoEvent.SocketCreated(pool, address(socket), socket.getLocalValue()));
    }

    @Override
    public void connectionReady(ConnectionReadyEvent event) {
        ConnectionId socket = event.getConnectionId();
        of(socket).ready(socket);
        Duration took = Duration.ofNanos(event.getElapsedTime(TimeUnit.NANOSECONDS));
        events.tell(pool -> new MongoEvent.SocketReady(pool, address(socket), socket.getLocalValue(), took));
    }

    @Override
    public void connectionClosed(ConnectionClosedEvent event) {
        ConnectionId socket = event.getConnectionId();
        CloseReason reason = reason(event.getReason());
        of(socket).closed(socket, reason);
        events.tell(pool -> new MongoEvent.SocketClosed(pool, address(socket), socket.getLocalValue(), reason));
    }

    private static CloseReason reason(ConnectionClosedEvent.Reason reason) {
        return switch (reason) {
            case STALE -> CloseReason.STALE;
            case IDLE -> CloseReason.IDLE;
            case ERROR -> CloseReason.ERROR;
            case POOL_CLOSED -> CloseReason.POOL_CLOSED;
        };
    }

    // ---- their use

    @Override
    public void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {
        of(event.getServerId()).asked();
    }

    @Override
    public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
        of(event.getServerId()).refused();
    }

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        of(event.getConnectionId()).given();
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        of(event.getConnectionId()).returned();
    }
}
