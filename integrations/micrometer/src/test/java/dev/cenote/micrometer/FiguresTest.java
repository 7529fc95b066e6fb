package dev.cenote.micrometer;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PolicyStats;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.errors.PoolExhaustedException;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakePool;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a pool does is what its meters say. */
class FiguresTest extends MetricsFixture {
    private static final String COUNT = "db_client_connection_count";
    private static final String STATE = "db_client_connection_state";

    @Test
    void sizesAreThoseOfThePool() throws Exception {
        try (var pool = pool(options -> options.minSize(1).maxSize(3));
                var metrics = bindAll(pool, registry)) {
            try (Lease<FakeConnection> first = pool.acquire();
                    Lease<FakeConnection> second = pool.acquire()) {
                PrometheusText text = scrape(metrics);
                assertThat(text.value(COUNT, STATE, "used", POOL, "orders")).isEqualTo(2);
                assertThat(text.value(COUNT, STATE, "idle")).isZero();
                assertThat(text.value("db_client_connection_max")).isEqualTo(3);
                assertThat(text.value("db_client_connection_idle_max")).isEqualTo(3);
                assertThat(text.value("db_client_connection_idle_min")).isEqualTo(1);
                assertThat(text.value("hikaricp_connections_active")).isEqualTo(2);
                assertThat(text.value("jdbc_connections_active")).isEqualTo(2);
            }
            PrometheusText text = scrape(metrics);
            assertThat(text.value(COUNT, STATE, "used")).isZero();
            assertThat(text.value(COUNT, STATE, "idle")).isEqualTo(2);
            assertThat(text.value("hikaricp_connections")).isEqualTo(2);
            assertThat(text.value("cenote_pool_acquired_total")).isEqualTo(2);
            assertThat(text.value("cenote_pool_connections_opened_total")).isEqualTo(2);
            assertAtRest(pool);
        }
    }

    @Test
    void resizingIsSeen() throws Exception {
        try (var pool = pool(options -> options.maxSize(3));
                var metrics = PoolMetrics.bind(pool, registry)) {
            pool.resize(2, 7);
            PrometheusText text = scrape(metrics);
            assertThat(text.value("db_client_connection_max")).isEqualTo(7);
            assertThat(text.value("db_client_connection_idle_min")).isEqualTo(2);
            assertAtRest(pool);
        }
    }

    @Test
    void aPausedPoolSaysSoAndAClearedOneCounts() throws Exception {
        try (var pool = pool(options -> options);
                var metrics = PoolMetrics.bind(pool, registry)) {
            pool.execute(whoAmI());
            PrometheusText ready = scrape(metrics);
            assertThat(ready.value("cenote_pool_state", "state", "ready")).isEqualTo(1);
            assertThat(ready.value("cenote_pool_health", "status", "up")).isEqualTo(1);

            pool.pause();
            PrometheusText paused = scrape(metrics);
            assertThat(paused.value("cenote_pool_state", "state", "ready")).isZero();
            assertThat(paused.value("cenote_pool_state", "state", "paused")).isEqualTo(1);
            assertThat(paused.value("cenote_pool_health", "status", "up")).isZero();
            assertThat(paused.value("cenote_pool_health", "status", "down")).isEqualTo(1);
            assertThat(paused.value("cenote_pool_generation")).isEqualTo(1);
            until(pool, "the stale one is closed", stats -> stats.idle() == 0);
            assertThat(scrape(metrics).value("cenote_pool_connections_closed_total", "reason", "stale"))
                    .isEqualTo(1);
            pool.ready();
            assertAtRest(pool);
        }
    }

