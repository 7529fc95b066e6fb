package dev.cenote.spring;

import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.metrics.PoolMXBean;
import dev.cenote.protocols.Backend;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image must know beyond what Spring finds by itself: the data source as a bean that is bound to properties,
 * the converter of durations, the services, the JMX interface, and what transaction managers tell of their data source.
 */
final class CenoteRuntimeHints implements RuntimeHintsRegistrar {
    /** Transaction managers that are asked which data source they are over. */
    private static final List<String> MANAGERS = List.of(
            "org.springframework.jdbc.datasource.DataSourceTransactionManager",
            "org.springframework.jdbc.support.JdbcTransactionManager",
            "org.springframework.orm.jpa.JpaTransactionManager",
            "org.springframework.orm.jpa.hibernate.HibernateTransactionManager");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection()
                .registerType(
                        CenoteDataSource.class,
                        MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS,
                        MemberCategory.INVOKE_PUBLIC_METHODS)
                .registerType(DurationOrOff.class, MemberCategory.INVOKE_PUBLIC_METHODS)
                .registerType(PoolMXBean.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        for (String manager : MANAGERS) {
            hints.reflection().registerTypeIfPresent(classLoader, manager, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        for (Class<?> service : new Class<?>[] {Backend.class, JdbcProduct.class}) {
            hints.resources().registerPattern("META-INF/services/" + service.getName());
        }
        for (String provider : new String[] {
            "dev.cenote.postgres.PostgresBackend",
            "dev.cenote.postgres.PostgresProduct",
            "dev.cenote.mysql.MySqlBackend",
            "dev.cenote.mysql.MySqlProduct",
            "dev.cenote.mongo.MongoBackend",
            "dev.cenote.redis.RedisBackend"
        }) {
            hints.reflection().registerTypeIfPresent(classLoader, provider, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
        }
    }
}
