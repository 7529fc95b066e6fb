package dev.cenote.micrometer;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakeOperations;
import dev.cenote.testkit.fakes.FakePool;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A pool to a database in memory, and a registry that is read as Prometheus reads it. */
abstract class MetricsFixture {
    static final String POOL = "db_client_connection_pool_name";

    final FakeDatabase database = new FakeDatabase();
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    FakePool pool(UnaryOperator<FakePool.Builder> options) {
        return options.apply(FakePool.builder(database).name("orders").maxSize(2))
                .build();
    }

    /** One that has all that has meters. */
    FakePool fullPool() {
        return pool(options -> options.retry(
                        RetryPolicy.exponential().base(Duration.ofMillis(1)).build())
                .circuitBreaker(CircuitBreaker.builder().failureThreshold(5).build()));
    }

    static PoolMetrics bindAll(FakePool pool, PrometheusMeterRegistry registry) {
        return PoolMetrics.builder(pool).hikariNames(true).bootNames(true).bind(registry);
    }

    /** Is refused by a server that is well. */
    static Operation<FakeConnection, Integer> mistaken() {
        return FakeOperations.operation("mistaken", Effect.READ_ONLY, Integer.class, (connection, deadline) -> {
            throw new IllegalArgumentException("no such table");
        });
    }

    /** Loses its connection. */
    static Operation<FakeConnection, Integer> breaking() {
        return FakeOperations.operation("breaking", Effect.NON_IDEMPOTENT, Integer.class, (connection, deadline) -> {
            throw new IOException("connection reset");
        });
    }

    /** As Prometheus has it after all meters were brought up to date. */
    PrometheusText scrape(PoolMetrics metrics) throws Exception {
        metrics.flush();
        return PrometheusText.fetch(registry);
    }
}
