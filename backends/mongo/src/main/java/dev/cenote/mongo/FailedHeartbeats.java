package dev.cenote.mongo;

import com.mongodb.MongoSocketOpenException;
import com.mongodb.ServerAddress;
import com.mongodb.event.ServerHeartbeatFailedEvent;
import com.mongodb.event.ServerHeartbeatSucceededEvent;
import com.mongodb.event.ServerMonitorListener;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The servers that the driver's monitors cannot reach, each with the reason.
 *
 * <p>That an operation's socket broke is no such reason: the driver will look for itself whether the server is still
 * there, and then try the operation again. Nor is it one that a monitor's own socket broke, as it does when the server
 * is restarted; the next heartbeat, on a new socket, tells.
 *
 * <p>A failure counts only while it is fresh: asked for a server, the driver checks again within half a second, and an
 * older failure says nothing of a server that has come back since. The {@link Deployment} hears of each as it happens.
 */
final class FailedHeartbeats implements ServerMonitorListener {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Map<ServerAddress, Failure> failures = new ConcurrentHashMap<>();
    private final Set<ServerAddress> connected = ConcurrentHashMap.newKeySet();

    private final Deployment deployment;

    FailedHeartbeats(Deployment deployment) {
        this.deployment = deployment;
    }

    private record Failure(long atNanos, Throwable reason) {}

    @Override
    public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
        ServerAddress server = event.getConnectionId().getServerId().getAddress();
        connected.add(server);
        failures.remove(server);
        deployment.answered(server);
    }

    @Override
    public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
        ServerAddress server = event.getConnectionId().getServerId().getAddress();
        boolean onEarlierSocket = connected.remove(server);
        if (!onEarlierSocket || event.getThrowable() instanceof MongoSocketOpenException) {
            failures.put(server, new Failure(System.nanoTime(), event.getThrowable()));
            deployment.failed(server, event.getThrowable());
        }
    }

    /** Why {@code server} could not be reached just now, if it could not. */
    Optional<Throwable> fresh(ServerAddress server) {
        return Optional.ofNullable(failures.get(server))
                .filter(failure -> System.nanoTime() - failure.atNanos() < FRESH_NANOS)
                .map(Failure::reason);
    }
}
