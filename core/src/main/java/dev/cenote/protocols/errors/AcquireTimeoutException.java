package dev.cenote.protocols.errors;

import dev.cenote.protocols.Holder;
import dev.cenote.protocols.PoolStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * No connection came in time. Says in which phase the time ran out, how long the caller waited, what the pool looked
 * like, who holds its connections, and why connecting failed last. The cause is that last connect failure, if any.
 */
public class AcquireTimeoutException extends PoolException {
    private static final long serialVersionUID = 1L;

    /** What the caller was waiting for. */
    public enum Phase {
        /** For somebody to return a connection: all are leased. */
        WAITING("waiting for a connection to be returned"),
        /** For a connection to be opened. */
        CONNECTING("waiting for a connection to be opened"),
        /** For an idle connection to give a sign of life. */
        VALIDATING("waiting for a connection to be validated");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    private final Phase phase;
    private final transient Duration waited;
    private final transient PoolStats stats;
    private final transient List<Holder> holders;

    public AcquireTimeoutException(
            Phase phase,
            Duration waited,
            PoolStats stats,
            List<Holder> holders,
            @Nullable Throwable lastConnectFailure) {
        super(stats.pool(), message(phase, waited, stats, holders, lastConnectFailure), lastConnectFailure);
        this.phase = phase;
        this.waited = waited;
        this.stats = stats;
        this.holders = List.copyOf(holders);
    }

    private static String message(
            Phase phase, Duration waited, PoolStats stats, List<Holder> holders, @Nullable Throwable failure) {
        var text = new StringBuilder()
                .append("no connection within ")
                .append(waited.toMillis())
                .append(" ms, ")
                .append(phase.words)
                .append(" (leased ")
                .append(stats.leased())
                .append(", idle ")
                .append(stats.idle())
                .append(", connecting ")
                .append(stats.connecting())
                .append(", maxSize ")
                .append(stats.maxSize())
                .append(", waiters ")
                .append(stats.waiters())
                .append(')');
        if (failure != null) {
            text.append("; last connect failure: ").append(describe(failure));
        }
        if (!holders.isEmpty()) {
            text.append("; held: ")
                    .append(holders.stream().limit(10).map(Holder::toString).collect(Collectors.joining("; ")));
            if (holders.size() > 10) {
                text.append("; and ").append(holders.size() - 10).append(" more");
            }
        }
        return text.toString();
    }

    /** What the caller was waiting for when the time ran out. */
    public Phase phase() {
        return phase;
    }

    /** How long the caller waited. */
    public Duration waited() {
        return waited;
    }

    /** The pool at that moment. */
    public PoolStats stats() {
        return stats;
    }

    /** Who held the connections at that moment, longest first. */
    public List<Holder> holders() {
        return holders;
    }

    /** Why the last attempt to open a connection failed, unless it succeeded. */
    public Optional<Throwable> lastConnectFailure() {
        return Optional.ofNullable(getCause());
    }
}
