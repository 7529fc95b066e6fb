package dev.cenote.spring.actuate;

import dev.cenote.PoolRegistry;
import dev.cenote.spring.PoolsAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;

/** The health contributor {@code pools}, unless {@code management.health.pools.enabled=false}. */
@AutoConfiguration(after = PoolsAutoConfiguration.class)
@ConditionalOnClass({CompositeHealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("pools")
public final class PoolsHealthAutoConfiguration {
    /** For Spring. */
    PoolsHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = {"poolsHealthContributor", "poolsHealthIndicator"})
    CompositeHealthContributor poolsHealthContributor(PoolRegistry registry) {
        return new PoolsHealthContributor(registry);
    }
}
