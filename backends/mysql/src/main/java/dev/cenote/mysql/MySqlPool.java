package dev.cenote.mysql;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.JdbcPoolBuilder;
import dev.cenote.jdbc.JdbcTarget;
import dev.cenote.protocols.PoolUri;
import java.util.Optional;
import java.util.Set;

/**
 * A pool of connections to MySQL or MariaDB. Thread-safe.
 *
 * <pre>{@code
 * try (var pool = MySqlPool.builder().uri("mysql://app:secret@localhost/shop?sslMode=REQUIRED").maxSize(10).build()) {
 *     List<String> names = pool.execute(Sql.query("select name from users", row -> row.getString(1)));
 * }
 * }</pre>
 *
 * <p>The number of rows that an update gives is that of the rows found, changed or not, unless the driver's parameter
 * {@code useAffectedRows} says otherwise.
 */
public final class MySqlPool extends ResilientPool<JdbcConnection> {
    static final String MARIADB_SCHEME = "mariadb";
    static final Set<String> SCHEMES = Set.of("mysql", MARIADB_SCHEME);

    private MySqlPool(Parts<JdbcConnection> parts) {
        super(parts);
    }

    /** A builder with the default of each option: {@code localhost}, port 3306, no database, MySQL Connector/J. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Collects the parts of a pool. Parameters of the driver are those of the driver in use; a name that it does not
     * know, a value that it would refuse, and what would get into the pool's way is refused in {@link #build()}.
     */
    public static final class Builder extends JdbcPoolBuilder<Builder, MySqlPool> {
        private Optional<MySqlDriver> driver = Optional.empty();
        private MySqlDriver schemesDriver = MySqlDriver.MYSQL;

        private Builder() {
            super(SCHEMES);
        }

        /** {@inheritDoc} Scheme {@code mysql} stands for MySQL Connector/J, {@code mariadb} for MariaDB Connector/J. */
        @Override
        public Builder uri(PoolUri uri) {
            super.uri(uri);
            schemesDriver = uri.scheme().equals(MARIADB_SCHEME) ? MySqlDriver.MARIADB : MySqlDriver.MYSQL;
            return this;
        }

        /** The driver. Default: the one that the URI's scheme stands for. */
        public Builder driver(MySqlDriver driver) {
            this.driver = Optional.of(driver);
            return this;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        public MySqlPool build() {
            DriverAdapter adapter = driver.orElse(schemesDriver).adapter();
            JdbcTarget target = target();
            var connector = new MySqlConnector(
                    adapter,
                    MySqlParameters.of(target, adapter),
                    resetPolicy(),
                    hostCircuits(new MySqlClassifier()::isPermanentAtConnect));
            return published(new MySqlPool(parts("mysql", connector, classifierOr(new MySqlClassifier()))));
        }
    }
}
