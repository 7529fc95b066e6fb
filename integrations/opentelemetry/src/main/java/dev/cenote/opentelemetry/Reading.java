package dev.cenote.opentelemetry;

import static dev.cenote.opentelemetry.Conventions.CIRCUIT_STATE;
import static dev.cenote.opentelemetry.Conventions.CLOSE_REASON;
import static dev.cenote.opentelemetry.Conventions.STATE;
import static dev.cenote.opentelemetry.Conventions.VERDICT;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.PolicyStats.CircuitStats;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.events.CloseReason;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The metrics that are read from a pool's figures when somebody collects. */
enum Reading {
    COUNT(
            "db.client.connection.count",
            Kind.UP_DOWN_COUNTER,
            "{connection}",
            "The number of connections that are currently in state described by the state attribute.",
            STATE,
            (stats, points) -> {
                points.at(stats.idle(), STATE, "idle");
                points.at(stats.leased(), STATE, "used");
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
    CREATED("cenote.pool.created", Kind.COUNTER, "{connection}", "Connections opened.", PoolStats::created),
    CLOSED(
            "cenote.pool.closed",
            Kind.COUNTER,
            "{connection}",
            "Connections closed, by reason.",
            CLOSE_REASON,
            (stats, points) -> {
                for (CloseReason reason : CloseReason.values()) {
                    points.at(stats.closed(reason), CLOSE_REASON, lower(reason));
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
            VERDICT,
            (stats, points) -> stats.failures().forEach((verdict, count) -> points.at(count, VERDICT, words(verdict)))),
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
            null,
            (stats, points) -> stats.policies().retryBudgetLeft().ifPresent(points::at)),
    CIRCUIT_STATE_NOW(
            "cenote.pool.circuit.state",
            Kind.UP_DOWN_COUNTER,
            "{circuit}",
            "1 for the state in which the circuit is, 0 for the others, if there is one.",
            CIRCUIT_STATE,
            (stats, points) -> ifGuarded(stats, circuit -> {
                for (CircuitState state : CircuitState.values()) {
                    points.at(state == circuit.state() ? 1 : 0, CIRCUIT_STATE, lower(state));
                }
            })),
    CIRCUIT_OPENED(
            "cenote.pool.circuit.opened",
            Kind.COUNTER,
            "{opening}",
            "How often the circuit has opened, if there is one.",
            null,
            (stats, points) -> ifGuarded(stats, circuit -> points.at(circuit.opened()))),
    CIRCUIT_REFUSED(
            "cenote.pool.circuit.refused",
            Kind.COUNTER,
            "{request}",
            "Calls that the circuit refused, if there is one.",
            null,
            (stats, points) -> ifGuarded(stats, circuit -> points.at(circuit.refused())));

    /** Of what kind its instrument is. */
    enum Kind {
        COUNTER,
        UP_DOWN_COUNTER
    }

    /** Takes what was read. */
    interface Points {
        /** A value of the pool. */
        void at(long value);

        /** A value of the pool, of those that the attribute tells apart. */
        void at(long value, AttributeKey<String> key, String which);
    }

    final String title;
    final Kind kind;
    final String unit;
    final String description;
    private final @Nullable AttributeKey<String> attribute;
    private final BiConsumer<PoolStats, Points> reader;

    Reading(String title, Kind kind, String unit, String description, ToLongFunction<PoolStats> value) {
        this(title, kind, unit, description, null, (stats, points) -> points.at(value.applyAsLong(stats)));
    }

    Reading(
            String title,
            Kind kind,
            String unit,
            String description,
            @Nullable AttributeKey<String> attribute,
            BiConsumer<PoolStats, Points> reader) {
        this.title = title;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.attribute = attribute;
        this.reader = reader;
    }

    /** What tells its values of one pool apart, if anything does. */
    Optional<AttributeKey<String>> attribute() {
        return Optional.ofNullable(attribute);
    }

    /** Reads it from {@code stats}. */
    void read(PoolStats stats, Points points) {
        reader.accept(stats, points);
    }

    private static void ifGuarded(PoolStats stats, Consumer<CircuitStats> then) {
        stats.policies().circuit().ifPresent(then);
    }

    private static String words(Verdict verdict) {
        return lower(verdict.connection()) + "/" + lower(verdict.call());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
