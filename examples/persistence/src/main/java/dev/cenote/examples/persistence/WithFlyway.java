package dev.cenote.examples.persistence;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Flyway over a pool: two versions, a repeatable migration, a validation. */
public final class WithFlyway {
    private WithFlyway() {}

    /** Flyway, for a schema of its own. */
    public static FluentConfiguration configured(DataSource source) {
        // begin configure
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(source) // with a maxSize of at least 2
                .schemas("guide_flyway")
                .locations("classpath:db/migration");
        // end configure
        return flyway;
    }

    /** Migrates to the first version, then to the last; gives what each step did. */
    public static List<MigrateResult> migrate(FluentConfiguration flyway) {
        // begin migrate
        MigrateResult first = flyway.target("1").load().migrate(); // V1__tables.sql
        MigrateResult rest = flyway.target("latest").load().migrate(); // V2__prices.sql, R__titles.sql
        flyway.load().validate(); // throws if what was applied is no longer what is there
        // end migrate
        return Stream.of(first, rest).toList();
    }

    /** Makes the lock one of the session, which lets a migration run outside a transaction. */
    public static void lockBySession(FluentConfiguration flyway) {
        // begin lock
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false); // for create index concurrently
        // end lock
    }
}
