package dev.cenote.opentelemetry;

import static dev.cenote.opentelemetry.Otlp.attributes;
import static dev.cenote.opentelemetry.Otlp.histogram;
import static dev.cenote.opentelemetry.Otlp.value;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.operation;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import dev.cenote.testkit.fakes.ManualClock;
import dev.cenote.testkit.fakes.ManualScheduler;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector receives of a pool. */
class PoolMetricsTest {
    private static final String POOL = "db.client.connection.pool.name";

    private final FakeDatabase database = new FakeDatabase();
    private final ManualScheduler ticker = new ManualScheduler(new ManualClock());
    private OtlpReceiver receiver;
    private PoolTelemetry telemetry;

    @BeforeEach
    void open() throws IOException {
        receiver = new OtlpReceiver();
        telemetry = PoolTelemetry.builder(receiver.sdk()).ticker(ticker).build();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private FakePool.Builder pool() {
        return FakePool.builder(database).name("orders").minSize(0).maxSize(2);
    }

    private static FakePool.Builder guarded(FakePool.Builder builder) {
        return builder.retry(RetryPolicy.exponential().build())
                .circuitBreaker(CircuitBreaker.builder().name("db").build());
    }

    /** The metrics that there are to be: name, unit, type and attributes, as conventions and page have them. */
    private static final String EXPECTED = """
            cenote.pool.acquired {lease} counter
            cenote.pool.attempts {attempt} counter
            cenote.pool.circuit.opened {opening} counter
            cenote.pool.circuit.refused {request} counter
            cenote.pool.circuit.state {circuit} updowncounter cenote.circuit.state
            cenote.pool.connect.failures {attempt} counter
            cenote.pool.connecting {connection} updowncounter
            cenote.pool.connections.closed {connection} counter cenote.close.reason
            cenote.pool.connections.opened {connection} counter
            cenote.pool.generation {clear} counter
            cenote.pool.health {pool} updowncounter cenote.health.status
            cenote.pool.leaks {lease} counter
            cenote.pool.operation.failures {operation} counter cenote.verdict.call cenote.verdict.connection
            cenote.pool.refused {request} counter
            cenote.pool.retries {attempt} counter
            cenote.pool.retries.refused {attempt} counter
            cenote.pool.retry.budget.left {attempt} updowncounter
            cenote.pool.shed {request} counter
            cenote.pool.slow.uses {lease} counter
            cenote.pool.state {pool} updowncounter cenote.pool.state
            cenote.pool.suspicions {suspicion} updowncounter cenote.suspicion.cause
            cenote.pool.validation.failures {connection} counter
            db.client.connection.count {connection} updowncounter db.client.connection.state
            db.client.connection.create_time s histogram
            db.client.connection.idle.max {connection} updowncounter
            db.client.connection.idle.min {connection} updowncounter
            db.client.connection.max {connection} updowncounter
            db.client.connection.pending_requests {request} updowncounter
            db.client.connection.timeouts {timeout} counter
            db.client.connection.use_time s histogram
            db.client.connection.wait_time s histogram
            db.client.operation.duration s histogram db.operation.name db.system.name error.type
            """;

    private static String line(Metric metric) {
        Set<String> keys = new TreeSet<>();
        Stream<Map<String, Object>> points = metric.hasSum()
                ? metric.getSum().getDataPointsList().stream().map(point -> attributes(point.getAttributesList()))
                : metric.getHistogram().getDataPointsList().stream()
                        .map(point -> attributes(point.getAttributesList()));
        points.forEach(attributes -> keys.addAll(attributes.keySet()));
        boolean ofPool = keys.remove(POOL);
        assertThat(ofPool)
                .as("%s says of which pool it is", metric.getName())
                .isNotEqualTo(metric.getName().equals("db.client.operation.duration"));
        String kind =
                metric.hasHistogram() ? "histogram" : metric.getSum().getIsMonotonic() ? "counter" : "updowncounter";
        return metric.getName() + " " + metric.getUnit() + " " + kind
                + (keys.isEmpty() ? "" : " " + String.join(" ", keys)) + "\n";
    }

    @Test
    void everyMetricHasItsNameUnitTypeAndAttributes() {
        try (var pool = guarded(pool()).build();
                var registration = telemetry.register(pool)) {
            pool.execute(whoAmI());
            assertThatThrownBy(() -> pool.execute(mistaken())).isInstanceOf(OperationFailedException.class);
            waitForAConnection(pool);
            Map<String, Metric> metrics = new TreeMap<>(receiver.metrics());
            var lines = new StringBuilder();
            metrics.values().forEach(metric -> lines.append(line(metric)));
            assertThat(lines).hasToString(EXPECTED);
            assertThat(metrics.values()).allSatisfy(metric -> {
                assertThat(metric.getDescription()).isNotBlank();
                assertThat(
                                metric.hasSum()
                                        ? metric.getSum().getAggregationTemporality()
                                        : metric.getHistogram().getAggregationTemporality())
                        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
            });
            assertAtRest(pool);
        }
    }

    @Test
    void theyAreOfOurScopeAndTheConventionsThatTheyFollow() {
        try (var pool = pool().build();
                var registration = telemetry.register(pool)) {
            List<ScopeMetrics> scopes = receiver.scopesOfMetrics();
            assertThat(scopes).hasSize(1);
            assertThat(scopes.get(0).getSchemaUrl()).isEqualTo("https://opentelemetry.io/schemas/1.33.0");
        }
    }

    @Test
    void sizesAreThoseOfTheMoment() {
        try (var pool = pool().minSize(1).maxSize(3).build();
                var registration = telemetry.register(pool);
                var lease = pool.acquire()) {
            assertThat(lease).isNotNull();
            until(pool, "one is idle or none is opened", stats -> stats.connecting() == 0);
            Map<String, Metric> metrics = receiver.metrics();
            Metric count = metrics.get("db.client.connection.count");
            assertThat(value(count, "db.client.connection.state", "used")).isEqualTo(1);
            assertThat(value(count, "db.client.connection.state", "idle"))
                    .isEqualTo(pool.stats().idle());
            assertThat(value(metrics.get("db.client.connection.max"))).isEqualTo(3);
            assertThat(value(metrics.get("db.client.connection.idle.max"))).isEqualTo(3);
            assertThat(value(metrics.get("db.client.connection.idle.min"))).isEqualTo(1);
            assertThat(value(metrics.get("cenote.pool.acquired"))).isEqualTo(1);
            assertThat(value(metrics.get("cenote.pool.connections.opened")))
                    .isEqualTo(pool.stats().created());
        }
    }

    @Test
    void waitersAndTimeoutsAreCounted() {
        try (var pool = pool().maxSize(1).build();
                var registration = telemetry.register(pool)) {
            try (var lease = pool.acquire()) {
                assertThat(lease).isNotNull();
                assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(1)))
                        .isInstanceOf(AcquireTimeoutException.class);
                CompletableFuture<Lease<FakeConnection>> waiting = pool.acquireAsync();
                Map<String, Metric> metrics = receiver.metrics();
                assertThat(value(metrics.get("db.client.connection.pending_requests")))
                        .isEqualTo(1);
                assertThat(value(metrics.get("db.client.connection.timeouts"))).isEqualTo(1);
                waiting.cancel(true);
            }
            assertAtRest(pool);
        }
    }

    @Test
    void everyAcquireThatGotAConnectionIsAWait() {
        try (var pool = pool().maxSize(1).build();
                var registration = telemetry.register(pool)) {
            pool.acquire().close();
            pool.acquire().close();
            waitForAConnection(pool);
            assertThat(histogram(receiver.metrics().get("db.client.connection.wait_time"))
                            .getCount())
                    .isEqualTo(pool.stats().waits().count());
            pool.acquire().close();
            assertThat(histogram(receiver.metrics().get("db.client.connection.wait_time"))
                            .getCount())
                    .as("those since the last collection are added, none twice")
                    .isEqualTo(pool.stats().waits().count());
            assertAtRest(pool);
        }
    }

    @Test
    void howLongLeasesAreHeldIsMeasured() {
        try (var pool = pool().maxSize(1).build();
                var registration = telemetry.register(pool)) {
            waitForAConnection(pool);
            for (int i = 0; i < 320; i++) {
                pool.acquire().close();
            }
            assertThat(histogram(receiver.metrics().get("db.client.connection.use_time"))
                            .getCount())
                    .isEqualTo(pool.stats().uses().count())
                    .isGreaterThan(300);
            assertAtRest(pool);
        }
    }

    @Test
    void timesHaveBoundariesForSeconds() {
        try (var pool = pool().build();
                var registration = telemetry.register(pool)) {
            pool.execute(whoAmI());
            Map<String, Metric> metrics = receiver.metrics();
            for (String name : List.of(
                    "db.client.operation.duration",
                    "db.client.connection.create_time",
                    "db.client.connection.wait_time")) {
                assertThat(histogram(metrics.get(name)).getExplicitBoundsList())
                        .as(name)
                        .containsExactly(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);
            }
        }
    }

    @Test
    void eachSecondTimesAreCarriedOverSoThatASampleIsOfASecond() {
        try (var pool = pool().maxSize(1).build();
                var registration = telemetry.register(pool)) {
            acquire(pool, Replay.MOST);
            ticker.advance(Duration.ofSeconds(1));
            acquire(pool, Replay.MOST);
            ticker.advance(Duration.ofSeconds(1));
            acquire(pool, 3 * Replay.MOST);
            assertThat(histogram(receiver.metrics().get("db.client.connection.wait_time"))
                            .getCount())
                    .as("all of two seconds, and a sample of the third")
                    .isEqualTo(3L * Replay.MOST);
        }
    }

    private static void acquire(FakePool pool, int times) {
        for (int i = 0; i < times; i++) {
            pool.acquire().close();
        }
    }

    @Test
    void whatWasBeforeTheRegistrationIsCountedButNotTimed() {
        try (var pool = pool().maxSize(1).build()) {
            acquire(pool, 5);
            try (var registration = telemetry.register(pool)) {
                acquire(pool, 1);
                Map<String, Metric> metrics = receiver.metrics();
                assertThat(value(metrics.get("cenote.pool.acquired"))).isEqualTo(6);
                assertThat(histogram(metrics.get("db.client.connection.wait_time"))
                                .getCount())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void failuresAreCountedByTheirVerdict() {
        try (var pool = pool().build();
                var registration = telemetry.register(pool)) {
            assertThatThrownBy(() -> pool.execute(breaking())).isInstanceOf(OperationFailedException.class);
            until(pool, "its connection is closed", stats -> stats.closed().size() == 1);
            Map<String, Metric> metrics = receiver.metrics();
            Metric failures = metrics.get("cenote.pool.operation.failures");
            assertThat(value(failures, "cenote.verdict.connection", "evict")).isEqualTo(1);
            assertThat(value(failures, "cenote.verdict.call", "unknown")).isEqualTo(1);
            assertThat(value(metrics.get("cenote.pool.connections.closed"), "cenote.close.reason", "error"))
                    .isEqualTo(1);
            assertAtRest(pool);
        }
    }

    @Test
    void theCircuitSaysInWhichStateItIs() {
        try (var pool = guarded(pool()).build();
                var registration = telemetry.register(pool)) {
            pool.circuit().orElseThrow().recordSuccess();
            Metric state = receiver.metrics().get("cenote.pool.circuit.state");
            assertThat(value(state, "cenote.circuit.state", "closed")).isEqualTo(1);
            assertThat(value(state)).isEqualTo(1);
        }
    }

    @Test
    void aPoolWithoutCircuitAndBudgetSaysNothingOfThem() {
        try (var pool = pool().build();
                var registration = telemetry.register(pool)) {
            assertThat(receiver.metrics())
                    .doesNotContainKeys(
                            "cenote.pool.circuit.state",
                            "cenote.pool.circuit.opened",
                            "cenote.pool.circuit.refused",
                            "cenote.pool.retry.budget.left");
        }
    }

    /** Exactly one value of {@code metric} is 1, of all that there are. */
    private static void assertOnly(Metric metric, String key, String... values) {
        assertThat(Otlp.points(metric)).hasSize(values.length);
        for (int i = 0; i < values.length; i++) {
            assertThat(value(metric, key, values[i])).as(values[i]).isEqualTo(i == 0 ? 1 : 0);
        }
    }

    @Test
    void aPausedPoolSaysSoAndAClearedOneCounts() {
        try (var pool = pool().build();
                var registration = telemetry.register(pool)) {
            Map<String, Metric> ready = receiver.metrics();
            assertOnly(ready.get("cenote.pool.state"), "cenote.pool.state", "ready", "paused", "closed");
            assertOnly(ready.get("cenote.pool.health"), "cenote.health.status", "up", "degraded", "down");
            assertThat(value(ready.get("cenote.pool.generation"))).isZero();
            pool.pause();
            Map<String, Metric> paused = receiver.metrics();
            assertOnly(paused.get("cenote.pool.state"), "cenote.pool.state", "paused", "ready", "closed");
            assertOnly(paused.get("cenote.pool.health"), "cenote.health.status", "down", "degraded", "up");
            assertThat(value(paused.get("cenote.pool.generation"))).isEqualTo(1);
            pool.ready();
            assertAtRest(pool);
        }
    }

    @Test
    void aClosedPoolSaysSoLastOfAll() {
        var pool = pool().build();
        try (var registration = telemetry.register(pool)) {
            pool.close();
            until(pool, "it is empty", stats -> stats.size() == 0);
            assertOnly(receiver.metrics().get("cenote.pool.state"), "cenote.pool.state", "closed", "ready", "paused");
        }
    }

    @Test
    void whatIsSuspectedIsToldWhileCallersWait() throws InterruptedException {
        try (var pool = pool().maxSize(1).acquireTimeout(Duration.ofSeconds(60)).build();
                var registration = telemetry.register(pool)) {
            var nested = new Thread(() -> {
                try (Lease<FakeConnection> outer = pool.acquire();
                        Lease<FakeConnection> inner = pool.acquire()) {
                    inner.connectionId();
                } catch (RuntimeException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
            nested.start();
            until(
                    pool,
                    "it waits for itself",
                    stats -> pool.report().suspicions().stream()
                            .anyMatch(suspicion -> suspicion.cause() == Suspicion.Cause.NESTED_ACQUIRE));
            Metric suspicions = receiver.metrics().get("cenote.pool.suspicions");
            assertThat(value(suspicions, "cenote.suspicion.cause", "nested_acquire"))
                    .isEqualTo(1);
            assertThat(Otlp.points(suspicions)).hasSize(Suspicion.Cause.values().length);
            assertThat(value(suspicions, "cenote.suspicion.cause", "server_down"))
                    .isZero();
            nested.interrupt();
            nested.join();
            assertThat(value(receiver.metrics().get("cenote.pool.suspicions"))).isZero();
            assertAtRest(pool);
        }
    }

    @Test
    void twoPoolsAreTwoSeries() {
        try (var orders = pool().build();
                var users = pool().name("users").maxSize(7).build();
                var one = telemetry.register(orders);
                var other = telemetry.register(users)) {
            Metric max = receiver.metrics().get("db.client.connection.max");
            assertThat(value(max, POOL, "orders")).isEqualTo(2);
            assertThat(value(max, POOL, "users")).isEqualTo(7);
        }
    }

    /** Has an acquire wait until another's lease ends. */
    private static void waitForAConnection(FakePool pool) {
        var held = Stream.generate(pool::acquire).limit(pool.stats().maxSize()).toList();
        CompletableFuture<Lease<FakeConnection>> waiting = pool.acquireAsync();
        until(pool, "one waits", stats -> stats.waiters() == 1);
        held.forEach(Lease::close);
        waiting.join().close();
    }

    private static Operation<FakeConnection, Integer> mistaken() {
        return operation("mistaken", Effect.READ_ONLY, Integer.class, (connection, deadline) -> {
            throw new IllegalArgumentException("no such table");
        });
    }

    private static Operation<FakeConnection, Integer> breaking() {
        return operation("breaking", Effect.NON_IDEMPOTENT, Integer.class, (connection, deadline) -> {
            throw new IOException("connection reset");
        });
    }
}
