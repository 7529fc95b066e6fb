package dev.cenote.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cenote.PoolRegistry;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.protocols.PoolState;
import dev.cenote.spring.jdbc.CenoteDataSourceAutoConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;

/** The order of the end: who holds a connection finishes, beans that are destroyed may still use the pool, then it closes. */
class ShutdownTest {
    @Configuration
    @Import({LifecycleAutoConfiguration.class, PoolsAutoConfiguration.class, CenoteDataSourceAutoConfiguration.class})
    static class Application {
        @Bean
        LastWords lastWords(DataSource source) {
            return new LastWords(source);
        }
    }

    /** Writes as it is destroyed, after the lifecycle has stopped. */
    static final class LastWords implements DisposableBean {
        private final DataSource source;
        private volatile boolean written;

        LastWords(DataSource source) {
            this.source = source;
        }

        @Override
        public void destroy() throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                written = statement.execute("select 1");
            }
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + Postgres.url(),
                        "spring.datasource.username=postgres")
                .properties(properties)
                .run();
    }

    @Test
    void whoHoldsAConnectionFinishes() throws Exception {
        ConfigurableApplicationContext context = start();
        CenoteDataSource source = context.getBean(CenoteDataSource.class);
        Connection held = source.getConnection();

        var closes = new CountDownLatch(1);
        context.addApplicationListener((ContextClosedEvent event) -> closes.countDown());
        CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
        closes.await();
        try (Statement statement = held.createStatement()) {
            assertThat(closing).isNotDone();
            assertThat(statement.execute("select 1")).isTrue();
        }
        held.close();

        closing.get(10, TimeUnit.SECONDS);
        assertThat(source.pool().stats().state()).isEqualTo(PoolState.CLOSED);
        assertThat(source.pool().stats().leased()).isZero();
        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void beansThatAreDestroyedMayStillUseThePool() {
        ConfigurableApplicationContext context = start();
        LastWords last = context.getBean(LastWords.class);

        context.close();

        assertThat(last.written).isTrue();
    }

    @Test
    void whatDoesNotEndInTimeIsAborted() throws Exception {
        ConfigurableApplicationContext context = start("cenote.shutdown.timeout=300ms");
        CenoteDataSource source = context.getBean(CenoteDataSource.class);
        try (Connection held = source.getConnection()) {
            context.close();

            assertThat(source.pool().stats().state()).isEqualTo(PoolState.CLOSED);
            assertThatThrownBy(() -> held.createStatement().execute("select 1")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void theOthersOfItsPhaseStopMeanwhile() throws Exception {
        ConfigurableApplicationContext context = start();
        PoolShutdown shutdown = context.getBean(PoolShutdown.class);
        var ended = new CountDownLatch(1);
        Connection held = context.getBean(DataSource.class).getConnection();

        CompletableFuture.runAsync(() -> shutdown.stop(ended::countDown)).get(10, TimeUnit.SECONDS);

        assertThat(ended.getCount()).as("who holds a connection is waited for").isOne();
        held.close();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        context.close();
    }

    @Test
    void thePhaseEndsInItsTime() throws Exception {
        ConfigurableApplicationContext context =
                start("cenote.shutdown.timeout=60s", "spring.lifecycle.timeout-per-shutdown-phase=100ms");
        LastWords last = context.getBean(LastWords.class);
        Connection held = context.getBean(DataSource.class).getConnection();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
        await().until(() -> last.written);
        assertThat(closing)
                .as("the pool still waits for who holds a connection")
                .isNotDone();
        held.close();

        closing.get(10, TimeUnit.SECONDS);
    }

    /** As one of a scope of its own, which ends while the application runs. */
    @Test
    void aPoolThatHasEndedBeforeTakesNoTimeFromTheOthers() throws Exception {
        var registry = new PoolRegistry();
        var now = new AtomicLong();
        var shutdown = new PoolShutdown(registry, Duration.ofSeconds(20), now::get);
        shutdown.start();
        try (CenoteDataSource first = source("first");
                CenoteDataSource second = source("second")) {
            registry.register(first.pool());
            registry.register(second.pool());
            shutdown.end(first.pool());
            now.addAndGet(Duration.ofHours(1).toNanos());

            Connection held = second.getConnection();
            var ended = new CountDownLatch(1);
            shutdown.stop(ended::countDown);

            assertThat(ended.await(200, TimeUnit.MILLISECONDS)).isFalse();
            held.close();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static CenoteDataSource source(String name) {
        return CenoteDataSource.builder().name(name).url("jdbc:h2:mem:" + name).build();
    }

    @Test
    void itComesAfterTheWebServerAndWhateverElseStops() {
        assertThat(PoolShutdown.PHASE)
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
                .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
                .isLessThan(SmartLifecycle.DEFAULT_PHASE)
                .isNegative();
    }

    @Test
    void aPoolThatHasEndedIsNoLongerRegistered() {
        ConfigurableApplicationContext context = start();
        PoolRegistry registry = context.getBean(PoolRegistry.class);
        assertThat(registry.all()).hasSize(1);

        context.close();

        assertThat(registry.all()).isEmpty();
    }
}
