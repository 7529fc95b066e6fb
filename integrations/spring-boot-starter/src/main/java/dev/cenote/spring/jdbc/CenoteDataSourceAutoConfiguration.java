package dev.cenote.spring.jdbc;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.jdbc.datasource.CredentialsProvider;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.spring.InvalidPoolPropertyException;
import dev.cenote.spring.PoolCustomizer;
import dev.cenote.spring.PoolsAutoConfiguration;
import java.util.Optional;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JndiDataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.XADataSourceAutoConfiguration;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The {@link DataSource}, as long as the application defines none and {@code spring.datasource.type} names no other. Comes
 * before Boot's own, which then has nothing to do.
 */
@AutoConfiguration(
        before = DataSourceAutoConfiguration.class,
        after = {
            JndiDataSourceAutoConfiguration.class,
            XADataSourceAutoConfiguration.class,
            PoolsAutoConfiguration.class
        })
@ConditionalOnClass({DataSource.class, DataSourceProperties.class})
public final class CenoteDataSourceAutoConfiguration {
    /** For Spring. */
    CenoteDataSourceAutoConfiguration() {}

    /** What Spring Boot's metrics and others ask of any CenoteDataSource, whoever defines it. */
    @Bean
    DataSourcePoolMetadataProvider cenotePoolMetadataProvider() {
        return CenotePoolMetadata::of;
    }

    /** The data source. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(
            value = {DataSource.class, XADataSource.class},
            type = "io.r2dbc.spi.ConnectionFactory")
    @ConditionalOnProperty(
            name = "spring.datasource.type",
            havingValue = "dev.cenote.jdbc.datasource.CenoteDataSource",
            matchIfMissing = true)
    @EnableConfigurationProperties({DataSourceProperties.class, CenoteDataSourceProperties.class})
    static final class OfProperties {
        private final Environment environment;
        private final ListableBeanFactory beans;

        OfProperties(Environment environment, ListableBeanFactory beans) {
            this.environment = environment;
            this.beans = beans;
        }

        @Bean
        @ConditionalOnMissingBean(JdbcConnectionDetails.class)
        ConnectionDetailsOfProperties jdbcConnectionDetails(DataSourceProperties properties) {
            return new ConnectionDetailsOfProperties(properties);
        }

        @Bean
        CenoteDataSource dataSource(
                DataSourceProperties common,
                CenoteDataSourceProperties own,
                ObjectProvider<JdbcConnectionDetails> details,
                ObjectProvider<CredentialsProvider> credentials,
                ObjectProvider<PoolCustomizer<CenoteDataSourceBuilder>> customizers) {
            HikariLeftovers.warn(environment, beans);
            Optional<CredentialsProvider> provider = only(credentials);
            CenoteDataSourceBuilder builder = CenoteDataSource.builder();
            try {
                own.requireOneSource(common);
                own.requireAutoCommitAsHibernateHasIt(environment);
                own.apply(builder, StringUtils.hasText(common.getName()) ? common.getName() : "dataSource");
                if (!own.hasSourceOfItsOwn()) {
                    connect(builder, details.getObject());
                }
                provider.ifPresentOrElse(builder::credentials, () -> logIn(builder, common, own, details));
                customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
                return started(builder.build(), own);
            } catch (ConfigurationException wrong) {
                throw new InvalidPoolPropertyException(CenoteDataSourceProperties.PREFIX, wrong);
            }
        }

        /** Of several, none may be left out in silence: the pool would connect as somebody else. */
        private static Optional<CredentialsProvider> only(ObjectProvider<CredentialsProvider> credentials) {
            try {
                return Optional.ofNullable(credentials.getIfAvailable());
            } catch (NoUniqueBeanDefinitionException several) {
                throw new ConfigurationException(
                        "CredentialsProvider must be one bean or have one that is @Primary, was "
                                + several.getBeanNamesFound(),
                        several);
            }
        }

        private static void connect(CenoteDataSourceBuilder builder, JdbcConnectionDetails details) {
            String driver = details.getDriverClassName(); // first: without it Boot knows no embedded database
            // one that Boot goes by the URL to, and is not there: the error then speaks of the URL, which was set
            if (StringUtils.hasText(driver) && ClassUtils.isPresent(driver, null)) {
                builder.driverClassName(driver);
            }
            builder.url(details.getJdbcUrl());
        }

        private static void logIn(
                CenoteDataSourceBuilder builder,
                DataSourceProperties common,
                CenoteDataSourceProperties own,
                ObjectProvider<JdbcConnectionDetails> details) {
            String user = own.hasSourceOfItsOwn()
                    ? common.getUsername()
                    : details.getObject().getUsername();
            String password = own.hasSourceOfItsOwn()
                    ? common.getPassword()
                    : details.getObject().getPassword();
            if (StringUtils.hasText(user)) {
                builder.user(user);
            }
            if (password != null) {
                builder.password(password);
            }
        }

        private static CenoteDataSource started(CenoteDataSource source, CenoteDataSourceProperties own) {
            if (own.isConnectAtStart()) {
                try {
                    source.pool().acquire().close();
                } catch (RuntimeException failure) {
                    source.close();
                    throw failure;
                }
            }
            return source;
        }
    }
}
