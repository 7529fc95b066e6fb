package dev.cenote.mongo;

import com.mongodb.MongoException;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import com.mongodb.selector.ServerSelector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the driver's wait for a server as soon as none can be reached, with the reason. Left alone, the driver waits for
 * its whole time-out while every attempt is refused, tells nobody, and hides from the circuit breaker that the server is
 * down. As long as one server answers, an election may be going on, and the driver waits as it always does.
 *
 * <p>A failure counts only while it is fresh: the driver checks again within half a second of being asked for a server,
 * and a failure that is older says nothing of a server that has come back since.
 */
final class FailFastSelector implements ServerSelector {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Optional<ServerSelector> chosen;
    private volatile @Nullable Supplier<ClusterDescription> deployment;

    /** Leaves the choice among the servers that answer to {@code chosen}, or to the driver. */
    FailFastSelector(Optional<ServerSelector> chosen) {
        this.chosen = chosen;
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
        long nanoTime = System.nanoTime();
        List<ServerDescription> servers = now.getServerDescriptions();
        if (!servers.isEmpty() && servers.stream().allMatch(server -> hasJustFailed(server, nanoTime))) {
            throw NoServerAnswersException.of(servers);
        }
    }

    private static boolean hasJustFailed(ServerDescription server, long nanoTime) {
        return server.getException() != null && nanoTime - server.getLastUpdateTime(TimeUnit.NANOSECONDS) < FRESH_NANOS;
    }
}
