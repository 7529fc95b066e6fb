package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.pool.AcquireSites;
import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.PoolHooks;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.Timeouts;
import dev.cenote.protocols.events.PoolListener;
import java.sql.Driver;
import java.time.Duration;
import java.util.Properties;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The setters of a data source that is made as a bean; each says what {@link CenoteDataSourceBuilder} says of its option.
 * Those of sizes and time-outs work while it runs, all others until it starts; while a thread is starting it, none does. The
 * getters answer what is set, whether all of it together is valid or not.
 */
abstract class DataSourceBean {
    DataSourceBean() {}

    /** What is set. Throws, naming the property, once the pool has started, and while it does. */
    abstract CenoteDataSourceBuilder unsealed(String property);

    /** What is set, whether it has started or not. */
    abstract CenoteDataSourceBuilder config();

    /** Changes the sizes of a pool that runs; false if none does. */
    abstract boolean changeSizes(SizeChange change);

    /** Changes the time-outs of a pool that runs; false if none does. */
    abstract boolean changeTimeouts(UnaryOperator<Timeouts> change);

    /** How sizes become others. */
    interface SizeChange {
        void to(PoolEngine<?> engine, int minSize, int maxSize);
    }

    // ---- what can be changed while it runs

    /** Connections that are kept open even when idle. Default 0. Also while it runs. */
    public void setMinSize(int minSize) {
        if (!changeSizes((engine, min, max) -> engine.resize(minSize, max))) {
            unsealed("minSize").minSize(minSize);
        }
    }

    /** Most connections at any instant. Default 10. Also while it runs. */
    public void setMaxSize(int maxSize) {
        if (!changeSizes((engine, min, max) -> engine.resize(min, maxSize))) {
            unsealed("maxSize").maxSize(maxSize);
        }
    }

    /** How long {@code getConnection} waits. Default 5 s. Also while it runs. */
    public void setAcquireTimeout(Duration acquireTimeout) {
        if (!changeTimeouts(timeouts -> timeouts.withAcquire(acquireTimeout))) {
            unsealed("acquireTimeout").acquireTimeout(acquireTimeout);
        }
    }

    /** How long opening one connection may take. Default 5 s. Also while it runs. */
    public void setConnectTimeout(Duration connectTimeout) {
        if (!changeTimeouts(timeouts -> timeouts.withConnect(connectTimeout))) {
            unsealed("connectTimeout").connectTimeout(connectTimeout);
        }
    }

    /** How long a connection may take to give a sign of life. Default 2 s. Also while it runs. */
    public void setValidateTimeout(Duration validateTimeout) {
        if (!changeTimeouts(timeouts -> timeouts.withValidate(validateTimeout))) {
            unsealed("validateTimeout").validateTimeout(validateTimeout);
        }
    }

    /** How long restoring a session on return may take. Default 2 s. Also while it runs. */
    public void setResetTimeout(Duration resetTimeout) {
        if (!changeTimeouts(timeouts -> timeouts.withReset(resetTimeout))) {
            unsealed("resetTimeout").resetTimeout(resetTimeout);
        }
    }

    /** How long an operation of Cenote's own on a lease of the {@link CenoteDataSource#pool} may take. Default 30 s. Also while it runs. */
    public void setOperationTimeout(Duration operationTimeout) {
        if (!changeTimeouts(timeouts -> timeouts.withOperation(operationTimeout))) {
            unsealed("operationTimeout").operationTimeout(operationTimeout);
        }
    }

    // ---- what is sealed once it has started

    /** Name of the pool in errors, events and metrics. Default: {@code jdbc-} and a number. */
    public void setName(String name) {
        unsealed("name").name(name);
    }

    /** Where to connect, in the words of the driver. */
    public void setUrl(String url) {
        unsealed("url").url(url);
    }

    /** What opens the connections, in place of a URL. */
    public void setDataSource(DataSource dataSource) {
        unsealed("dataSource").dataSource(dataSource);
    }

    /** The class of a data source that opens the connections. */
    public void setDataSourceClassName(String dataSourceClassName) {
        unsealed("dataSourceClassName").dataSourceClassName(dataSourceClassName);
    }

