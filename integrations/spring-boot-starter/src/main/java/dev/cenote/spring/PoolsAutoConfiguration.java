package dev.cenote.spring;

import dev.cenote.PoolRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** A registry of all pools that are beans, and their end in good order. */
@AutoConfiguration
@EnableConfigurationProperties(ShutdownProperties.class)
public final class PoolsAutoConfiguration {
    /** For Spring. */
    PoolsAutoConfiguration() {}

    /** All pools that are beans. It does not close them: each ends when its own bean does, after those that use it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    PoolRegistry poolRegistry() {
        return new PoolRegistry();
    }

    @Bean
    PoolShutdown poolShutdown(PoolRegistry registry, ShutdownProperties properties) {
        return new PoolShutdown(registry, properties.getTimeout());
    }

    @Bean
    @Lazy(false) // nobody asks for it
    ClosedPools closedPools(PoolRegistry registry) {
        return new ClosedPools(registry);
    }

    @Bean
    static PoolBeanPostProcessor poolBeanPostProcessor(
            ObjectProvider<PoolRegistry> registry, ObjectProvider<PoolShutdown> shutdown) {
        return new PoolBeanPostProcessor(registry, shutdown);
    }
}
