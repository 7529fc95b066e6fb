package dev.cenote.micrometer;

import static dev.cenote.testkit.fakes.FakeOperations.operation;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.testkit.fakes.FakeConnection;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long operations take, and how they ended. */
class OperationDurationsTest extends MetricsFixture {
    private static final String NAME = "db_client_operation_duration_seconds_count";

    @Test
    void aCallIsTimedByTheRegistrysClock() {
        var clock = new MockClock();
        var simple = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        try (var pool = pool(options -> options);
                var metrics = PoolMetrics.bind(pool, simple)) {
            assertThat(metrics).isNotNull();
            pool.execute(operation("slow", Effect.READ_ONLY, Integer.class, (connection, deadline) -> {
                clock.add(Duration.ofMillis(70));
                return 1;
            }));
            var timer = simple.get("db.client.operation.duration")
                    .tag("db.operation.name", "slow")
                    .timer();
            assertThat(timer.count()).isEqualTo(1);
            assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(70);
        }
    }

    @Test
    void anErrorWithoutACodeIsToldByItsClass() throws Exception {
        try (var pool = fullPool();
                var metrics = PoolMetrics.bind(pool, registry)) {
            assertThatThrownBy(() -> pool.execute(mistaken())).isNotNull();
            assertThatThrownBy(() -> pool.executeAsync(breaking()).get(20, TimeUnit.SECONDS))
                    .isNotNull();
            PrometheusText text = scrape(metrics);
            assertThat(text.value(
                            NAME,
                            "db_operation_name",
                            "mistaken",
                            "error_type",
                            "java.lang.IllegalArgumentException",
                            "db_response_status_code",
                            ""))
                    .isEqualTo(1);
            assertThat(text.value(NAME, "db_operation_name", "breaking", "error_type", "java.io.IOException"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aCallThatGotNoConnectionIsToldByWhatItGot() throws Exception {
        try (var pool = pool(options -> options.maxSize(1).acquireTimeout(Duration.ofMillis(1)));
                var metrics = PoolMetrics.bind(pool, registry);
                Lease<FakeConnection> held = pool.acquire(Duration.ofSeconds(20))) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> pool.execute(whoAmI())).isNotNull();
            assertThat(scrape(metrics).value(NAME, "error_type", "dev.cenote.protocols.errors.PoolExhaustedException"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatRunsOnALeaseCountsToo() throws Exception {
        try (var pool = pool(options -> options);
                var metrics = PoolMetrics.bind(pool, registry)) {
            try (Lease<FakeConnection> lease = pool.acquire()) {
                lease.execute(whoAmI());
                lease.execute(whoAmI());
            }
            assertThat(scrape(metrics).value(NAME, "db_operation_name", "whoAmI"))
                    .isEqualTo(2);
        }
    }

    @Test
    void ofAServerThatIsNotKnownTheTagsAreThereAndEmpty() throws Exception {
        try (var pool = pool(options -> options);
                var metrics = PoolMetrics.bind(pool, registry)) {
            pool.execute(whoAmI());
            assertThat(scrape(metrics)
                            .value(NAME, "db_system_name", "other_sql", "db_namespace", "", "server_port", ""))
                    .isEqualTo(1);
        }
    }

    @Test
    void thereIsABoundToTheSeries() throws Exception {
        try (var pool = pool(options -> options);
                var metrics = PoolMetrics.bind(pool, registry)) {
            for (int i = 0; i < OperationDurations.MOST_SERIES + 50; i++) {
                pool.execute(operation("op" + i, Effect.READ_ONLY, Integer.class, (connection, deadline) -> 1));
            }
            pool.execute(operation("op1", Effect.READ_ONLY, Integer.class, (connection, deadline) -> 1));
            PrometheusText text = scrape(metrics);
            assertThat(text.all(NAME)).hasSize(OperationDurations.MOST_SERIES + 1);
            assertThat(text.value(NAME, "db_operation_name", "_OTHER")).isEqualTo(50);
            assertThat(text.value(NAME, "db_operation_name", "op1")).isEqualTo(2);
        }
    }

    /** What ends after everything was taken out registers nothing again. */
    @Test
    void aCallThatEndsAfterTheEndLeavesNothingBehind() {
        try (var pool = pool(options -> options)) {
            PoolMetrics metrics = PoolMetrics.bind(pool, registry);
            pool.execute(operation("last", Effect.READ_ONLY, Integer.class, (connection, deadline) -> {
                metrics.close();
                return 1;
            }));
            assertThat(registry.getMeters()).isEmpty();
        }
    }
}
