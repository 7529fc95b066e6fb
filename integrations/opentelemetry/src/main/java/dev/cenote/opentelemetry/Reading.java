package dev.cenote.opentelemetry;

import static dev.cenote.opentelemetry.Conventions.CIRCUIT_STATE;
import static dev.cenote.opentelemetry.Conventions.CLOSE_REASON;
import static dev.cenote.opentelemetry.Conventions.HEALTH_STATUS;
import static dev.cenote.opentelemetry.Conventions.POOL_STATE;
import static dev.cenote.opentelemetry.Conventions.STATE;
import static dev.cenote.opentelemetry.Conventions.SUSPICION_CAUSE;
import static dev.cenote.opentelemetry.Conventions.VERDICT_CALL;
import static dev.cenote.opentelemetry.Conventions.VERDICT_CONNECTION;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.PolicyStats.CircuitStats;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.events.CloseReason;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The metrics that are read from a pool's figures when somebody collects. */
enum Reading {
    COUNT(
            "db.client.connection.count",
            Kind.UP_DOWN_COUNTER,
            "{connection}",
            "The number of connections that are currently in state described by the state attribute.",
            List.of(STATE),
            (now, points) -> {
                points.at(now.stats().idle(), Attributes.of(STATE, "idle"));
                points.at(now.stats().leased(), Attributes.of(STATE, "used"));
            }),
    IDLE_MAX(
            "db.client.connection.idle.max",
            Kind.UP_DOWN_COUNTER,
            "{connection}",
            "The maximum number of idle open connections allowed.",
            PoolStats::maxSize),
    IDLE_MIN(
            "db.client.connection.idle.min",
            Kind.UP_DOWN_COUNTER,
            "{connection}",
            "The minimum number of idle open connections allowed.",
            PoolStats::minSize),
    MAX(
            "db.client.connection.max",
            Kind.UP_DOWN_COUNTER,
            "{connection}",
            "The maximum number of open connections allowed.",
            PoolStats::maxSize),
    PENDING(
            "db.client.connection.pending_requests",
            Kind.UP_DOWN_COUNTER,
            "{request}",
            "The number of current pending requests for an open connection.",
            PoolStats::waiters),
    TIMEOUTS(
            "db.client.connection.timeouts",
            Kind.COUNTER,
            "{timeout}",
            "The number of connection timeouts that have occurred trying to obtain a connection from the pool.",
            PoolStats::timedOut),
    HEALTH(
            "cenote.pool.health",
            Kind.UP_DOWN_COUNTER,
            "{pool}",
            "1 for how well the pool is, 0 for the other grades.",
            List.of(HEALTH_STATUS),
            (now, points) -> flags(points, HEALTH_STATUS, Health.Status.values(), now.health()::equals)),
    STATE_NOW(
            "cenote.pool.state",
            Kind.UP_DOWN_COUNTER,
            "{pool}",
            "1 for the state in which the pool is, 0 for the others.",
            List.of(POOL_STATE),
            (now, points) ->
                    flags(points, POOL_STATE, PoolState.values(), now.stats().state()::equals)),
    SUSPICIONS(
            "cenote.pool.suspicions",
            Kind.UP_DOWN_COUNTER,
            "{suspicion}",
            "1 while this is suspected as the reason why callers wait, else 0.",
            List.of(SUSPICION_CAUSE),
            (now, points) -> flags(points, SUSPICION_CAUSE, Suspicion.Cause.values(), now.suspects()::contains)),
    GENERATION(
            "cenote.pool.generation",
            Kind.COUNTER,
            "{clear}",
            "How often the pool was cleared.",
            PoolStats::generation),
    CONNECTING(
            "cenote.pool.connecting",
            Kind.UP_DOWN_COUNTER,
            "{connection}",
            "Connections being opened.",
            PoolStats::connecting),
    ACQUIRED("cenote.pool.acquired", Kind.COUNTER, "{lease}", "Leases given.", PoolStats::acquired),
    SHED(
            "cenote.pool.shed",
            Kind.COUNTER,
            "{request}",
            "Acquires turned away because the queue stood.",
            PoolStats::shed),
    REFUSED(
            "cenote.pool.refused",
            Kind.COUNTER,
            "{request}",
            "Acquires turned away because too many waited.",
            PoolStats::refused),
    CREATED("cenote.pool.connections.opened", Kind.COUNTER, "{connection}", "Connections opened.", PoolStats::created),
    CLOSED(
            "cenote.pool.connections.closed",
            Kind.COUNTER,
            "{connection}",
            "Connections closed, by reason.",
            List.of(CLOSE_REASON),
            (now, points) -> {
                for (CloseReason reason : CloseReason.values()) {
                    points.at(now.stats().closed(reason), Attributes.of(CLOSE_REASON, lower(reason)));
                }
            }),
    CONNECT_FAILURES(
            "cenote.pool.connect.failures",
            Kind.COUNTER,
            "{attempt}",
            "Attempts to open a connection that failed.",
            PoolStats::connectFailures),
    VALIDATION_FAILURES(
            "cenote.pool.validation.failures",
            Kind.COUNTER,
            "{connection}",
            "Connections that did not answer when validated.",
            PoolStats::validationFailures),
    LEAKS(
            "cenote.pool.leaks",
            Kind.COUNTER,
            "{lease}",
            "Leases held past the leak threshold without use.",
            PoolStats::leaks),
    SLOW_USES(
            "cenote.pool.slow.uses",
            Kind.COUNTER,
            "{lease}",
            "Leases held past the leak threshold and in use.",
            PoolStats::slowUses),
    OPERATION_FAILURES(
            "cenote.pool.operation.failures",
            Kind.COUNTER,
            "{operation}",
            "Operations that failed, by the verdict on their error.",
            List.of(VERDICT_CONNECTION, VERDICT_CALL),
            (now, points) -> now.stats().failures().forEach((verdict, count) -> points.at(count, attributes(verdict)))),
    ATTEMPTS(
            "cenote.pool.attempts",
            Kind.COUNTER,
            "{attempt}",
            "Attempts that calls and transactions made.",
            stats -> stats.policies().attempts()),
    RETRIES(
            "cenote.pool.retries",
            Kind.COUNTER,
            "{attempt}",
            "Attempts that were not the first of their call.",
            stats -> stats.policies().retries()),
    RETRIES_REFUSED(
            "cenote.pool.retries.refused",
            Kind.COUNTER,
            "{attempt}",
            "Retries that the budget refused.",
            stats -> stats.policies().retriesRefused()),
    RETRY_BUDGET_LEFT(
            "cenote.pool.retry.budget.left",
            Kind.UP_DOWN_COUNTER,
            "{attempt}",
            "Retries that the budget would allow now, if there is one.",
            List.of(),
            (now, points) -> now.stats().policies().retryBudgetLeft().ifPresent(points::at)),
    CIRCUIT_STATE_NOW(
            "cenote.pool.circuit.state",
            Kind.UP_DOWN_COUNTER,
            "{circuit}",
            "1 for the state in which the circuit is, 0 for the others, if there is one.",
            List.of(CIRCUIT_STATE),
            (now, points) -> ifGuarded(
                    now, circuit -> flags(points, CIRCUIT_STATE, CircuitState.values(), circuit.state()::equals))),
    CIRCUIT_OPENED(
            "cenote.pool.circuit.opened",
            Kind.COUNTER,
            "{opening}",
            "How often the circuit has opened, if there is one.",
            List.of(),
            (now, points) -> ifGuarded(now, circuit -> points.at(circuit.opened()))),
    CIRCUIT_REFUSED(
            "cenote.pool.circuit.refused",
            Kind.COUNTER,
            "{request}",
            "Calls that the circuit refused, if there is one.",
            List.of(),
            (now, points) -> ifGuarded(now, circuit -> points.at(circuit.refused())));

