package dev.cenote.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.PoolRegistry;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.spring.PoolsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Pools that come after the application has started, and pools that go before it ends. */
class LatePoolsTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PoolsAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    PoolsMetricsAutoConfiguration.class,
                    PoolsHealthAutoConfiguration.class,
                    PoolsEndpointAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withUserConfiguration(LazyPool.class)
            .withPropertyValues("management.endpoints.web.exposure.include=pools");

    @Configuration(proxyBeanMethods = false)
    static class LazyPool {
        @Bean
        @Lazy
        CenoteDataSource orders() {
            return made("orders");
        }
    }

    private static CenoteDataSource made(String name) {
        return CenoteDataSource.builder()
                .url("jdbc:h2:mem:late")
                .user("sa")
                .password("")
                .name(name)
                .build();
    }

    /** It is, or is not, wherever pools are shown. */
    private static void assertShown(ApplicationContext context, String... names) {
        assertThat(context.getBean(PoolsEndpoint.class).pools().pools()).containsOnlyKeys(names);
        assertThat(context.getBean(CompositeHealthContributor.class).stream().map(HealthContributors.Entry::name))
                .containsExactlyInAnyOrder(names);
        assertThat(context.getBean(MeterRegistry.class).find("db.client.connection.max").meters().stream()
                        .map(meter -> meter.getId().getTag("db.client.connection.pool.name")))
                .containsExactlyInAnyOrder(names);
    }

    @Test
    void aBeanThatIsMadeLaterIsShownFromThenOn() {
        runner.run(context -> {
            assertShown(context);

            context.getBean(CenoteDataSource.class);

            assertShown(context, "orders");
        });
    }

    @Test
    void aPoolThatIsRegisteredLaterIsShownUntilItIsClosed() {
        runner.run(context -> {
            try (CenoteDataSource reports = made("reports")) {
                context.getBean(PoolRegistry.class).register(reports.pool());
                assertShown(context, "reports");
            }
            assertShown(context);
        });
    }

    /** {@code pool}, which hands out its listeners: a cluster's are told of its nodes too. */
    private static Pool<?> told(Pool<?> pool, List<PoolListener> listeners) {
        return (Pool<?>) Proxy.newProxyInstance(
                LatePoolsTest.class.getClassLoader(), new Class<?>[] {Pool.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("addListener")) {
                        listeners.add((PoolListener) arguments[0]);
                    }
                    return method.invoke(pool, arguments);
                });
    }

    @Test
    void aNodeThatLeavesItsClusterTakesNothingAlong() {
        var listeners = new ArrayList<PoolListener>();
        runner.run(context -> {
            try (CenoteDataSource reports = made("reports")) {
                context.getBean(PoolRegistry.class).register(told(reports.pool(), listeners));

                listeners.forEach(each -> each.onEvent(new PoolEvent.PoolClosed("reports/one:6379")));

                assertShown(context, "reports");
            }
        });
    }

    @Test
    void anotherOfItsNameMayFollow() {
        runner.run(context -> {
            PoolRegistry registry = context.getBean(PoolRegistry.class);
            for (String name : Stream.of("reports", "reports").toList()) {
                try (CenoteDataSource reports = made(name)) {
                    registry.register(reports.pool());
                    assertShown(context, "reports");
                }
            }
            assertShown(context);
        });
    }

    @Test
    void aBeanThatIsClosedByHandIsShownNoLonger() {
        runner.run(context -> {
            context.getBean(CenoteDataSource.class).close();

            assertShown(context);
        });
        // and its end, as the context's, harms nobody
    }
}
