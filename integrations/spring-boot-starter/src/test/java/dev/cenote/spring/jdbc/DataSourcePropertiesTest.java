package dev.cenote.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.spring.Metadata;
import dev.cenote.spring.PoolsAutoConfiguration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Properties that are not set, or set to nothing there is; {@link dev.cenote.spring.EveryPropertyTest} has the others. */
class DataSourcePropertiesTest {
    private static final String PREFIX = "spring.datasource.cenote.";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PoolsAutoConfiguration.class,
                    CenoteDataSourceAutoConfiguration.class,
                    DataSourceAutoConfiguration.class));

    private static PoolOptions options(CenoteDataSource source) {
        return ((PoolEngine<?>) source.pool()).options();
    }

    @Test
    void thoseThatAreNotSetHaveTheDefaultsOfTheBuilder() {
        runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:all")
                .run(context -> assertThat(options(context.getBean(CenoteDataSource.class)))
                        .isEqualTo(PoolOptions.builder().name("dataSource").build()));
    }

    @Test
    void aNameThatJndiDoesNotKnowIsRefused() {
        runner.withPropertyValues(PREFIX + "jndi-name=java:comp/env/orders")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("was java:comp/env/orders"));
    }

    @Test
    void allPropertiesAreDescribedInOneSentenceOrMore() {
        var poor = new ArrayList<String>();
        Metadata.properties().values().forEach(property -> {
            if (!property.description().endsWith(".") || property.type().isEmpty()) {
                poor.add(property.name());
            }
        });
        assertThat(poor).isEmpty();
    }
}