    /** Of what kind its instrument is. */
    enum Kind {
        COUNTER,
        UP_DOWN_COUNTER
    }

    /** Takes what was read. */
    interface Points {
        /** The pool's one value. */
        default void at(long value) {
            at(value, Attributes.empty());
        }

        /** The value that these attributes tell apart from the pool's others. */
        void at(long value, Attributes which);
    }

    final String title;
    final Kind kind;
    final String unit;
    final String description;
    /** What tells its values of one pool apart. */
    final List<AttributeKey<String>> attributes;

    private final BiConsumer<Snapshot, Points> reader;

    Reading(String title, Kind kind, String unit, String description, ToLongFunction<PoolStats> value) {
        this(title, kind, unit, description, List.of(), (now, points) -> points.at(value.applyAsLong(now.stats())));
    }

    Reading(
            String title,
            Kind kind,
            String unit,
            String description,
            List<AttributeKey<String>> attributes,
            BiConsumer<Snapshot, Points> reader) {
        this.title = title;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.attributes = attributes;
        this.reader = reader;
    }

    /** Reads it from {@code now}. */
    void read(Snapshot now, Points points) {
        reader.accept(now, points);
    }

    /** A value for each of {@code all}: 1 where {@code holds}, else 0. */
    private static <E extends Enum<E>> void flags(
            Points points, AttributeKey<String> key, E[] all, Predicate<E> holds) {
        for (E one : all) {
            points.at(holds.test(one) ? 1 : 0, Attributes.of(key, lower(one)));
        }
    }

    private static void ifGuarded(Snapshot now, Consumer<CircuitStats> then) {
        now.stats().policies().circuit().ifPresent(then);
    }

    private static Attributes attributes(Verdict verdict) {
        return Attributes.of(VERDICT_CONNECTION, lower(verdict.connection()), VERDICT_CALL, lower(verdict.call()));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