    @Test
    void anExhaustedPoolShowsWaitersAndTimeouts() throws Exception {
        try (var pool = pool(options -> options.maxSize(1));
                var metrics = bindAll(pool, registry)) {
            CompletableFuture<Lease<FakeConnection>> waiting;
            Thread other;
            try (Lease<FakeConnection> held = pool.acquire()) {
                assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(1))).isInstanceOf(PoolExhaustedException.class);
                waiting = pool.acquireAsync();
                other = new Thread(() -> pool.acquire().close());
                other.start();
                until(pool, "both wait", stats -> stats.waiters() == 2);
                PrometheusText text = scrape(metrics);
                assertThat(text.value("db_client_connection_pending_requests")).isEqualTo(2);
                assertThat(text.value("hikaricp_connections_pending")).isEqualTo(2);
                assertThat(text.value("db_client_connection_timeouts_total")).isEqualTo(1);
                assertThat(text.value("hikaricp_connections_timeout_total")).isEqualTo(1);
                assertThat(text.value("cenote_pool_health", "status", "degraded"))
                        .isEqualTo(1);
            }
            waiting.get(20, TimeUnit.SECONDS).close();
            other.join();
            assertAtRest(pool);
        }
    }

    @Test
    void whatAReportSuspectsIsAFlag() throws Exception {
        try (var pool = pool(options -> options.maxSize(1).acquireTimeout(Duration.ofSeconds(20)));
                var metrics = PoolMetrics.bind(pool, registry)) {
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
                    stats -> pool.report()
                            .suspicion()
                            .filter(suspicion -> suspicion.cause() == Suspicion.Cause.NESTED_ACQUIRE)
                            .isPresent());
            PrometheusText text = scrape(metrics);
            assertThat(text.value("cenote_pool_suspicions", "cause", "nested_acquire"))
                    .isEqualTo(1);
            assertThat(text.value("cenote_pool_suspicions", "cause", "leak")).isZero();
            nested.interrupt();
            nested.join();
            assertThat(scrape(metrics).all("cenote_pool_suspicions")).allMatch(sample -> sample.value() == 0);
            assertAtRest(pool);
        }
    }

    @Test
    void failuresAreToldByTheirVerdict() throws Exception {
        try (var pool = fullPool();
                var metrics = PoolMetrics.bind(pool, registry)) {
            assertThatThrownBy(() -> pool.execute(mistaken())).isNotNull();
            assertThatThrownBy(() -> pool.execute(breaking())).isNotNull();
            PrometheusText text = scrape(metrics);
            String name = "cenote_pool_operation_failures_total";
            assertThat(text.value(name, "connection", "keep", "call", "permanent"))
                    .isEqualTo(1);
            assertThat(text.value(name, "connection", "evict", "call", "unknown"))
                    .isEqualTo(1);
            assertThat(text.all(name)).hasSize(15);
            assertThat(text.value("cenote_pool_attempts_total")).isEqualTo(2);
            assertThat(text.value("cenote_pool_retries_total")).isZero();
            assertAtRest(pool);
        }
    }

    @Test
    void anOpenCircuitAndRefusedConnectsAreSeen() throws Exception {
        try (var pool = fullPool();
                var metrics = PoolMetrics.bind(pool, registry)) {
            database.refuse();
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> pool.execute(whoAmI())).isNotNull();
            }
            until(
                    pool,
                    "the circuit is open",
                    stats -> !circuit(stats.policies()).isClosed());
            assertThatThrownBy(() -> pool.execute(whoAmI())).isNotNull();
            PrometheusText text = scrape(metrics);
            assertThat(text.value("cenote_pool_circuit_state", "state", "closed"))
                    .isZero();
            assertThat(text.all("cenote_pool_circuit_state").stream()
                            .mapToDouble(PrometheusText.Sample::value)
                            .sum())
                    .isEqualTo(1);
            assertThat(text.value("cenote_pool_circuit_opened_total")).isEqualTo(1);
            assertThat(text.value("cenote_pool_circuit_refused_total")).isPositive();
            assertThat(text.value("cenote_pool_connect_failures_total")).isPositive();
            assertThat(text.value("cenote_pool_health", "status", "down")).isEqualTo(1);
            assertThat(text.value("cenote_pool_retry_budget_left")).isNotNegative();
        }
    }

    private static CircuitState circuit(PolicyStats policies) {
        return policies.circuit().orElseThrow().state();
    }

    @Test
    void waitsUsesAndConnectsComeIntoTimers() throws Exception {
        try (var pool = pool(options -> options.maxSize(1));
                var metrics = bindAll(pool, registry)) {
            pool.execute(whoAmI());
            for (int i = 0; i < 640; i++) {
                pool.acquire().close();
            }
            PrometheusText text = scrape(metrics);
            assertThat(text.value("db_client_connection_wait_time_seconds_count"))
                    .isEqualTo(641);
            assertThat(text.value("hikaricp_connections_acquire_seconds_count")).isEqualTo(641);
            assertThat(text.value("db_client_connection_create_time_seconds_count"))
                    .isEqualTo(1);
            assertThat(text.value("db_client_connection_use_time_seconds_count"))
                    .as("one of 32, which counts as 32")
                    .isBetween(600.0, 700.0);
            assertThat(text.value("db_client_connection_create_time_seconds_sum"))
                    .isPositive();
            assertAtRest(pool);
        }
    }

    @Test
    void whatWasBeforeItWasBoundCountsToo() throws Exception {
        try (FakePool pool = pool(options -> options.maxSize(1))) {
            pool.acquire().close();
            try (var metrics = PoolMetrics.bind(pool, registry)) {
                PrometheusText text = scrape(metrics);
                assertThat(text.value("cenote_pool_acquired_total")).isEqualTo(1);
                assertThat(text.value("db_client_connection_create_time_seconds_count"))
                        .isEqualTo(1);
            }
        }
    }

    /** A scrape is up to date without anybody's asking. */
    @Test
    void aScrapeThatFindsAnOldSnapshotTakesAnother() throws Exception {
        var clock = new MockClock();
        var simple = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        try (var pool = pool(options -> options);
                var metrics = PoolMetrics.bind(pool, simple)) {
            assertThat(metrics).isNotNull();
            pool.acquire().close();
            clock.add(Duration.ofMillis(101));
            assertThat(simple.get("cenote.pool.acquired").functionCounter().count())
                    .isEqualTo(1);
            assertThat(simple.get("db.client.connection.wait_time").timer().count())
                    .isEqualTo(1);
        }
    }
}