    /** The name by which JNDI knows a data source that opens the connections. */
    public void setJndiName(String jndiName) {
        unsealed("jndiName").jndiName(jndiName);
    }

    /** The driver for the URL. */
    public void setDriver(Driver driver) {
        unsealed("driver").driver(driver);
    }

    /** The class of the driver for the URL. */
    public void setDriverClassName(String driverClassName) {
        unsealed("driverClassName").driverClassName(driverClassName);
    }

    /** The user. */
    public void setUsername(String username) {
        unsealed("username").user(username);
    }

    /** The password. */
    public void setPassword(String password) {
        unsealed("password").password(password);
    }

    /** Asked for user and password at each connect. */
    public void setCredentials(CredentialsProvider credentials) {
        unsealed("credentials").credentials(credentials);
    }

    /** A statement that runs on each new connection. */
    public void setConnectionInitSql(String connectionInitSql) {
        unsealed("connectionInitSql").connectionInitSql(connectionInitSql);
    }

    /** Whether connections are given out in auto-commit mode. */
    public void setAutoCommit(boolean autoCommit) {
        unsealed("autoCommit").autoCommit(autoCommit);
    }

    /** Whether connections are given out read-only. */
    public void setReadOnly(boolean readOnly) {
        unsealed("readOnly").readOnly(readOnly);
    }

    /** The isolation, by name or number. */
    public void setTransactionIsolation(String transactionIsolation) {
        unsealed("transactionIsolation").transactionIsolation(transactionIsolation);
    }

    /** The catalog. */
    public void setCatalog(String catalog) {
        unsealed("catalog").catalog(catalog);
    }

    /** The schema. */
    public void setSchema(String schema) {
        unsealed("schema").schema(schema);
    }

    /** After which time a statement without a time-out of its own is cancelled. */
    public void setStatementTimeout(Duration statementTimeout) {
        unsealed("statementTimeout").statementTimeout(statementTimeout);
    }

    /** How much of a session is restored on return. */
    public void setResetPolicy(ResetPolicy resetPolicy) {
        unsealed("resetPolicy").resetPolicy(resetPolicy);
    }

    /** Whether PgBouncer gives each transaction another session of the server. */
    public void setPgBouncer(boolean pgBouncer) {
        unsealed("pgBouncer").pgBouncer(pgBouncer);
    }

    /** Whether the driver is told of each holder. */
    public void setRequestBoundaries(boolean requestBoundaries) {
        unsealed("requestBoundaries").requestBoundaries(requestBoundaries);
    }

    /** Reads the driver's errors. */
    public void setClassifier(Classifier classifier) {
        unsealed("classifier").classifier(classifier);
    }

    /** Clock, randomness and threads. */
    public void setRuntime(PoolRuntime runtime) {
        unsealed("runtime").runtime(runtime);
    }

    /** What is done with connections as they are opened, given out and returned. */
    public void setHooks(PoolHooks hooks) {
        unsealed("hooks").hooks(hooks);
    }

    /** Most connections that are being opened at the same time. */
    public void setMaxConnecting(int maxConnecting) {
        unsealed("maxConnecting").maxConnecting(maxConnecting);
    }

    /** Most callers that may wait at once. */
    public void setMaxWaiters(int maxWaiters) {
        unsealed("maxWaiters").maxWaiters(maxWaiters);
    }

    /** Sheds load once nobody has been served within this time for a whole queue interval; null for never. */
    public void setQueueTarget(@Nullable Duration queueTarget) {
        CenoteDataSourceBuilder open = unsealed("queueTarget");
        if (queueTarget == null) {
            open.withoutQueueTarget();
        } else {
            open.queueTarget(queueTarget);
        }
    }

    /** For how long a queue must stand before it is shed. */
    public void setQueueInterval(Duration queueInterval) {
        unsealed("queueInterval").queueInterval(queueInterval);
    }

    /** Delay before connecting again after a first failure. */
    public void setConnectBackoffBase(Duration connectBackoffBase) {
        unsealed("connectBackoffBase").connectBackoffBase(connectBackoffBase);
    }

