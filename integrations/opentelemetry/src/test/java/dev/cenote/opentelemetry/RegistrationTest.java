package dev.cenote.opentelemetry;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.opentelemetry.PoolTelemetry.Registration;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import dev.cenote.testkit.fakes.ManualClock;
import dev.cenote.testkit.fakes.ManualScheduler;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How telling begins and ends. */
class RegistrationTest {
    private final FakeDatabase database = new FakeDatabase();
    private final ManualScheduler ticker = new ManualScheduler(new ManualClock());
    private OtlpReceiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new OtlpReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private FakePool pool() {
        return FakePool.builder(database).name("orders").maxSize(1).build();
    }

    private PoolTelemetry.Builder telemetry() {
        return PoolTelemetry.builder(receiver.sdk()).ticker(ticker);
    }

    /** An observed pool wraps its leases. */
    private static boolean isObserved(FakePool pool) {
        try (var lease = pool.acquire()) {
            return lease.getClass().getSimpleName().equals("ObservedLease");
        }
    }

    @Test
    void aRegisteredPoolIsObserved() {
        try (var pool = pool();
                var registration = telemetry().build().register(pool)) {
            assertThat(isObserved(pool)).isTrue();
            assertThat(ticker.pending()).isEqualTo(1);
        }
    }

    @Test
    void closingEndsAll() {
        try (var pool = pool()) {
            Registration registration = telemetry().build().register(pool);
            pool.execute(whoAmI());
            registration.close();
            registration.close();
            int spans = receiver.spans().size();
            pool.execute(whoAmI());
            assertThat(receiver.spans()).hasSize(spans);
            assertThat(isObserved(pool)).isFalse();
            assertThat(ticker.pending()).isZero();
            assertThat(receiver.metrics().keySet())
                    .as("what histograms have counted stays; nothing is read from the pool any more")
                    .allMatch(name -> name.endsWith("_time") || name.endsWith("duration"));
            assertAtRest(pool);
        }
    }

    @Test
    void closingCarriesOverWhatWasMeasured() {
        try (var pool = pool()) {
            Registration registration = telemetry().build().register(pool);
            pool.acquire().close();
            registration.close();
            assertThat(Otlp.histogram(receiver.metrics().get("db.client.connection.wait_time"))
                            .getCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void onceClosedUsesAreNotMeasured() {
        try (var pool = pool()) {
            telemetry().build().register(pool).close();
            pool.acquire().close();
            long uses = pool.stats().uses().count();
            for (int i = 0; i < 320; i++) {
                pool.acquire().close();
            }
            assertThat(pool.stats().uses().count()).isEqualTo(uses);
        }
    }

    @Test
    void aPoolIsRegisteredOnceAtATime() {
        PoolTelemetry telemetry = telemetry().build();
        try (var pool = pool()) {
            Registration registration = telemetry.register(pool);
            assertThatThrownBy(() -> telemetry.register(pool))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("pool must not be registered already, was orders");
            registration.close();
            telemetry.register(pool).close();
        }
    }

    @Test
    void aClosedPoolIsForgottenOnceItsEndWasCollected() {
        var pool = pool();
        Registration registration = telemetry().build().register(pool);
        pool.execute(whoAmI());
        pool.close();
        until(pool, "it is empty", stats -> stats.size() == 0);
        assertThat(Otlp.value(
                        receiver.metrics().get("cenote.pool.connections.closed"), "cenote.close.reason", "pool_closed"))
                .isEqualTo(1);
        assertThat(receiver.metrics()).doesNotContainKey("cenote.pool.connections.closed");
        assertThat(ticker.pending()).isZero();
        registration.close();
    }

    @Test
    void aClosedPoolIsNoLongerReadEachSecondThoughNobodyCollects() {
        var pool = pool();
        telemetry().build().register(pool);
        pool.close();
        until(pool, "it is empty", stats -> stats.size() == 0);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(ticker.pending()).isZero();
    }

    @Test
    void withoutSpansAndOperationsNoCallIsObserved() {
        try (var pool = pool();
                var registration =
                        telemetry().spans(false).operationMetrics(false).build().register(pool)) {
            assertThat(isObserved(pool)).isFalse();
            assertThat(receiver.metrics()).containsKey("db.client.connection.count");
        }
    }

    @Test
    void withoutPoolMetricsNothingIsRead() {
        try (var pool = pool();
                var registration = telemetry().poolMetrics(false).build().register(pool)) {
            pool.execute(whoAmI());
            assertThat(ticker.pending()).isZero();
            assertThat(receiver.metrics()).containsOnlyKeys("db.client.operation.duration");
        }
    }

    @Test
    void withoutSpansThereAreNone() {
        try (var pool = pool();
                var registration = telemetry().spans(false).build().register(pool)) {
            pool.execute(whoAmI());
            assertThat(receiver.spans()).isEmpty();
            assertThat(receiver.metrics()).containsKey("db.client.operation.duration");
        }
    }

    @Test
    void withAnOpenTelemetryThatDoesNothingNothingIsDone() {
        try (var pool = pool();
                var registration = PoolTelemetry.builder(OpenTelemetry.noop())
                        .ticker(ticker)
                        .build()
                        .register(pool)) {
            assertThat(isObserved(pool)).isFalse();
            assertThat(ticker.pending()).isZero();
        }
    }

    @Test
    void theSharedThreadIsADaemon() {
        try (var pool = pool();
                var registration = PoolTelemetry.create(receiver.sdk()).register(pool)) {
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("cenote-opentelemetry"))
                    .hasSize(1)
                    .allMatch(Thread::isDaemon);
        }
    }
}
