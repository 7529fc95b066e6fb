package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WithFlywayTest {
    @BeforeEach
    void dropSchema() throws SQLException {
        Shop.run("drop schema if exists guide_flyway cascade");
    }

    @Test
    void migratesInTwoStepsOverTwoConnections() throws SQLException {
        try (CenoteDataSource source = Shop.pool(2).build()) {
            FluentConfiguration flyway = WithFlyway.configured(source);

            assertThat(WithFlyway.migrate(flyway))
                    .extracting(MigrateResult::getTotalMigrationTime)
                    .hasSize(2);

            assertThat(flyway.load().info().applied())
                    .extracting(step -> step.getScript())
                    .contains("V1__tables.sql", "V2__prices.sql", "R__titles.sql");
            assertThat(flyway.load().migrate().migrationsExecuted).as("again").isZero();
            assertThat(Shop.ask(source, "show search_path")).isEqualTo("\"$user\", public");
            Shop.assertAtRest(source);
        }
    }

    @Test
    void oneConnectionIsTooFewSinceOneHoldsTheLock() {
        try (CenoteDataSource source =
                Shop.pool(1).acquireTimeout(Duration.ofMillis(300)).build()) {
            assertThatThrownBy(() -> WithFlyway.migrate(WithFlyway.configured(source)))
                    .hasStackTraceContaining("suspected nested acquire");
            Shop.assertAtRest(source);
        }
    }

    @Test
    void concurrentIndexNeedsALockThatIsNotATransaction() throws SQLException {
        try (CenoteDataSource source = Shop.pool(3).build()) {
            FluentConfiguration flyway = WithFlyway.configured(source).locations("classpath:db/concurrent");
            WithFlyway.lockBySession(flyway);

            assertThat(flyway.load().migrate().migrationsExecuted).isEqualTo(2);

            assertThat(Shop.ask(source, "select count(*) from pg_locks where locktype = 'advisory'"))
                    .isEqualTo("0");
            Shop.assertAtRest(source);
        }
    }

    /** It would wait without end: the server's time-out ends it here. */
    @Test
    void concurrentIndexWaitsForTheTransactionOfTheUsualLock() {
        try (CenoteDataSource source = Shop.pool(3)
                .driverProperty("options", "-c statement_timeout=1500ms")
                .build()) {
            FluentConfiguration flyway = WithFlyway.configured(source).locations("classpath:db/concurrent");

            assertThatThrownBy(() -> flyway.load().migrate())
                    .hasMessageContaining("V2__index.sql")
                    .hasStackTraceContaining("statement timeout");
            Shop.assertAtRest(source);
        }
    }
}
