package dev.cenote.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.pool.AcquireSites;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.spring.Metadata;
import dev.cenote.spring.PoolsAutoConfiguration;
import dev.cenote.spring.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each property arrives; {@link #noPropertyIsForgotten} holds this class to the metadata. */
class DataSourcePropertiesTest {
    private static final String PREFIX = "spring.datasource.cenote.";

    /** The options of the pool, each with another value than its default. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("name", "orders"),
            Map.entry("min-size", "1"),
            Map.entry("max-size", "7"),
            Map.entry("max-connecting", "2"),
            Map.entry("max-waiters", "50"),
            Map.entry("queue-target", "40ms"),
            Map.entry("queue-interval", "2s"),
            Map.entry("acquire-timeout", "6s"),
            Map.entry("connect-timeout", "PT7S"),
            Map.entry("validate-timeout", "3000"),
            Map.entry("reset-timeout", "4s"),
            Map.entry("operation-timeout", "1m"),
            Map.entry("connect-backoff-base", "30ms"),
            Map.entry("connect-backoff-cap", "300ms"),
            Map.entry("validate-after-idle", "600ms"),
            Map.entry("max-lifetime", "off"),
            Map.entry("lifetime-jitter", "0.2"),
            Map.entry("idle-timeout", "11m"),
            Map.entry("keepalive-interval", "3m"),
            Map.entry("leak-threshold", "20s"),
            Map.entry("acquire-sites", "sampled"),
            Map.entry("start-paused", "true"),
            Map.entry("jmx", "false"),
            Map.entry("keeper-interval", "200ms"));

    /** What connections are like. */
    private static final Map<String, String> CONNECTIONS = new LinkedHashMap<>(Map.ofEntries(
            Map.entry("connection-init-sql", "set application_name to 'by-init-sql'"),
            Map.entry("auto-commit", "false"),
            Map.entry("read-only", "true"),
            Map.entry("transaction-isolation", "serializable"),
            Map.entry("catalog", "postgres"),
            Map.entry("schema", "pg_catalog"),
            Map.entry("statement-timeout", "9s"),
            Map.entry("reset-policy", "full"),
            Map.entry("driver-properties.defaultRowFetchSize", "17"),
            Map.entry("connect-at-start", "true")));

    /** Those with tests of their own. */
    private static final List<String> ALONE = List.of(
            "pg-bouncer", "request-boundaries", "data-source-class-name", "data-source-properties", "jndi-name");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PoolsAutoConfiguration.class,
                    CenoteDataSourceAutoConfiguration.class,
                    DataSourceAutoConfiguration.class));

    private static String[] properties(Map<String, String> some) {
        return some.entrySet().stream()
                .map(each -> PREFIX + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);
    }

    private ApplicationContextRunner onPostgres() {
        return runner.withPropertyValues(
                "spring.datasource.url=" + Postgres.url(), "spring.datasource.username=postgres");
    }

    private static PoolOptions options(CenoteDataSource source) {
        return ((PoolEngine<?>) source.pool()).options();
    }

    @Test
    void noPropertyIsForgotten() {
        var tested = new TreeSet<>(ALONE);
        tested.addAll(OPTIONS.keySet());
        CONNECTIONS.keySet().forEach(name -> tested.add(name.replaceAll("\\..*", "")));

        assertThat(Metadata.namesUnder("spring.datasource.cenote")).containsExactlyElementsOf(tested);
    }

    @Test
    void theOptionsOfThePoolArrive() {
        runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:all")
                .withPropertyValues(properties(OPTIONS))
                .run(context -> assertThat(options(context.getBean(CenoteDataSource.class)))
                        .isEqualTo(PoolOptions.builder()
                                .name("orders")
                                .minSize(1)
                                .maxSize(7)
                                .maxConnecting(2)
                                .maxWaiters(50)
                                .queueTarget(Duration.ofMillis(40))
                                .queueInterval(Duration.ofSeconds(2))
                                .acquireTimeout(Duration.ofSeconds(6))
                                .connectTimeout(Duration.ofSeconds(7))
                                .validateTimeout(Duration.ofSeconds(3))
                                .resetTimeout(Duration.ofSeconds(4))
                                .operationTimeout(Duration.ofMinutes(1))
                                .connectBackoffBase(Duration.ofMillis(30))
                                .connectBackoffCap(Duration.ofMillis(300))
                                .validateAfterIdle(Duration.ofMillis(600))
                                .withoutMaxLifetime()
                                .lifetimeJitter(0.2)
                                .idleTimeout(Duration.ofMinutes(11))
                                .keepaliveInterval(Duration.ofMinutes(3))
                                .leakThreshold(Duration.ofSeconds(20))
                                .acquireSites(AcquireSites.SAMPLED)
                                .startPaused(true)
                                .keeperInterval(Duration.ofMillis(200))
                                .build()));
    }

    @Test
    void thoseThatAreNotSetHaveTheDefaultsOfTheBuilder() {
        runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:all")
                .run(context -> assertThat(options(context.getBean(CenoteDataSource.class)))
                        .isEqualTo(PoolOptions.builder().name("dataSource").build()));
    }

    @Test
    void connectionsAreAsThePropertiesSay() {
        onPostgres().withPropertyValues(properties(CONNECTIONS)).run(context -> {
            CenoteDataSource source = context.getBean(CenoteDataSource.class);
            assertThat(source.pool().stats().created()).as("connect-at-start").isPositive();
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(connection.getAutoCommit()).isFalse();
                assertThat(connection.isReadOnly()).isTrue();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                assertThat(connection.getCatalog()).isEqualTo("postgres");
                assertThat(connection.getSchema()).isEqualTo("pg_catalog");
                assertThat(statement.getQueryTimeout()).isEqualTo(9);
                assertThat(setting(statement, "application_name")).isEqualTo("by-init-sql");
                assertThat(statement.getFetchSize()).isEqualTo(17);
                statement.execute("set work_mem to '1MB'");
            }
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(setting(statement, "work_mem")).as("reset-policy").isNotEqualTo("1MB");
            }
        });
    }

    private static String setting(Statement statement, String name) throws SQLException {
        try (ResultSet result = statement.executeQuery("show " + name)) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void pgBouncerArrives() {
        onPostgres().withPropertyValues(PREFIX + "pg-bouncer=true").run(context -> {
            try (Connection connection = context.getBean(CenoteDataSource.class).getConnection()) {
                assertThat(connection.unwrap(PGConnection.class).getPrepareThreshold())
                        .isZero();
            }
        });
    }

    @Test
    void requestBoundariesAndAnotherDataSourceArrive() {
        runner.withPropertyValues(
                        PREFIX + "data-source-class-name=" + RequestCounter.class.getName(),
                        PREFIX + "data-source-properties.tag=of-properties",
                        PREFIX + "request-boundaries=true",
                        "spring.datasource.username=sa")
                .run(context -> {
                    CenoteDataSource source = context.getBean(CenoteDataSource.class);
                    source.getConnection().close();
                    RequestCounter counter = source.unwrap(RequestCounter.class);
                    assertThat(counter.tag()).isEqualTo("of-properties");
                    assertThat(counter.begun()).isEqualTo(1);
                });
    }

    @Test
    void aNameOfJndiArrives() {
        runner.withPropertyValues(PREFIX + "jndi-name=java:comp/env/orders")
                .run(context ->
                        assertThat(context).getFailure().hasStackTraceContaining("was java:comp/env/orders"));
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
