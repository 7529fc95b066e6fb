package dev.cenote.spring.actuate;

import dev.cenote.PoolRegistry;
import dev.cenote.micrometer.PoolMetrics;
import dev.cenote.spring.PoolsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The meters of {@code cenote-micrometer} for all pools, where that is on the class path. They are bound once all singletons
 * are made, as Boot does it for each {@link MeterBinder}, those of a pool that comes later as it is registered, and go when
 * their pool closes.
 */
@AutoConfiguration(after = PoolsAutoConfiguration.class)
@ConditionalOnClass({PoolMetrics.class, MeterRegistry.class})
@EnableConfigurationProperties(MetricsProperties.class)
public final class PoolsMetricsAutoConfiguration {
    /** For Spring. */
    PoolsMetricsAutoConfiguration() {}

    /** Without {@code jdbc.connections.*}, which Boot itself has of the data source. */
    @Bean
    @ConditionalOnBooleanProperty(name = "cenote.metrics.enabled", matchIfMissing = true)
    MeterBinder cenotePoolMetrics(PoolRegistry pools, MetricsProperties properties) {
        return meters -> pools.onRegister(pool -> PoolMetrics.builder(pool)
                .operations(properties.isOperations())
                .hikariNames(properties.isHikariNames())
                .bind(meters));
    }
}
