package dev.cenote.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.PoolRegistry;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.jdbc.datasource.Credentials;
import dev.cenote.jdbc.datasource.CredentialsProvider;
import dev.cenote.spring.PoolCustomizer;
import dev.cenote.spring.PoolsAutoConfiguration;
import dev.cenote.spring.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class DataSourceTest {
    private static final String H2 = "spring.datasource.url=jdbc:h2:mem:orders";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PoolsAutoConfiguration.class,
                    CenoteDataSourceAutoConfiguration.class,
                    DataSourceAutoConfiguration.class));

    private static String url(ApplicationContext context) throws SQLException {
        try (Connection connection = context.getBean(DataSource.class).getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    @Test
    void aUrlIsEnough() {
        runner.withPropertyValues("spring.datasource.url=" + Postgres.url(), "spring.datasource.username=postgres")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(DataSource.class);
                    assertThat(context.getBean(DataSource.class)).isInstanceOf(CenoteDataSource.class);
                    assertThat(url(context)).startsWith(Postgres.url());
                });
    }

    @Test
    void theTypeMayNameIt() {
        runner.withPropertyValues(H2, "spring.datasource.type=" + CenoteDataSource.class.getName())
                .run(context -> assertThat(context).getBean(DataSource.class).isInstanceOf(CenoteDataSource.class));
    }

    @Test
    void anotherTypeIsLeftToBoot() {
        runner.withPropertyValues(H2, "spring.datasource.type=" + HikariDataSource.class.getName())
                .run(context -> assertThat(context).getBean(DataSource.class).isInstanceOf(HikariDataSource.class));
    }

    @Test
    void aDataSourceOfTheApplicationsOwnIsKept() {
        runner.withUserConfiguration(Own.class)
                .withPropertyValues(H2)
                .run(context -> assertThat(context).getBean(DataSource.class).isInstanceOf(JdbcDataSource.class));
    }

    @Configuration
    static class Own {
        @Bean
        DataSource dataSource() {
            return new JdbcDataSource();
        }
    }

    @Test
    void withoutAUrlAnEmbeddedDatabaseIsUsed() {
        runner.run(context -> {
            assertThat(context).getBean(DataSource.class).isInstanceOf(CenoteDataSource.class);
            assertThat(url(context)).startsWith("jdbc:h2:mem:");
        });
    }

    @Test
    void noDriverButTheOneInUseIsNeeded() {
        runner.withClassLoader(new FilteredClassLoader("org.postgresql", "com.mysql", "org.mariadb", "com.zaxxer"))
                .withPropertyValues(H2)
                .run(context -> assertThat(url(context)).startsWith("jdbc:h2:mem:orders"));
    }

    @Test
    void connectionDetailsComeBeforeProperties() {
        runner.withBean(JdbcConnectionDetails.class, Details::new)
                .withPropertyValues(H2)
                .run(context -> assertThat(url(context)).startsWith("jdbc:h2:mem:of-a-container"));
    }

    private static final class Details implements JdbcConnectionDetails {
        @Override
        public String getUsername() {
            return "sa";
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public String getJdbcUrl() {
            return "jdbc:h2:mem:of-a-container";
        }
    }

    @Test
    void thePoolIsNamedByTheDataSource() {
        runner.withPropertyValues(H2)
                .run(context ->
                        assertThat(context.getBean(PoolRegistry.class).all()).containsOnlyKeys("dataSource"));
        runner.withPropertyValues(H2, "spring.datasource.name=orders")
                .run(context ->
                        assertThat(context.getBean(PoolRegistry.class).all()).containsOnlyKeys("orders"));
        runner.withPropertyValues(H2, "spring.datasource.name=orders", "spring.datasource.cenote.name=shop")
                .run(context ->
                        assertThat(context.getBean(PoolRegistry.class).all()).containsOnlyKeys("shop"));
    }

    @Test
    void credentialsMayComeFromAProvider() {
        runner.withBean(CredentialsProvider.class, () -> () -> new Credentials("postgres", ""))
                .withPropertyValues("spring.datasource.url=" + Postgres.url(), "spring.datasource.username=nobody")
                .run(context -> {
                    try (var connection = context.getBean(DataSource.class).getConnection()) {
                        assertThat(connection.getMetaData().getUserName()).isEqualTo("postgres");
                    }
                });
    }

    @Test
    void ofSeveralProvidersThePrimaryOneIsAsked() {
        runner.withBean("file", CredentialsProvider.class, () -> () -> new Credentials("nobody", ""))
                .withBean(
                        "vault",
                        CredentialsProvider.class,
                        () -> () -> new Credentials("postgres", ""),
                        definition -> definition.setPrimary(true))
                .withPropertyValues("spring.datasource.url=" + Postgres.url())
                .run(context -> {
                    try (var connection = context.getBean(DataSource.class).getConnection()) {
                        assertThat(connection.getMetaData().getUserName()).isEqualTo("postgres");
                    }
                });
    }

    @Test
    void customizersComeLast() {
        runner.withUserConfiguration(Customized.class)
                .withPropertyValues(H2, "spring.datasource.cenote.max-size=4")
                .run(context -> assertThat(context.getBean(CenoteDataSource.class)
                                .pool()
                                .stats()
                                .maxSize())
                        .isEqualTo(7));
    }

    @Configuration
    static class Customized {
        @Bean
        PoolCustomizer<CenoteDataSourceBuilder> larger() {
            return builder -> builder.maxSize(7);
        }
    }

    @Test
    void bootIsToldOfThePool() {
        runner.withPropertyValues(H2, "spring.datasource.cenote.max-size=4", "spring.datasource.cenote.min-size=1")
                .run(context -> {
                    DataSource source = context.getBean(DataSource.class);
                    DataSourcePoolMetadata metadata = context.getBean(
                                    "cenotePoolMetadataProvider", DataSourcePoolMetadataProvider.class)
                            .getDataSourcePoolMetadata(source);
                    try (Connection held = source.getConnection()) {
                        assertThat(held.isClosed()).isFalse();
                        assertThat(metadata.getActive()).isEqualTo(1);
                        assertThat(metadata.getMax()).isEqualTo(4);
                        assertThat(metadata.getMin()).isEqualTo(1);
                        assertThat(metadata.getUsage()).isEqualTo(0.25f);
                    }
                });
    }

    @Test
    void bootIsToldOfAPoolThatTheApplicationDefines() {
        runner.withBean(
                        "own",
                        CenoteDataSource.class,
                        () -> CenoteDataSource.builder()
                                .url("jdbc:h2:mem:own")
                                .maxSize(3)
                                .build())
                .run(context -> {
                    DataSource source = context.getBean(DataSource.class);
                    DataSourcePoolMetadata metadata = context.getBean(
                                    "cenotePoolMetadataProvider", DataSourcePoolMetadataProvider.class)
                            .getDataSourcePoolMetadata(source);
                    assertThat(metadata.getMax()).isEqualTo(3);
                    assertThat(context.getBean(PoolRegistry.class).all()).hasSize(1);
                });
    }
}
