package dev.cenote.postgres;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.jdbc.HostCircuits;
import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.JdbcPoolBuilder;
import java.util.Set;

/**
 * A pool of connections to PostgreSQL. Thread-safe.
 *
 * <pre>{@code
 * try (var pool = PostgresPool.builder().uri("postgres://app:secret@localhost/shop?sslmode=require").maxSize(10).build()) {
 *     List<String> names = pool.execute(Sql.query("select name from users", row -> row.getString(1)));
 * }
 * }</pre>
 */
public final class PostgresPool extends ResilientPool<JdbcConnection> {
    static final Set<String> SCHEMES = Set.of("postgres", "postgresql");

    private PostgresPool(Parts<JdbcConnection> parts) {
        super(parts);
    }

    /** A builder with the default of each option: {@code localhost}, port 5432, the database named like the user. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Collects the parts of a pool. Parameters of the driver are pgjdbc's, such as {@code sslmode}; a name that it does
     * not know, and a value that it would refuse or misread later, is refused in {@link #build()}.
     */
    public static final class Builder extends JdbcPoolBuilder<Builder, PostgresPool> {
        private Builder() {
            super(SCHEMES);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        public PostgresPool build() {
            HostCircuits circuits = hostCircuits(PostgresConnector::hasAnswered);
            var connector = new PostgresConnector(PostgresParameters.of(target()), resetPolicy(), circuits);
            return published(new PostgresPool(parts("postgres", connector, classifierOr(new PostgresClassifier()))));
        }
    }
}
