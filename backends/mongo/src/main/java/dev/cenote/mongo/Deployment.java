package dev.cenote.mongo;

import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerDescription;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ClusterListener;
import dev.cenote.circuit.Circuit;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Health.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the driver's monitors know of the servers: who is the primary, whom they cannot reach. It becomes events, a part of
 * the pool's health, and failures of its circuit once no server at all answers. That the driver's pool is exhausted is
 * none of this.
 */
final class Deployment implements ClusterListener {
    private final MongoEvents events;
    private final Map<ServerAddress, Throwable> unreachable = new HashMap<>();
    private Optional<ServerAddress> primary = Optional.empty();
    private @Nullable ClusterDescription latest;
    private @Nullable Circuit circuit;

    Deployment(MongoEvents events) {
        this.events = events;
    }

    /** From now on it is told when no server answers, and when one does again. */
    synchronized void guardedBy(Circuit guard) {
        circuit = guard;
    }

    @Override
    public void clusterDescriptionChanged(ClusterDescriptionChangedEvent event) {
        ClusterDescription now = event.getNewDescription();
        synchronized (this) {
            latest = now;
            Optional<ServerAddress> from = primary;
            Optional<ServerAddress> to = primary(now);
            // By what was told last, since a resize makes a second client, which sees the same from the beginning.
            boolean changed = !to.equals(from) && !to.equals(primary(event.getPreviousDescription()));
            if (changed) {
                primary = to;
                events.tell(pool -> new MongoEvent.PrimaryChanged(pool, from, to));
            }
        }
    }

    private static Optional<ServerAddress> primary(ClusterDescription deployment) {
        return deployment.getServerDescriptions().stream()
                .filter(server -> server.isOk() && server.isReplicaSetMember() && server.isPrimary())
                .map(ServerDescription::getAddress)
                .findFirst();
    }

    // ---- heartbeats

    /** A monitor has reached the server. */
    void answered(ServerAddress server) {
        Circuit told;
        synchronized (this) {
            if (unreachable.remove(server) == null) {
                return;
            }
            events.tell(pool -> new MongoEvent.ServerReachable(pool, server));
            told = circuit;
        }
        if (told != null) {
            told.recordSuccess();
        }
    }

    /** A monitor could not. */
    void failed(ServerAddress server, Throwable error) {
        Circuit told;
        Throwable reason;
        synchronized (this) {
            if (unreachable.put(server, error) == null) {
                events.tell(pool -> new MongoEvent.ServerUnreachable(pool, server, error));
            }
            Map<ServerAddress, Throwable> all = allUnreachable();
            if (all.isEmpty()) {
                return;
            }
            reason = NoServerAnswersException.of(all);
            told = circuit;
        }
        if (told != null) {
            told.recordFailure(reason);
        }
    }

    /** Each server with the reason, if none can be reached; empty if one can, or none is known. */
    private Map<ServerAddress, Throwable> allUnreachable() {
        ClusterDescription now = latest;
        if (now == null) {
            return Map.of();
        }
        var failures = new HashMap<ServerAddress, Throwable>();
        for (ServerDescription server : now.getServerDescriptions()) {
            Throwable failure = unreachable.get(server.getAddress());
            if (failure == null) {
                return Map.of();
            }
            failures.put(server.getAddress(), failure);
        }
        return failures;
    }

    // ---- health

    /** {@code pool}, or what the servers make of it if that is worse. */
    synchronized Health health(Health pool) {
        ClusterDescription now = latest;
        if (pool.status() == Status.DOWN || now == null) {
            return pool;
        }
        Map<ServerAddress, Throwable> failures = allUnreachable();
        if (!failures.isEmpty()) {
            return new Health(Status.DOWN, NoServerAnswersException.of(failures).getMessage() + "; " + pool.reason());
        }
        List<ServerDescription> servers = now.getServerDescriptions();
        boolean isSet = now.getType() == ClusterType.REPLICA_SET;
        if (isSet && primary(now).isEmpty() && servers.stream().anyMatch(ServerDescription::isOk)) {
            String addresses = servers.stream()
                    .map(server -> server.getAddress().toString())
                    .collect(Collectors.joining(", "));
            return new Health(Status.DEGRADED, "no primary among " + addresses + "; " + pool.reason());
        }
        return pool;
    }
}
