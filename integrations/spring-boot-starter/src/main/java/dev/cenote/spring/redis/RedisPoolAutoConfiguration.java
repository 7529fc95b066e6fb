package dev.cenote.spring.redis;

import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.redis.LettucePoolBuilder;
import dev.cenote.redis.RedisClusterPool;
import dev.cenote.redis.RedisClusterPoolBuilder;
import dev.cenote.redis.RedisPool;
import dev.cenote.redis.RedisPoolBuilder;
import dev.cenote.spring.InvalidPoolPropertyException;
import dev.cenote.spring.PoolCustomizer;
import dev.cenote.spring.PoolsAutoConfiguration;
import dev.cenote.spring.policies.PoliciesAutoConfiguration;
import dev.cenote.spring.policies.PolicyRegistry;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * A {@link RedisPool}, or a {@link RedisClusterPool} where the properties speak of a cluster, if {@code cenote-redis} is on
 * the class path. It is beside the connections of Spring Data, and connects to nothing before it is used.
 */
@AutoConfiguration(
        after = {PoolsAutoConfiguration.class, PoliciesAutoConfiguration.class},
        afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(RedisPool.class)
@EnableConfigurationProperties(RedisPoolProperties.class)
public final class RedisPoolAutoConfiguration {
    /** For Spring. */
    RedisPoolAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean({RedisPool.class, RedisClusterPool.class})
    @Conditional(OnRedisCluster.class)
    @ConditionalOnBooleanProperty(name = "cenote.redis.enabled", matchIfMissing = true)
    RedisClusterPool redisClusterPool(
            RedisPoolProperties properties,
            PolicyRegistry policies,
            ObjectProvider<RedisAddress> address,
            ObjectProvider<PoolCustomizer<RedisClusterPoolBuilder>> customizers) {
        RedisClusterPoolBuilder builder = RedisClusterPool.builder();
        return built(() -> {
            if (properties.getUri() == null) {
                address.ifAvailable(each -> each.apply(builder));
            } else {
                builder.uri(properties.getUri());
            }
            return build(builder, properties, policies, customizers);
        });
    }

    @Bean
    @ConditionalOnMissingBean({RedisPool.class, RedisClusterPool.class})
    @ConditionalOnBooleanProperty(name = "cenote.redis.enabled", matchIfMissing = true)
    RedisPool redisPool(
            RedisPoolProperties properties,
            PolicyRegistry policies,
            ObjectProvider<RedisAddress> address,
            ObjectProvider<PoolCustomizer<RedisPoolBuilder>> customizers) {
        RedisPoolBuilder builder = RedisPool.builder();
        return built(() -> {
            if (properties.getUri() == null) {
                address.ifAvailable(each -> each.apply(builder));
            } else {
                builder.uri(properties.getUri());
            }
            return build(builder, properties, policies, customizers);
        });
    }

    private static <P> P built(Supplier<P> making) {
        try {
            return making.get();
        } catch (ConfigurationException wrong) {
            throw new InvalidPoolPropertyException(RedisPoolProperties.PREFIX, wrong);
        }
    }

    private static <B extends LettucePoolBuilder<B, P>, P extends Pool<?>> P build(
            B builder,
            RedisPoolProperties properties,
            PolicyRegistry policies,
            ObjectProvider<PoolCustomizer<B>> customizers) {
        properties.apply(builder, policies);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** What Spring Data connects to. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DataRedisConnectionDetails.class)
    static final class OfBoot {
        @Bean
        RedisAddress cenoteRedisAddress(
                ObjectProvider<DataRedisConnectionDetails> details, ObjectProvider<DataRedisProperties> properties) {
            return new RedisAddress(details, properties);
        }
    }
}
