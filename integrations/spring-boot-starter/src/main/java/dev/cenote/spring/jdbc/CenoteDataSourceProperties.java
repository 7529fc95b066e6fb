package dev.cenote.spring.jdbc;

import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.spring.PoolProperties;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** How the pool of the {@code DataSource} behaves: what is beside {@code spring.datasource.*}. Not thread-safe. */
@ConfigurationProperties(prefix = CenoteDataSourceProperties.PREFIX, ignoreUnknownFields = false)
public class CenoteDataSourceProperties extends PoolProperties {
    /** Where they stand. */
    public static final String PREFIX = "spring.datasource.cenote";

    private static final String JPA = "spring.jpa.properties";
    private static final String DISABLES_AUTO_COMMIT = "hibernate.connection.provider_disables_autocommit";

    /** Class of a data source that opens the connections, in place of the URL; set by data-source-properties. */
    private @Nullable String dataSourceClassName;

    /** Properties of the data source that data-source-class-name names. */
    private Map<String, String> dataSourceProperties = new LinkedHashMap<>();

    /** Name by which JNDI knows a data source that opens the connections, in place of the URL. */
    private @Nullable String jndiName;

    /** Properties of the driver, beside those in the URL. */
    private Map<String, String> driverProperties = new LinkedHashMap<>();

    /** A statement that runs on each new connection, and again after each full reset. */
    private @Nullable String connectionInitSql;

    /** Whether connections are given out in auto-commit mode. Default: as the driver has it. */
    private @Nullable Boolean autoCommit;

    /** Whether connections are given out read-only. Default: as the driver has it. */
    private @Nullable Boolean readOnly;

    /** The isolation, by name or by a number of the driver's. Default: as the driver has it. */
    private @Nullable String transactionIsolation;

    /** The catalog. Default: as the driver has it. */
    private @Nullable String catalog;

    /** The schema. Default: as the driver has it. */
    private @Nullable String schema;

    /** After which time a statement that has no time-out of its own is cancelled, in whole seconds, rounded up. Default: never. */
    private @Nullable Duration statementTimeout;

    /** How much of a session is restored on return: what was changed through JDBC, or also what SQL has changed. */
    private ResetPolicy resetPolicy = ResetPolicy.DIRTY;

    /** Whether PgBouncer stands before PostgreSQL and gives each transaction another session of the server. */
    private boolean pgBouncer = false;

    /** Whether the driver is told by beginRequest and endRequest of each holder. */
    private boolean requestBoundaries = false;

    /** Whether the application must get a connection as it starts, or else does not start. */
    private boolean connectAtStart = false;

    /** For Spring. */
    public CenoteDataSourceProperties() {}

    /** True if connections are opened by another data source, and not by a URL. */
    boolean hasSourceOfItsOwn() {
        return dataSourceClassName != null || jndiName != null;
    }

    /**
     * Checks that one thing says what opens the connections; a service connection gives way to these properties.
     *
     * @throws ConfigurationException if several do
     */
    void requireOneSource(DataSourceProperties common) {
        if (dataSourceClassName != null && jndiName != null) {
            throw new ConfigurationException(
                    "jndiName must not be set together with data-source-class-name, was " + jndiName);
        }
        if (hasSourceOfItsOwn()) {
            String given = dataSourceClassName != null ? "dataSourceClassName" : "jndiName";
            String value = dataSourceClassName != null ? dataSourceClassName : String.valueOf(jndiName);
            if (StringUtils.hasText(common.getUrl())) {
                throw new ConfigurationException(
                        given + " must not be set together with spring.datasource.url, was " + value);
            }
            if (StringUtils.hasText(common.getDriverClassName())) {
                throw new ConfigurationException(
                        given + " must not be set together with spring.datasource.driver-class-name, was " + value);
            }
        }
    }

    /**
     * Checks that auto-commit is off where Hibernate was told so: it then never turns it off, each statement would commit by
     * itself, and a transaction would roll nothing back.
     *
     * @throws ConfigurationException if these properties do not turn it off
     */
    void requireAutoCommitAsHibernateHasIt(Environment environment) {
        String told = WrittenProperties.under(JPA, environment).getOrDefault(DISABLES_AUTO_COMMIT, "false");
        if (Boolean.parseBoolean(told.strip()) && !Boolean.FALSE.equals(autoCommit)) {
            throw new ConfigurationException("autoCommit must be false where " + JPA + "." + DISABLES_AUTO_COMMIT
                    + " is true, was " + (autoCommit == null ? "not set" : autoCommit));
        }
    }

