package dev.cenote.benchmarks.subjects;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.benchmarks.stub.StubDataSource;
import dev.cenote.benchmarks.stub.StubDriver;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.beans.PropertyVetoException;
import java.sql.SQLException;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.vibur.dbcp.ViburDBCPDataSource;

/** The JDBC pools, each with what it needs to be at its best here. */
final class JdbcPeers {
    private JdbcPeers() {}

    static Subject cenote(PoolSpec spec) {
        CenoteDataSource pool = CenoteDataSource.builder()
                .dataSource(new StubDataSource(spec.server()))
                .minSize(spec.minSize())
                .maxSize(spec.maxSize())
                .acquireTimeout(spec.acquireTimeout())
                .build();
        return new DataSourceSubject(pool, pool);
    }

    static Subject hikari(PoolSpec spec) {
        var config = new HikariConfig();
        config.setDataSource(new StubDataSource(spec.server()));
        config.setMinimumIdle(spec.minSize());
        config.setMaximumPoolSize(spec.maxSize());
        config.setConnectionTimeout(spec.acquireTimeoutMillis());
        // Starts without a connection, as the others can: scenarios begin with a server that hangs.
        config.setInitializationFailTimeout(-1);
        var pool = new HikariDataSource(config);
        return new DataSourceSubject(pool, pool);
    }

    static Subject agroal(PoolSpec spec) throws SQLException {
        var configuration = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.initialSize(spec.minSize())
                        .minSize(spec.minSize())
                        .maxSize(spec.maxSize())
                        .acquisitionTimeout(spec.acquireTimeout())
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClass(StubDriver.class)
                                .jdbcUrl(spec.server().url())));
        AgroalDataSource pool = AgroalDataSource.from(configuration);
        return new DataSourceSubject(pool, pool);
    }

    static Subject vibur(PoolSpec spec) {
        var pool = new ViburDBCPDataSource();
        pool.setExternalDataSource(new StubDataSource(spec.server()));
        pool.setPoolInitialSize(spec.minSize());
        pool.setPoolMaxSize(spec.maxSize());
        pool.setConnectionTimeoutInMs(spec.acquireTimeoutMillis());
        // Its log of slow connections and queries is its leak detection, and reads the clock for each.
        pool.setLogConnectionLongerThanMs(0);
        pool.setLogQueryExecutionLongerThanMs(0);
        pool.setLogLargeResultSet(0);
        pool.setEnableJMX(false);
        pool.start();
        return new DataSourceSubject(pool, pool::terminate);
    }

    static Subject dbcp2(PoolSpec spec) throws SQLException {
        var pool = new BasicDataSource();
        pool.setDriver(new StubDriver());
        pool.setUrl(spec.server().url());
        // The stub wants neither; without them it warns at each connect.
        pool.setUsername("stub");
        pool.setPassword("stub");
        pool.setInitialSize(spec.minSize());
        pool.setMinIdle(spec.minSize());
        pool.setMaxIdle(spec.maxSize());
        pool.setMaxTotal(spec.maxSize());
        pool.setMaxWait(spec.acquireTimeout());
        // On by default, a round trip for each acquire; no other pool here does that.
        pool.setTestOnBorrow(false);
        return new DataSourceSubject(pool, pool);
    }

    static Subject tomcat(PoolSpec spec) {
        var properties = new PoolProperties();
        properties.setDataSource(new StubDataSource(spec.server()));
        properties.setInitialSize(spec.minSize());
        properties.setMinIdle(spec.minSize());
        properties.setMaxIdle(spec.maxSize());
        properties.setMaxActive(spec.maxSize());
        properties.setMaxWait(spec.acquireTimeoutMillis());
        properties.setJmxEnabled(false);
        var pool = new org.apache.tomcat.jdbc.pool.DataSource(properties);
        return new DataSourceSubject(pool, () -> pool.close(true));
    }

    static Subject c3p0(PoolSpec spec) throws PropertyVetoException {
        var pool = new ComboPooledDataSource();
        pool.setDriverClass(StubDriver.class.getName());
        pool.setJdbcUrl(spec.server().url());
        pool.setInitialPoolSize(spec.minSize());
        pool.setMinPoolSize(spec.minSize());
        pool.setMaxPoolSize(spec.maxSize());
        pool.setCheckoutTimeout(spec.acquireTimeoutMillis());
        // Otherwise each release goes through a helper thread, though there is nothing to test.
        pool.setForceSynchronousCheckins(true);
        return new DataSourceSubject(pool, pool);
    }
}
