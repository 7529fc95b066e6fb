package dev.cenote.spring.actuate;

import dev.cenote.protocols.Database;
import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.WaitingCaller;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pool as the endpoint shows it: all of its report, in types that any JSON mapper writes alike. Nothing here is secret.
 *
 * @param name its name
 * @param database what it connects to
 * @param health {@code UP}, {@code DEGRADED} or {@code DOWN}
 * @param reason why, in words
 * @param sizes how many connections there are, and how many callers wait
 * @param counts what has happened since the start
 * @param waits how long acquires took
 * @param uses how long leases were held
 * @param connects how long connecting took
 * @param suspicions why callers wait, the surest reason first
 * @param holders who holds connections, longest first
 * @param waiters who waits, longest first
 * @param lastConnectFailure why connecting failed last, unless it has succeeded since
 */
public record PoolDescription(
        String name,
        Server database,
        String health,
        String reason,
        Sizes sizes,
        Map<String, Long> counts,
        Times waits,
        Times uses,
        Times connects,
        List<Suspected> suspicions,
        List<Holding> holders,
        List<Waiting> waiters,
        @Nullable String lastConnectFailure) {

    /** What a pool connects to. */
    public record Server(
            String system,
            @Nullable String server,
            @Nullable String namespace) {
        static Server of(Database database) {
            return new Server(
                    database.system(),
                    database.server().map(Object::toString).orElse(null),
                    database.namespace().orElse(null));
        }
    }

    /** Its state, bounds and what is within them. */
    public record Sizes(
            String state,
            int minSize,
            int maxSize,
            int idle,
            int leased,
            int connecting,
            int waiters,
            long generation) {
        static Sizes of(PoolStats stats) {
            return new Sizes(
                    stats.state().name(),
                    stats.minSize(),
                    stats.maxSize(),
                    stats.idle(),
                    stats.leased(),
                    stats.connecting(),
                    stats.waiters(),
                    stats.generation());
        }
    }

    /** A distribution of durations, in milliseconds. */
    public record Times(long count, double meanMillis, double p50Millis, double p99Millis, double maxMillis) {
        static Times of(Distribution all) {
            return all.count() == 0
                    ? new Times(0, 0, 0, 0, 0)
                    : new Times(
                            all.count(),
                            millis(all.mean().toNanos()),
                            millis(all.percentile(50).toNanos()),
                            millis(all.percentile(99).toNanos()),
                            millis(all.max().toNanos()));
        }

        private static double millis(long nanos) {
            return Math.round(nanos / 1e3) / 1e3;
        }
    }

    /** A suspicion. */
    public record Suspected(String cause, String evidence) {
        static Suspected of(Suspicion suspicion) {
            return new Suspected(suspicion.cause().name(), suspicion.evidence());
        }
    }

    /** A holder of a connection. */
    public record Holding(
            long connectionId,
            String thread,
            boolean threadEnded,
            long heldMillis,
            @Nullable String lastOperation,
            boolean running,
            long unusedMillis,
            List<String> acquiredAt) {
        static Holding of(Holder holder) {
            return new Holding(
                    holder.connectionId(),
                    holder.thread(),
                    holder.threadEnded(),
                    holder.age().toMillis(),
                    holder.lastOperation().orElse(null),
                    holder.running(),
                    holder.unused().toMillis(),
                    holder.acquiredAt().stream()
                            .map(StackTraceElement::toString)
                            .toList());
        }
    }

    /** A caller that waits. */
    public record Waiting(String thread, boolean asynchronous, long waitedMillis, int holds) {
        static Waiting of(WaitingCaller caller) {
            return new Waiting(
                    caller.thread(), caller.asynchronous(), caller.waited().toMillis(), caller.holds());
        }
    }

    static PoolDescription of(Pool<?> pool) {
        PoolReport report = pool.report();
        PoolStats stats = report.stats();
        return new PoolDescription(
                pool.name(),
                Server.of(pool.database()),
                report.health().status().name(),
                report.health().reason(),
                Sizes.of(stats),
                counts(stats),
                Times.of(stats.waits()),
                Times.of(stats.uses()),
                Times.of(stats.connects()),
                report.suspicions().stream().map(Suspected::of).toList(),
                report.holders().stream().map(Holding::of).toList(),
                report.waiters().stream().map(Waiting::of).toList(),
                report.lastConnectFailure().map(Object::toString).orElse(null));
    }

    private static Map<String, Long> counts(PoolStats stats) {
        var counts = new TreeMap<String, Long>();
        counts.put("acquired", stats.acquired());
        counts.put("released", stats.released());
        counts.put("timedOut", stats.timedOut());
        counts.put("shed", stats.shed());
        counts.put("refused", stats.refused());
        counts.put("created", stats.created());
        counts.put(
                "closed",
                stats.closed().values().stream().mapToLong(Long::longValue).sum());
        counts.put("connectFailures", stats.connectFailures());
        counts.put("validationFailures", stats.validationFailures());
        counts.put("leaks", stats.leaks());
        counts.put("slowUses", stats.slowUses());
        return counts;
    }
}