    /** Sets all of them, with that name of the pool unless they say another. */
    void apply(CenoteDataSourceBuilder builder, String defaultName) {
        super.apply(builder, defaultName);
        if (dataSourceClassName != null) {
            builder.dataSourceClassName(dataSourceClassName);
        }
        dataSourceProperties.forEach(builder::dataSourceProperty);
        if (jndiName != null) {
            builder.jndiName(jndiName);
        }
        driverProperties.forEach(builder::driverProperty);
        if (connectionInitSql != null) {
            builder.connectionInitSql(connectionInitSql);
        }
        if (autoCommit != null) {
            builder.autoCommit(autoCommit);
        }
        if (readOnly != null) {
            builder.readOnly(readOnly);
        }
        if (transactionIsolation != null) {
            builder.transactionIsolation(transactionIsolation);
        }
        if (catalog != null) {
            builder.catalog(catalog);
        }
        if (schema != null) {
            builder.schema(schema);
        }
        if (statementTimeout != null) {
            builder.statementTimeout(statementTimeout);
        }
        builder.resetPolicy(resetPolicy);
        builder.pgBouncer(pgBouncer);
        builder.requestBoundaries(requestBoundaries);
    }

    // ---- as a bean has it

    public @Nullable String getDataSourceClassName() {
        return dataSourceClassName;
    }

    public void setDataSourceClassName(@Nullable String dataSourceClassName) {
        this.dataSourceClassName = dataSourceClassName;
    }

    public Map<String, String> getDataSourceProperties() {
        return dataSourceProperties;
    }

    public void setDataSourceProperties(Map<String, String> dataSourceProperties) {
        this.dataSourceProperties = dataSourceProperties;
    }

    public @Nullable String getJndiName() {
        return jndiName;
    }

    public void setJndiName(@Nullable String jndiName) {
        this.jndiName = jndiName;
    }

    public Map<String, String> getDriverProperties() {
        return driverProperties;
    }

    public void setDriverProperties(Map<String, String> driverProperties) {
        this.driverProperties = driverProperties;
    }

    public @Nullable String getConnectionInitSql() {
        return connectionInitSql;
    }

    public void setConnectionInitSql(@Nullable String connectionInitSql) {
        this.connectionInitSql = connectionInitSql;
    }

    public @Nullable Boolean getAutoCommit() {
        return autoCommit;
    }

    public void setAutoCommit(@Nullable Boolean autoCommit) {
        this.autoCommit = autoCommit;
    }

    public @Nullable Boolean getReadOnly() {
        return readOnly;
    }

    public void setReadOnly(@Nullable Boolean readOnly) {
        this.readOnly = readOnly;
    }

    public @Nullable String getTransactionIsolation() {
        return transactionIsolation;
    }

    public void setTransactionIsolation(@Nullable String transactionIsolation) {
        this.transactionIsolation = transactionIsolation;
    }

    public @Nullable String getCatalog() {
        return catalog;
    }

    public void setCatalog(@Nullable String catalog) {
        this.catalog = catalog;
    }

    public @Nullable String getSchema() {
        return schema;
    }

    public void setSchema(@Nullable String schema) {
        this.schema = schema;
    }

    public @Nullable Duration getStatementTimeout() {
        return statementTimeout;
    }

    public void setStatementTimeout(@Nullable Duration statementTimeout) {
        this.statementTimeout = statementTimeout;
    }

    public ResetPolicy getResetPolicy() {
        return resetPolicy;
    }

    public void setResetPolicy(ResetPolicy resetPolicy) {
        this.resetPolicy = resetPolicy;
    }

    public boolean isPgBouncer() {
        return pgBouncer;
    }

    public void setPgBouncer(boolean pgBouncer) {
        this.pgBouncer = pgBouncer;
    }

    public boolean isRequestBoundaries() {
        return requestBoundaries;
    }

    public void setRequestBoundaries(boolean requestBoundaries) {
        this.requestBoundaries = requestBoundaries;
    }

    public boolean isConnectAtStart() {
        return connectAtStart;
    }

    public void setConnectAtStart(boolean connectAtStart) {
        this.connectAtStart = connectAtStart;
    }
}
