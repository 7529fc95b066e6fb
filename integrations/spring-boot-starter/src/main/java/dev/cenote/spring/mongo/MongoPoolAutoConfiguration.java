package dev.cenote.spring.mongo;

import dev.cenote.mongo.MongoPool;
import dev.cenote.mongo.MongoPoolBuilder;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.spring.InvalidPoolPropertyException;
import dev.cenote.spring.PoolCustomizer;
import dev.cenote.spring.PoolsAutoConfiguration;
import dev.cenote.spring.policies.PoliciesAutoConfiguration;
import dev.cenote.spring.policies.PolicyRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A {@link MongoPool}, where {@code cenote-mongo} is on the class path. It is beside the driver's own client, which Boot and
 * Spring Data go on using, and connects to nothing before it is used.
 */
@AutoConfiguration(
        after = {PoolsAutoConfiguration.class, PoliciesAutoConfiguration.class},
        afterName = "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration")
@ConditionalOnClass(MongoPool.class)
@EnableConfigurationProperties(MongoPoolProperties.class)
public final class MongoPoolAutoConfiguration {
    /** For Spring. */
    MongoPoolAutoConfiguration() {}

    /** Where to connect, by what else the application has. */
    interface Address {
        void apply(MongoPoolBuilder builder);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "cenote.mongo.enabled", matchIfMissing = true)
    MongoPool mongoPool(
            MongoPoolProperties properties,
            PolicyRegistry policies,
            ObjectProvider<Address> address,
            ObjectProvider<PoolCustomizer<MongoPoolBuilder>> customizers) {
        MongoPoolBuilder builder = MongoPool.builder();
        try {
            if (properties.getUri() == null) {
                address.ifAvailable(each -> each.apply(builder));
            } else {
                builder.uri(properties.getUri());
            }
            if (properties.getDatabase() != null) {
                builder.database(properties.getDatabase());
            }
            properties.apply(builder, policies);
            customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
            return builder.build();
        } catch (ConfigurationException wrong) {
            throw new InvalidPoolPropertyException(MongoPoolProperties.PREFIX, wrong);
        }
    }

    /** What Boot's own client connects to. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MongoConnectionDetails.class)
    static final class OfBoot {
        @Bean
        Address cenoteMongoAddress(
                ObjectProvider<MongoConnectionDetails> details, ObjectProvider<MongoProperties> properties) {
            return builder -> {
                details.ifAvailable(each -> {
                    builder.uri(each.getConnectionString().getConnectionString());
                    SslBundle bundle = each.getSslBundle();
                    if (bundle != null) {
                        builder.settings(settings -> settings.applyToSslSettings(
                                ssl -> ssl.enabled(true).context(bundle.createSslContext())));
                    }
                });
                properties.ifAvailable(each -> {
                    if (each.getDatabase() != null) {
                        builder.database(each.getDatabase());
                    }
                });
            };
        }
    }
}
