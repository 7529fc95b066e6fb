package dev.cenote.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.jdbc.datasource.HikariMigration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Whoever comes from HikariCP and leaves its properties behind is told. */
@ExtendWith(OutputCaptureExtension.class)
class HikariLeftoversTest {
    private static final String HIKARI = "spring.datasource.hikari.";

    private final StandardEnvironment environment = new StandardEnvironment();

    private String report(Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource("application", properties));
        return HikariLeftovers.report(environment).orElse("nothing");
    }

    @Test
    void withoutAnyNothingIsSaid() {
        assertThat(report(Map.of("spring.datasource.cenote.max-size", "3"))).isEqualTo("nothing");
    }

    @Test
    void eachIsAnsweredByThePropertyToWriteInstead() {
        assertThat(report(Map.of(
                        HIKARI + "maximum-pool-size", 20,
                        HIKARI + "connectionTimeout", "30000",
                        HIKARI + "max-lifetime", "0",
                        HIKARI + "pool-name", "orders",
                        HIKARI + "connection-test-query", "select 1",
                        HIKARI + "data-source-properties.cachePrepStmts", "true")))
                .contains("spring.datasource.hikari.* has no effect")
                .contains("maximum-pool-size -> spring.datasource.cenote.max-size=20")
                .contains(
                        "connection-timeout -> spring.datasource.cenote.acquire-timeout=30000ms: bounds the whole wait")
                .contains("opening one connection is bounded by connect-timeout apart")
                .contains("max-lifetime -> spring.datasource.cenote.max-lifetime=off")
                .contains("pool-name -> spring.datasource.cenote.name=orders")
                .contains("connection-test-query -> nothing: Connection.isValid is asked, after validate-after-idle")
                .contains(
                        "data-source-properties.cachePrepStmts -> spring.datasource.cenote.driver-properties.cachePrepStmts,"
                                + " with the same value")
                .contains("minimum-idle, not set -> spring.datasource.cenote.min-size=0")
                .doesNotContain("connection-timeout, not set");
    }

    @Test
    void variablesOfTheEnvironmentCountAndPlaceholdersAreResolved() {
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE", "${SIZE}",
                                        "SPRING_DATASOURCE_HIKARI_DATASOURCEPROPERTIES_SSLMODE", "verify",
                                        "SIZE", "17")));
        assertThat(report(Map.of(HIKARI + "minimum-idle", "${SIZE}")))
                .contains("maximum-pool-size -> spring.datasource.cenote.max-size=17")
                .contains("minimum-idle -> spring.datasource.cenote.min-size=17")
                .contains("spring.datasource.cenote.driver-properties.sslmode, with the same value");
    }

    @Test
    void whatIsSetTwiceIsToldOnce() {
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE", "17")));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("application", Map.of(HIKARI + "maximum-pool-size", "20")));
        assertThat(HikariLeftovers.report(environment))
                .hasValueSatisfying(report -> assertThat(report)
                        .containsOnlyOnce("maximum-pool-size ->")
                        .contains("max-size=17"));
    }

    @Test
    void noSecretIsTold() {
        assertThat(report(Map.of(
                        HIKARI + "password", "s3cret",
                        HIKARI + "jdbc-url", "jdbc:postgresql://me:s3cret@host/x?password=s3cret",
                        HIKARI + "connection-init-sql", "set session authorization 's3cret'",
                        HIKARI + "data-source-properties.password", "s3cret",
                        HIKARI + "credentials", "s3cret",
                        HIKARI + "no-such-property", "s3cret")))
                .doesNotContain("s3cret")
                .contains("password -> spring.datasource.password, with the same value")
                .contains("jdbc-url -> spring.datasource.url, with the same value")
                .contains("connection-init-sql -> spring.datasource.cenote.connection-init-sql, with the same value")
                .contains("no-such-property -> unknown");
    }

    @Test
    void oneThatIsWrongIsToldBesideTheOthers() {
        assertThat(report(Map.of(
                        HIKARI + "maximum-pool-size",
                        "many",
                        HIKARI + "connection-timeout",
                        "${NOBODY_SETS_THIS}",
                        HIKARI + "auto-commit",
                        "false")))
                .contains("maximum-pool-size -> wrong: maximumPoolSize must be a whole number, was many")
                .contains(
                        "connection-timeout -> wrong: connectionTimeout must be a whole number, was ${NOBODY_SETS_THIS}")
                .contains("auto-commit -> spring.datasource.cenote.auto-commit=false")
                .doesNotContain("connection-timeout, not set");
    }

    @Test
    void whateverStandsThereStopsNoStart() {
        var values = List.of("", " ", "1", "-1", "99999999999999999999", "true", "x", "${NOBODY}", "${", "a=b");
        for (String value : values) {
            var all = new LinkedHashMap<String, Object>();
            HikariMigration.knownProperties().forEach(name -> all.put(HIKARI + name, value));
            all.put(HIKARI + "health-check-properties.x", value);
            all.put(HIKARI + "list[0]", value);
            environment.getPropertySources().addFirst(new MapPropertySource("application", all));
            assertThat(HikariLeftovers.report(environment)).as(value).isPresent();
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("application", Map.of("spring.datasource.hikari", "many")));
        assertThatCode(() -> HikariLeftovers.report(environment)).doesNotThrowAnyException();
    }

    @Configuration
    @ImportAutoConfiguration({dev.cenote.spring.PoolsAutoConfiguration.class, CenoteDataSourceAutoConfiguration.class})
    static class Application {}

    /** The level that another application has set stays. */
    private static final String TOLD = "logging.level.dev.cenote.spring.jdbc.HikariLeftovers=warn";

    private static void start(String... properties) {
        new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.datasource.url=jdbc:h2:mem:leftovers")
                .properties(properties)
                .run()
                .close();
    }

    @Test
    void theApplicationStartsAndWarnsOnce(CapturedOutput output) {
        start(HIKARI + "maximum-pool-size=many", HIKARI + "auto-commit=false", TOLD);
        assertThat(output.getAll())
                .containsOnlyOnce("spring.datasource.hikari.* has no effect")
                .containsPattern("WARN .*spring.datasource.hikari.\\* has no effect");
    }

    @Test
    void theLoggerCanBeSilenced(CapturedOutput output) {
        start(HIKARI + "maximum-pool-size=20", "logging.level.dev.cenote.spring.jdbc.HikariLeftovers=error");
        assertThat(output.getAll()).doesNotContain("spring.datasource.hikari");
    }

    /** As beside the starter's, where an application has a second data source. */
    @Configuration(proxyBeanMethods = false)
    static class OfTheUser {
        @Bean(defaultCandidate = false)
        @ConfigurationProperties("spring.datasource.hikari")
        HikariDataSource second() {
            return new HikariDataSource();
        }
    }

    @Test
    void whereABeanReadsThemNothingIsSaid(CapturedOutput output) {
        try (var context = new SpringApplicationBuilder(Application.class, OfTheUser.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=jdbc:h2:mem:leftovers",
                        HIKARI + "maximum-pool-size=20",
                        TOLD)
                .run()) {
            assertThat(context.getBeansOfType(DataSource.class)).hasSize(2);
        }
        assertThat(output.getAll()).doesNotContain("has no effect");
    }

    @Test
    void ofAnotherDataSourceNothingIsSaid(CapturedOutput output) {
        start(HIKARI + "maximum-pool-size=20", "spring.datasource.type=com.zaxxer.hikari.HikariDataSource", TOLD);
        assertThat(output.getAll()).doesNotContain("has no effect");
    }
}
