package dev.cenote.mongo;

import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import com.mongodb.selector.ServerSelector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the driver's wait for a server as soon as none can be reached, with the reason. Left alone, the driver waits for
 * its whole time-out while every attempt is refused, tells nobody, and hides from the circuit breaker that the server is
 * down. As long as one server answers, an election may be going on, and the driver waits as it always does.
 */
final class FailFastSelector implements ServerSelector {
    private final Optional<ServerSelector> chosen;
    private final FailedHeartbeats heartbeats;
    private volatile @Nullable Supplier<ClusterDescription> deployment;

    /** Leaves the choice among the servers that answer to {@code chosen}, or to the driver. */
    FailFastSelector(Optional<ServerSelector> chosen, FailedHeartbeats heartbeats) {
        this.chosen = chosen;
        this.heartbeats = heartbeats;
    }

    /** The driver shows a selector only the servers that have passed the ones before it; this shows them all. */
    void watch(Supplier<ClusterDescription> deployment) {
        this.deployment = deployment;
    }

    @Override
    public List<ServerDescription> select(ClusterDescription candidates) {
        if (candidates.getServerDescriptions().isEmpty()) {
            failIfNoneAnswers();
        }
        return chosen.map(selector -> selector.select(candidates)).orElseGet(candidates::getServerDescriptions);
    }

    private void failIfNoneAnswers() {
        Supplier<ClusterDescription> whole = deployment;
        if (whole == null) {
            return;
        }
        ClusterDescription now = whole.get();
        MongoException unresolved = now.getSrvResolutionException();
        if (unresolved != null && now.getServerDescriptions().isEmpty()) {
            throw new NoServerAnswersException("its name was not resolved: " + unresolved.getMessage(), unresolved);
        }
        Map<ServerAddress, Throwable> failures = new LinkedHashMap<>();
        for (ServerDescription server : now.getServerDescriptions()) {
            Optional<Throwable> failure = heartbeats.fresh(server.getAddress());
            if (failure.isEmpty()) {
                return;
            }
            failures.put(server.getAddress(), failure.get());
        }
        if (!failures.isEmpty()) {
            throw NoServerAnswersException.of(failures);
        }
    }
}
