package dev.cenote.micrometer;

import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.testkit.fakes.FakePool;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing stays behind, and nothing is there twice. */
class ClosingTest extends MetricsFixture {
    @Test
    void closingTakesEverythingOut() throws Exception {
        try (var pool = fullPool()) {
            PoolMetrics metrics = bindAll(pool, registry);
            pool.execute(whoAmI());
            assertThat(registry.getMeters()).isNotEmpty();
            metrics.close();
            metrics.close();
            pool.execute(whoAmI());
            metrics.flush();
            assertThat(registry.getMeters()).isEmpty();
            assertThat(PrometheusText.fetch(registry).samples()).isEmpty();
            assertUnobserved(pool);
        }
    }

    @Test
    void aPoolThatIsClosedTakesItsMetersAlong() {
        FakePool pool = fullPool();
        try (var metrics = bindAll(pool, registry)) {
            pool.close();
            assertThat(registry.getMeters()).isEmpty();
            metrics.flush();
            assertThat(registry.getMeters()).isEmpty();
            try (var next = fullPool();
                    var again = bindAll(next, registry)) {
                assertThat(again).isNotNull();
                assertThat(registry.getMeters()).isNotEmpty();
            }
        }
    }

    /** A pool, which hands out its listeners: a cluster's are told of its nodes too. */
    private static Pool<?> told(Pool<?> pool, List<PoolListener> listeners) {
        return (Pool<?>) Proxy.newProxyInstance(
                ClosingTest.class.getClassLoader(), new Class<?>[] {Pool.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("addListener")) {
                        listeners.add((PoolListener) arguments[0]);
                    }
                    return method.invoke(pool, arguments);
                });
    }

    @Test
    void aNodeThatLeavesItsClusterTakesNoneAlong() {
        var listeners = new ArrayList<PoolListener>();
        try (var pool = fullPool();
                var metrics = PoolMetrics.bind(told(pool, listeners), registry)) {
            listeners.forEach(each -> each.onEvent(new PoolEvent.PoolClosed(pool.name() + "/one:6379")));
            assertThat(registry.getMeters()).isNotEmpty();
            metrics.flush();
            listeners.forEach(each -> each.onEvent(new PoolEvent.PoolClosed(pool.name())));
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    @Test
    void aPoolThatWasClosedHasNoMeters() {
        FakePool pool = fullPool();
        pool.close();
        try (var metrics = bindAll(pool, registry)) {
            metrics.flush();
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    @Test
    void twoOfOneNameAreRefusedAndTheFirstStays() throws Exception {
        try (var pool = fullPool();
                var metrics = PoolMetrics.bind(pool, registry);
                var other = fullPool()) {
            int before = registry.getMeters().size();
            assertThatThrownBy(() -> PoolMetrics.bind(pool, registry))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("name must be unique among the pools of a registry, was orders");
            assertThatThrownBy(() -> PoolMetrics.bind(other, registry)).isInstanceOf(ConfigurationException.class);
            assertThat(registry.getMeters()).hasSize(before);
            pool.acquire().close();
            assertThat(scrape(metrics).value("cenote_pool_acquired_total")).isEqualTo(1);
            assertUnobserved(other);
        }
    }

    @Test
    void aBinderBindsSeveralRegistriesAndEndsInAll() {
        var simple = new SimpleMeterRegistry();
        try (var pool = fullPool()) {
            PoolMetrics metrics = PoolMetrics.builder(pool).build();
            metrics.bindTo(registry);
            metrics.bindTo(simple);
            pool.acquire().close();
            metrics.flush();
            assertThat(simple.get("cenote.pool.acquired").functionCounter().count())
                    .isEqualTo(1);
            assertThat(registry.get("cenote.pool.acquired").functionCounter().count())
                    .isEqualTo(1);
            metrics.close();
            assertThat(simple.getMeters()).isEmpty();
            assertThat(registry.getMeters()).isEmpty();
            assertThatThrownBy(() -> metrics.bindTo(simple)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** What a registry refuses leaves nothing half done. */
    @Test
    void aRegistryThatThrowsLeavesThePoolAlone() {
        var broken = new SimpleMeterRegistry();
        broken.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().equals("cenote.pool.retries")) {
                    throw new IllegalStateException("no retries here");
                }
                return id;
            }
        });
        try (var pool = fullPool()) {
            assertThatThrownBy(() -> PoolMetrics.bind(pool, broken)).hasMessage("no retries here");
            assertThat(broken.getMeters()).isEmpty();
            assertUnobserved(pool);
        }
    }

    @Test
    void theThreadIsThereWhileSomethingIsBound() {
        awaitThreads(0);
        try (var pool = fullPool()) {
            PoolMetrics first = PoolMetrics.bind(pool, registry);
            PoolMetrics second = PoolMetrics.bind(pool, new SimpleMeterRegistry());
            awaitThreads(1);
            first.close();
            awaitThreads(1);
            second.close();
            awaitThreads(0);
        }
    }

    @Test
    void operationsThatAreNotWantedAreNotObserved() throws Exception {
        try (var pool = fullPool();
                var metrics = PoolMetrics.builder(pool).operations(false).bind(registry)) {
            assertThat(observers(pool)).isEmpty();
            pool.execute(whoAmI());
            assertThat(scrape(metrics).all("db_client_operation_duration_seconds_count"))
                    .isEmpty();
        }
    }

    private static void awaitThreads(int count) {
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals(Ticker.THREAD))
                        .count()
                == count);
    }

    /** No observer, nobody who wants uses measured: acquires after this add none. */
    private static void assertUnobserved(FakePool pool) {
        assertThat(observers(pool)).isEmpty();
        pool.acquire().close(); // the first has to wait, and is measured in any case
        Distribution before = pool.stats().uses();
        for (int i = 0; i < 320; i++) {
            pool.acquire().close();
        }
        assertThat(pool.stats().uses().count()).isEqualTo(before.count());
    }

    /** Through its private parts: a pool does not tell who observes it. */
    private static List<?> observers(FakePool pool) {
        try {
            var field = ResilientPool.class.getDeclaredField("observers");
            field.setAccessible(true);
            Object observers = field.get(pool);
            var list = observers.getClass().getDeclaredField("observers");
            list.setAccessible(true);
            return (List<?>) list.get(observers);
        } catch (ReflectiveOperationException changed) {
            throw new AssertionError(changed);
        }
    }

    @Test
    void anEngineWithoutPoliciesCanBeBound() throws Exception {
        var field = ResilientPool.class.getDeclaredField("engine");
        field.setAccessible(true);
        try (var pool = fullPool();
                var metrics = PoolMetrics.bind((PoolEngine<?>) field.get(pool), registry)) {
            pool.acquire().close();
            assertThat(scrape(metrics).value("cenote_pool_acquired_total")).isEqualTo(1);
        }
    }
}
