package dev.cenote.mongo;

import com.mongodb.ServerAddress;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * What the driver told of its servers and sockets, for the pool's listeners: they see the pool's own events, which are of
 * leases and of what they are given, and these. Sockets of change streams are not among them. Immutable.
 */
public sealed interface MongoEvent extends PoolEvent.BackendEvent {
    /**
     * Another server is the primary of the replica set; empty where there was none, or is none now. An election is told
     * twice: the old one goes, the new one comes. Never told of a standalone server or of routers.
     */
    record PrimaryChanged(String pool, Optional<ServerAddress> from, Optional<ServerAddress> to)
            implements MongoEvent {}

    /** The driver's monitor cannot reach the server. Told once, until it can again. */
    record ServerUnreachable(String pool, ServerAddress server, Throwable error) implements MongoEvent {}

    /** The driver's monitor has reached the server again. */
    record ServerReachable(String pool, ServerAddress server) implements MongoEvent {}

    /** The driver may open sockets to the server (again). */
    record SocketsReady(String pool, ServerAddress server) implements MongoEvent {}

    /** The driver gives up all sockets to the server that it has, idle ones now and used ones as they come back. */
    record SocketsCleared(String pool, ServerAddress server) implements MongoEvent {}

    /** Opening a socket begins. */
    record SocketCreated(String pool, ServerAddress server, long socketId) implements MongoEvent {}

    /** The socket is open and authenticated, {@code took} after it was begun. */
    record SocketReady(String pool, ServerAddress server, long socketId, Duration took) implements MongoEvent {}

    /** The socket was closed; also told of one that could not be opened. */
    record SocketClosed(String pool, ServerAddress server, long socketId, CloseReason reason) implements MongoEvent {}
}
