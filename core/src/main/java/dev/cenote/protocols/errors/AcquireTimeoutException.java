package dev.cenote.protocols.errors;

import dev.cenote.protocols.ConnectFailure;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * No connection came in time. Says in which phase the time ran out, how long the caller waited, what the pool looked
 * like, what the figures suggest as the reason, who holds its connections, and why connecting failed last. The cause is that
 * last connect failure, if any.
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
    private final transient PoolReport report;

    public AcquireTimeoutException(Phase phase, Duration waited, PoolReport report) {
        super(report.stats().pool(), message(phase, waited, report), cause(report));
        this.phase = phase;
        this.waited = waited;
        this.report = report;
    }

    private static @Nullable Throwable cause(PoolReport report) {
        return report.lastConnectFailure().map(ConnectFailure::error).orElse(null);
    }

    private static String message(Phase phase, Duration waited, PoolReport report) {
        PoolStats stats = report.stats();
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
        report.suspicion().ifPresent(suspicion -> text.append("; suspected ").append(suspicion));
        report.lastConnectFailure()
                .ifPresent(failure -> text.append("; last connect failure: ").append(describe(failure.error())));
        List<Holder> holders = report.holders();
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

    /** All that the pool could say of itself at that moment. */
    public PoolReport report() {
        return report;
    }

    /** What the figures suggested as the reason, if they did. */
    public Optional<Suspicion> suspicion() {
        return report.suspicion();
    }

    /** The pool at that moment. */
    public PoolStats stats() {
        return report.stats();
    }

    /** Who held the connections at that moment, longest first. */
    public List<Holder> holders() {
        return report.holders();
    }

    /** Why the last attempt to open a connection failed, unless it succeeded. */
    public Optional<Throwable> lastConnectFailure() {
        return Optional.ofNullable(getCause());
    }
}
