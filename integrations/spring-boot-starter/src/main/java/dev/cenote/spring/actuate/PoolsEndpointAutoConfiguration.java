package dev.cenote.spring.actuate;

import dev.cenote.PoolRegistry;
import dev.cenote.spring.PoolsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code pools}, where it is exposed. */
@AutoConfiguration(after = PoolsAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(PoolsEndpoint.class)
public final class PoolsEndpointAutoConfiguration {
    /** For Spring. */
    PoolsEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    PoolsEndpoint poolsEndpoint(PoolRegistry registry) {
        return new PoolsEndpoint(registry);
    }
}
