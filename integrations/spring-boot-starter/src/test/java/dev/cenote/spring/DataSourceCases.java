package dev.cenote.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.pool.PoolEngine;
import dev.cenote.spring.jdbc.RequestCounter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Hashtable;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.Name;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.postgresql.PGConnection;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code spring.datasource.cenote.*}, by what its connections are like. */
final class DataSourceCases {
    private static final String PREFIX = "spring.datasource.cenote";

    private DataSourceCases() {}

    private static CenoteDataSource source(ConfigurableApplicationContext context) {
        return context.getBean(CenoteDataSource.class);
    }

    /** Looks at a connection. */
    private interface Look {
        void at(Connection connection, Statement statement) throws SQLException;
    }

    private static PropertyScene.Check connection(Look look) {
        return context -> {
            try (Connection connection = source(context).getConnection();
                    Statement statement = connection.createStatement()) {
                look.at(connection, statement);
            }
        };
    }

    static void onPostgres(PropertyScene scene) {
        scene.given("spring.datasource.url=" + Postgres.url(), "spring.datasource.username=postgres");
        OptionCases.add(
                scene,
                PREFIX,
                "orders",
                context -> ((PoolEngine<?>) source(context).pool()).options());
        scene.with(
                PREFIX + ".connection-init-sql",
                "set application_name to 'by-init-sql'",
                connection((connection, statement) ->
                        assertThat(setting(statement, "application_name")).isEqualTo("by-init-sql")));
        scene.with(
                PREFIX + ".auto-commit",
                "false",
                connection((connection, statement) ->
                        assertThat(connection.getAutoCommit()).isFalse()));
        scene.with(
                PREFIX + ".read-only",
                "true",
                connection((connection, statement) ->
                        assertThat(connection.isReadOnly()).isTrue()));
        scene.with(
                PREFIX + ".transaction-isolation",
                "serializable",
                connection((connection, statement) -> assertThat(connection.getTransactionIsolation())
                        .isEqualTo(Connection.TRANSACTION_SERIALIZABLE)));
        scene.with(
                PREFIX + ".schema",
                "pg_catalog",
                connection((connection, statement) ->
                        assertThat(connection.getSchema()).isEqualTo("pg_catalog")));
        scene.with(
                PREFIX + ".statement-timeout",
                "9s",
                connection((connection, statement) ->
                        assertThat(statement.getQueryTimeout()).isEqualTo(9)));
        scene.with(
                PREFIX + ".driver-properties",
                PREFIX + ".driver-properties.defaultRowFetchSize",
                "17",
                connection((connection, statement) ->
                        assertThat(statement.getFetchSize()).isEqualTo(17)));
        scene.with(PREFIX + ".reset-policy", "full", DataSourceCases::isResetInFull);
    }

    private static void isResetInFull(ConfigurableApplicationContext context) throws SQLException {
        try (Connection connection = source(context).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set work_mem to '1MB'");
            connection.commit();
            assertThat(setting(statement, "work_mem")).isEqualTo("1MB");
        }
        try (Connection connection = source(context).getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(setting(statement, "work_mem")).isNotEqualTo("1MB");
        }
    }

    private static String setting(Statement statement, String name) throws SQLException {
        try (ResultSet result = statement.executeQuery("show " + name)) {
            result.next();
            return result.getString(1);
        }
    }

    static void ofAnotherSource(PropertyScene scene) {
        scene.given("spring.datasource.username=sa", "cenote.mongo.enabled=false", "cenote.redis.enabled=false");
        scene.with(
                PREFIX + ".connect-at-start",
                "true",
                context -> assertThat(source(context).pool().stats().acquired()).isEqualTo(1));
        scene.with(
                PREFIX + ".data-source-class-name",
                RequestCounter.class.getName(),
                context -> assertThat(counter(context)).isNotNull());
        scene.with(
                PREFIX + ".data-source-properties",
                PREFIX + ".data-source-properties.tag",
                "of-properties",
                context -> assertThat(counter(context).tag()).isEqualTo("of-properties"));
        scene.with(PREFIX + ".catalog", "stock", context -> {
            source(context).getConnection().close();
            assertThat(counter(context).catalogs()).contains("stock");
        });
        scene.with(PREFIX + ".request-boundaries", "true", context -> {
            int before = counter(context).begun();
            source(context).getConnection().close();
            assertThat(counter(context).begun()).isEqualTo(before + 1);
        });
    }

    private static RequestCounter counter(ConfigurableApplicationContext context) throws SQLException {
        return source(context).unwrap(RequestCounter.class);
    }

    static void behindPgBouncer(PropertyScene scene) {
        scene.given("spring.datasource.url=" + Postgres.url(), "spring.datasource.username=postgres");
        scene.with(
                PREFIX + ".pg-bouncer",
                "true",
                connection((connection, statement) -> assertThat(
                                connection.unwrap(PGConnection.class).getPrepareThreshold())
                        .isZero()));
    }

    static void pausedOfJndi(PropertyScene scene) {
        OptionCases.addPaused(scene, PREFIX, "dataSource");
        scene.with(
                PREFIX + ".jndi-name",
                "java:comp/env/orders",
                context -> assertThat(counter(context).tag()).isEqualTo("of-jndi"));
    }

    /** A container that knows one data source. */
    public static final class Names implements InitialContextFactory {
        /** For JNDI. */
        public Names() {}

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) throws NamingException {
                    if (!name.equals("java:comp/env/orders")) {
                        throw new NameNotFoundException(name);
                    }
                    var counter = new RequestCounter();
                    counter.setTag("of-jndi");
                    return counter;
                }

                @Override
                public Object lookup(Name name) throws NamingException {
                    return lookup(new CompositeName(name.toString()).toString());
                }
            };
        }
    }
}
