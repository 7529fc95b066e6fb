package dev.cenote.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.PolicyStats.CircuitStats;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a pool did in one second: a point of the charts. Kept for minutes, so it holds numbers and no distributions.
 *
 * @param atMillis when it ended, since the epoch
 * @param seconds how long it really was
 * @param now the sizes at its end
 * @param deltas what was counted in it
 * @param failed operations that failed, by verdict
 * @param waits how long acquires took
 * @param uses how long leases were held
 * @param connects how long connecting took
 * @param circuit the circuit's state furthest from closed, if there is a circuit
 * @param health the grade at its end
 */
record Sample(
        long atMillis,
        double seconds,
        Sizes now,
        Deltas deltas,
        Map<Verdict, Long> failed,
        Optional<Quantiles> waits,
        Optional<Quantiles> uses,
        Optional<Quantiles> connects,
        Optional<CircuitState> circuit,
        Health.Status health) {

    /** Sizes at the end of a second, and how long the caller has waited that came first. */
    record Sizes(int idle, int leased, int connecting, int waiters, int maxSize, Optional<Duration> longestWait) {
        static Sizes of(PoolStats stats, Optional<Duration> longestWait) {
            return new Sizes(
                    stats.idle(), stats.leased(), stats.connecting(), stats.waiters(), stats.maxSize(), longestWait);
        }
    }

    /** What was counted in a second. */
    record Deltas(
            long acquired,
            long timedOut,
            long turnedAway,
            long created,
            long closed,
            long connectFailures,
            long retries,
            long circuitRefused) {
        static Deltas between(PoolStats before, PoolStats after) {
            return new Deltas(
                    after.acquired() - before.acquired(),
                    after.timedOut() - before.timedOut(),
                    after.turnedAway() - before.turnedAway(),
                    after.created() - before.created(),
                    sum(after.closed()) - sum(before.closed()),
                    after.connectFailures() - before.connectFailures(),
                    after.policies().retries() - before.policies().retries(),
                    circuitRefused(after) - circuitRefused(before));
        }

        private static long circuitRefused(PoolStats stats) {
            return stats.policies().circuit().map(CircuitStats::refused).orElse(0L);
        }

        private static long sum(Map<?, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The end of a second. */
    record Moment(Sizes sizes, Optional<CircuitState> circuit, Health.Status health) {}

    static Sample between(PoolStats before, PoolStats after, double seconds, Moment end) {
        var failed = new HashMap<Verdict, Long>();
        after.failures().forEach((verdict, count) -> {
            long more = count - before.failures().getOrDefault(verdict, 0L);
            if (more > 0) {
                failed.put(verdict, more);
            }
        });
        return new Sample(
                System.currentTimeMillis(),
                seconds,
                end.sizes(),
                Deltas.between(before, after),
                Map.copyOf(failed),
                Quantiles.of(after.waits().since(before.waits())),
                Quantiles.of(after.uses().since(before.uses())),
                Quantiles.of(after.connects().since(before.connects())),
                end.circuit(),
                end.health());
    }

    ObjectNode json() {
        ObjectNode node = Json.object()
                .put("atMillis", atMillis)
                .put("idle", now.idle())
                .put("leased", now.leased())
                .put("connecting", now.connecting())
                .put("waiters", now.waiters())
                .put(
                        "longestWaitMicros",
                        now.longestWait().map(wait -> wait.toNanos() / 1_000).orElse(null))
                .put("maxSize", now.maxSize())
                .put("acquiresPerSecond", rate(deltas.acquired()))
                .put("timeoutsPerSecond", rate(deltas.timedOut()))
                .put("turnedAwayPerSecond", rate(deltas.turnedAway()))
                .put("createdPerSecond", rate(deltas.created()))
                .put("closedPerSecond", rate(deltas.closed()))
                .put("connectFailuresPerSecond", rate(deltas.connectFailures()))
                .put("circuitRefusedPerSecond", rate(deltas.circuitRefused()))
                .put("retriesPerSecond", rate(deltas.retries()));
        ObjectNode failures = node.putObject("failuresPerSecond");
        failed.forEach((verdict, count) -> failures.put(Json.verdict(verdict), rate(count)));
        node.set("wait", json(waits));
        node.set("use", json(uses));
        node.set("connect", json(connects));
        node.put("circuit", circuit.map(Enum::name).orElse(null));
        node.put("health", health.name());
        return node;
    }

    private static JsonNode json(Optional<Quantiles> quantiles) {
        return quantiles.<JsonNode>map(Quantiles::json).orElse(JsonNodeFactory.instance.nullNode());
    }

    private double rate(long count) {
        return Math.round(Math.max(0, count) / seconds * 10) / 10.0;
    }
}
