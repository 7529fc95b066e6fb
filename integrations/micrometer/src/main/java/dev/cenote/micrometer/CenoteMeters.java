package dev.cenote.micrometer;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.PolicyStats.CircuitStats;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.events.CloseReason;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The meters of what the conventions have no names for. Every series is there from the beginning, at zero. */
final class CenoteMeters {
    private final Registrar to;
    private final Tags pool;

    private CenoteMeters(Registrar to, String pool) {
        this.to = to;
        this.pool = Tags.of(DatabaseMeters.POOL, pool);
    }

    /** Those of a circuit and of a budget only if the pool has one. */
    static void register(Registrar to, String pool, PoolStats stats) {
        var meters = new CenoteMeters(to, pool);
        meters.registerState();
        meters.registerAcquires();
        meters.registerConnections();
        meters.registerFailures();
        meters.registerRetries(stats);
        if (stats.policies().circuit().isPresent()) {
            meters.registerCircuit();
        }
    }

    private void registerState() {
        for (Health.Status status : Health.Status.values()) {
            to.flag(
                    "cenote.pool.health",
                    "1 for how well the pool is, else 0",
                    pool.and("status", word(status)),
                    now -> now.health() == status);
        }
        for (PoolState state : PoolState.values()) {
            to.flag(
                    "cenote.pool.state",
                    "1 for the state in which the pool is, else 0",
                    pool.and("state", word(state)),
                    now -> now.stats().state() == state);
        }
        for (Suspicion.Cause cause : Suspicion.Cause.values()) {
            to.flag(
                    "cenote.pool.suspicions",
                    "1 while this is suspected as the reason why callers wait, else 0",
                    pool.and("cause", word(cause)),
                    now -> now.suspects().contains(cause));
        }
        to.gauge(
                "cenote.pool.generation",
                "How often the pool was cleared",
                pool,
                now -> now.stats().generation());
    }

    private void registerAcquires() {
        counter("acquired", "Leases that were given", PoolStats::acquired);
        counter("shed", "Acquires that were turned away because the queue stood", PoolStats::shed);
        counter("refused", "Acquires that were turned away because too many waited", PoolStats::refused);
        counter("leaks", "Leases held past the leak threshold without using their connection", PoolStats::leaks);
        counter("slow.uses", "Leases held past the leak threshold and in use", PoolStats::slowUses);
    }

    private void registerConnections() {
        to.gauge(
                "cenote.pool.connecting",
                "Connections that are being opened",
                pool,
                now -> now.stats().connecting());
        counter("connections.opened", "Connections that were opened", PoolStats::created);
        for (CloseReason reason : CloseReason.values()) {
            to.counter(
                    "cenote.pool.connections.closed",
                    "Connections that were closed, by reason",
                    pool.and("reason", word(reason)),
                    now -> now.stats().closed(reason));
        }
        counter("connect.failures", "Attempts to open a connection that failed", PoolStats::connectFailures);
        counter("validation.failures", "Connections that did not answer when validated", PoolStats::validationFailures);
    }

    private void registerFailures() {
        for (Verdict.ConnectionFate connection : Verdict.ConnectionFate.values()) {
            for (Verdict.CallFate call : Verdict.CallFate.values()) {
                var verdict = new Verdict(connection, call);
                to.counter(
                        "cenote.pool.operation.failures",
                        "Operations that failed, by what the verdict says of the connection and of the call",
                        pool.and("connection", word(connection), "call", word(call)),
                        now -> now.stats().failures().getOrDefault(verdict, 0L));
            }
        }
    }

    private void registerRetries(PoolStats stats) {
        counter(
                "attempts",
                "Attempts of calls and transactions",
                now -> now.policies().attempts());
        counter(
                "retries",
                "Attempts that were not the first of their call",
                now -> now.policies().retries());
        if (stats.policies().retryBudgetLeft().isPresent()) {
            counter(
                    "retries.refused",
                    "Retries that the budget has refused",
                    now -> now.policies().retriesRefused());
            to.gauge(
                    "cenote.pool.retry.budget.left",
                    "Retries that the budget would allow now",
                    pool,
                    now -> now.stats().policies().retryBudgetLeft().orElse(0));
        }
    }

    private void registerCircuit() {
        for (CircuitState state : CircuitState.values()) {
            to.flag(
                    "cenote.pool.circuit.state",
                    "1 for the state in which the circuit is, else 0",
                    pool.and("state", word(state)),
                    now -> now.stats()
                            .policies()
                            .circuit()
                            .filter(circuit -> circuit.state() == state)
                            .isPresent());
        }
        counter("circuit.opened", "How often the circuit has opened", circuit(CircuitStats::opened));
        counter("circuit.refused", "Calls that the circuit has refused", circuit(CircuitStats::refused));
    }

    private static ToDoubleFunction<PoolStats> circuit(ToDoubleFunction<CircuitStats> value) {
        return now -> now.policies().circuit().stream().mapToDouble(value).sum();
    }

    private void counter(String name, String meaning, ToDoubleFunction<PoolStats> value) {
        to.counter("cenote.pool." + name, meaning, pool, now -> value.applyAsDouble(now.stats()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