    /** Longest delay before connecting again. */
    public void setConnectBackoffCap(Duration connectBackoffCap) {
        unsealed("connectBackoffCap").connectBackoffCap(connectBackoffCap);
    }

    /** A connection that was idle for longer is validated before it is given out. */
    public void setValidateAfterIdle(Duration validateAfterIdle) {
        unsealed("validateAfterIdle").validateAfterIdle(validateAfterIdle);
    }

    /** Age at which a connection is replaced; null for none. */
    public void setMaxLifetime(@Nullable Duration maxLifetime) {
        CenoteDataSourceBuilder open = unsealed("maxLifetime");
        if (maxLifetime == null) {
            open.withoutMaxLifetime();
        } else {
            open.maxLifetime(maxLifetime);
        }
    }

    /** Share of the lifetime by which each is shortened at random. */
    public void setLifetimeJitter(double lifetimeJitter) {
        unsealed("lifetimeJitter").lifetimeJitter(lifetimeJitter);
    }

    /** How long a connection above the least stays open unused; null for ever. */
    public void setIdleTimeout(@Nullable Duration idleTimeout) {
        CenoteDataSourceBuilder open = unsealed("idleTimeout");
        if (idleTimeout == null) {
            open.withoutIdleTimeout();
        } else {
            open.idleTimeout(idleTimeout);
        }
    }

    /** How often an idle connection is validated; null for never. */
    public void setKeepaliveInterval(@Nullable Duration keepaliveInterval) {
        CenoteDataSourceBuilder open = unsealed("keepaliveInterval");
        if (keepaliveInterval == null) {
            open.withoutKeepalive();
        } else {
            open.keepaliveInterval(keepaliveInterval);
        }
    }

    /** A lease held for longer is reported; null for none. */
    public void setLeakThreshold(@Nullable Duration leakThreshold) {
        CenoteDataSourceBuilder open = unsealed("leakThreshold");
        if (leakThreshold == null) {
            open.withoutLeakThreshold();
        } else {
            open.leakThreshold(leakThreshold);
        }
    }

    /** Which leases remember the stack of their acquire. */
    public void setAcquireSites(AcquireSites acquireSites) {
        unsealed("acquireSites").acquireSites(acquireSites);
    }

    /** Whether the pool begins paused. */
    public void setStartPaused(boolean startPaused) {
        unsealed("startPaused").startPaused(startPaused);
    }

    /** Whether the pool registers itself as an MBean. */
    public void setJmx(boolean jmx) {
        unsealed("jmx").jmx(jmx);
    }

    /** How often the keeper looks after connections. */
    public void setKeeperInterval(Duration keeperInterval) {
        unsealed("keeperInterval").keeperInterval(keeperInterval);
    }

    /** Properties of the driver, beside those that were set before. */
    public void setDriverProperties(Properties driverProperties) {
        CenoteDataSourceBuilder open = unsealed("driverProperties");
        driverProperties
                .stringPropertyNames()
                .forEach(name -> open.driverProperty(name, driverProperties.getProperty(name)));
    }

    /** Properties of the data source that the class name names, beside those that were set before. */
    public void setDataSourceProperties(Properties dataSourceProperties) {
        CenoteDataSourceBuilder open = unsealed("dataSourceProperties");
        dataSourceProperties
                .stringPropertyNames()
                .forEach(name -> open.dataSourceProperty(name, dataSourceProperties.getProperty(name)));
    }

    /** Is told of all events from the first one on, beside those that were added before. */
    public void addListener(PoolListener listener) {
        unsealed("listener").listener(listener);
    }

    // ---- what was set, where others ask

    /** Where it connects, as it was set, with whatever secrets that has; null if by other means. */
    public @Nullable String getUrl() {
        return config().url;
    }

    /** As whom it connects; null if that was not set. */
    public @Nullable String getUsername() {
        return config().user;
    }

    /** Name of the pool, as it was set or will be. */
    public String getName() {
        return config().name();
    }
}
