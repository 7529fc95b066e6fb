package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.pool.PoolOptions;
import dev.cenote.pool.PoolOptionsBuilder;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.events.PoolListener;
import java.sql.Connection;
import java.sql.Driver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link CenoteDataSource} is made of, the options of its pool included. Each setter replaces what was set
 * before and returns this; values are checked together, as the data source is built. Not thread-safe.
 */
public final class CenoteDataSourceBuilder extends PoolOptionsBuilder<CenoteDataSourceBuilder> {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final PoolRuntime DEFAULT_RUNTIME = PoolRuntime.system();
    private static final Duration DEFAULT_ACQUIRE_TIMEOUT =
            PoolOptions.builder().build().acquireTimeout();

    @Nullable
    String url;

    @Nullable
    String user;

    @Nullable
    String password;

    @Nullable
    String driverClassName;

    @Nullable
    String dataSourceClassName;

    @Nullable
    String jndiName;

    @Nullable
    Driver driver;

    @Nullable
    DataSource wrapped;

    @Nullable
    CredentialsProvider credentials;

    @Nullable
    Classifier classifier;

    @Nullable
    String initSql;

    @Nullable
    Duration statementTimeout;

    final Properties driverProperties = new Properties();
    final Properties dataSourceProperties = new Properties();
    final Map<Setting, Object> settings = new EnumMap<>(Setting.class);
    ResetPolicy resetPolicy = ResetPolicy.DIRTY;
    boolean pgBouncer;
    boolean requestBoundaries;
    PoolRuntime runtime = DEFAULT_RUNTIME;
    final List<PoolListener> listeners = new ArrayList<>();
    final List<UnaryOperator<Classifier>> overrides = new ArrayList<>();

    private @Nullable String generatedName;
    private @Nullable String ownName;
    private Duration acquireTimeout = DEFAULT_ACQUIRE_TIMEOUT;

    CenoteDataSourceBuilder() {}

    @Override
    protected CenoteDataSourceBuilder self() {
        return this;
    }

    // ---- what is asked for before the rest is in order

    @Override
    public CenoteDataSourceBuilder name(String name) {
        this.ownName = Objects.requireNonNull(name, "name");
        return super.name(name);
    }

    @Override
    public CenoteDataSourceBuilder acquireTimeout(Duration acquireTimeout) {
        this.acquireTimeout = Objects.requireNonNull(acquireTimeout, "acquireTimeout");
        return super.acquireTimeout(acquireTimeout);
    }

    /** What is set, or the default, whether all options together are valid or not. */
    Duration acquireTimeout() {
        return acquireTimeout;
    }

    /** As {@link #acquireTimeout()}. The default is generated once. */
    String name() {
        String own = ownName;
        return own == null || own.isEmpty() ? generatedName() : own;
    }

    // ---- where to connect: one of these

    /**
     * Where to connect, in the words of the driver, which is found by it. One of this, {@link #dataSource}, {@link
     * #dataSourceClassName} and {@link #jndiName} must be set.
     */
    public CenoteDataSourceBuilder url(String url) {
        this.url = Check.notBlank("url", url);
        return this;
    }

    /** What opens the connections, in place of a URL. It is not closed with the pool. */
    public CenoteDataSourceBuilder dataSource(DataSource source) {
        this.wrapped = Objects.requireNonNull(source, "dataSource");
        return this;
    }

    /** The class of a data source that opens the connections; made by its constructor without arguments. */
    public CenoteDataSourceBuilder dataSourceClassName(String className) {
        this.dataSourceClassName = Check.notBlank("dataSourceClassName", className);
        return this;
    }

    /** The name by which JNDI knows a data source that opens the connections; looked up as the pool starts. */
    public CenoteDataSourceBuilder jndiName(String jndiName) {
        this.jndiName = Check.notBlank("jndiName", jndiName);
        return this;
    }

    /** The driver for the URL. Default: the one that {@link java.sql.DriverManager} finds. */
    public CenoteDataSourceBuilder driver(Driver driver) {
        this.driver = Objects.requireNonNull(driver, "driver");
        return this;
    }

    /** The class of the driver for the URL, for one that does not register itself. Default: found by the URL. */
    public CenoteDataSourceBuilder driverClassName(String className) {
        this.driverClassName = Check.notBlank("driverClassName", className);
        return this;
    }

    // ---- as whom

    /** The user. Default: the driver's. */
    public CenoteDataSourceBuilder user(String user) {
        this.user = Check.notBlank("user", user);
        return this;
    }

    /** The password. Default: none. */
    public CenoteDataSourceBuilder password(String password) {
        this.password = Objects.requireNonNull(password, "password");
        return this;
    }

    /** Asked for user and password at each connect, in place of {@link #user} and {@link #password}. */
    public CenoteDataSourceBuilder credentials(CredentialsProvider credentials) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        return this;
    }

    // ---- how

    /** A property of the driver; only with a {@link #url}. */
    public CenoteDataSourceBuilder driverProperty(String name, String value) {
        driverProperties.setProperty(Check.notBlank("driver property", name), value);
        return this;
    }

    /** A property of the data source that {@link #dataSourceClassName} names, set by its setter of that name. */
    public CenoteDataSourceBuilder dataSourceProperty(String name, String value) {
        dataSourceProperties.setProperty(Check.notBlank("data source property", name), value);
        return this;
    }

    /** A statement that runs on each new connection, and again after each full reset. Default: none. */
    public CenoteDataSourceBuilder connectionInitSql(String sql) {
        this.initSql = Check.notBlank("connectionInitSql", sql);
        return this;
    }

    /** Whether connections are given out in auto-commit mode. Default: as the driver has it. */
    public CenoteDataSourceBuilder autoCommit(boolean autoCommit) {
        settings.put(Setting.AUTO_COMMIT, autoCommit);
        return this;
    }

    /** Whether connections are given out read-only. Default: as the driver has it. */
    public CenoteDataSourceBuilder readOnly(boolean readOnly) {
        settings.put(Setting.READ_ONLY, readOnly);
        return this;
    }

    /** The isolation, one of {@link Connection}'s constants or a number of the driver's own. Default: as the driver has it. */
    public CenoteDataSourceBuilder transactionIsolation(int level) {
        settings.put(Setting.ISOLATION, level);
        return this;
    }

    /**
     * The isolation by name: {@code READ_COMMITTED}, {@code TRANSACTION_READ_COMMITTED} or {@code read committed}, or a
     * number. Default: as the driver has it.
     *
     * @throws ConfigurationException if no isolation has that name
     */
    public CenoteDataSourceBuilder transactionIsolation(String name) {
        return transactionIsolation(Isolation.level(name));
    }

    /** The catalog. Default: as the driver has it. */
    public CenoteDataSourceBuilder catalog(String catalog) {
        settings.put(Setting.CATALOG, Check.notBlank("catalog", catalog));
        return this;
    }

    /** The schema. Default: as the driver has it. */
    public CenoteDataSourceBuilder schema(String schema) {
        settings.put(Setting.SCHEMA, Check.notBlank("schema", schema));
        return this;
    }

    /**
     * After which time a statement that has no time-out of its own is cancelled by the driver, in whole seconds, rounded up.
     * Within a {@link dev.cenote.protocols.Deadline#call} a statement is cancelled at its deadline anyway, and cut off if the
     * server does not heed that. Default: never.
     */
    public CenoteDataSourceBuilder statementTimeout(Duration timeout) {
        this.statementTimeout = Check.positive("statementTimeout", timeout);
        return this;
    }

    /**
     * How much of a session is restored on return. {@link ResetPolicy#DIRTY}, the default, restores what was changed through
     * the connection's own methods; {@link ResetPolicy#FULL} also what was changed by SQL, after each lease that ran
     * anything, on PostgreSQL, MySQL and MariaDB.
     */
    public CenoteDataSourceBuilder resetPolicy(ResetPolicy policy) {
        this.resetPolicy = Objects.requireNonNull(policy, "resetPolicy");
        return this;
    }

    /**
     * Whether PgBouncer stands before PostgreSQL and gives each transaction another session of the server: the driver then
     * prepares nothing on the server, and what would change such a session is refused. Default false.
     */
    public CenoteDataSourceBuilder pgBouncer(boolean pgBouncer) {
        this.pgBouncer = pgBouncer;
        return this;
    }

    /** Whether the driver is told by {@code beginRequest} and {@code endRequest} of each holder. Default false. */
    public CenoteDataSourceBuilder requestBoundaries(boolean requestBoundaries) {
        this.requestBoundaries = requestBoundaries;
        return this;
    }

    /** Reads the driver's errors. Default: that of the product, or by SQLSTATE and exception type alone. */
    public CenoteDataSourceBuilder classifier(Classifier classifier) {
        this.classifier = Objects.requireNonNull(classifier, "classifier");
        return this;
    }

    /**
     * Changes what the classifier makes of errors with that code, a SQLSTATE or a vendor's number, in every phase. May
     * be called several times; a later change sees what an earlier one made of the verdict. One that throws or returns
     * null is logged and leaves the verdict.
     *
     * <p>The data source itself acts on the connection's half and tries nothing again. <b>Careful</b> with the call's
     * half where others read it: to loosen it towards {@link Verdict.CallFate#NOT_EXECUTED} or {@link
     * Verdict.CallFate#ROLLED_BACK} may double a write.
     *
     * @throws ConfigurationException if {@code code} is blank
     */
    public CenoteDataSourceBuilder verdict(String code, UnaryOperator<Verdict> change) {
        Check.notBlank("code", code);
        Objects.requireNonNull(change, "change");
        overrides.add(reader -> reader.withVerdict(code, change));
        return this;
    }

    /** As {@link #verdict}, for errors of which {@code when} is true; it is asked with the driver's exception. */
    public CenoteDataSourceBuilder verdictIf(Predicate<Throwable> when, UnaryOperator<Verdict> change) {
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(change, "change");
        overrides.add(reader -> reader.withVerdictIf(when, change));
        return this;
    }

    /** Clock, randomness and threads. Default: the machine's, and threads of the pool's own. */
    public CenoteDataSourceBuilder runtime(PoolRuntime runtime) {
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        return this;
    }

    /** Is told of all events from the first one on. May be called several times. */
    public CenoteDataSourceBuilder listener(PoolListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets the option of that name from text, as it stands in properties; see {@link CenoteDataSource#of}.
     *
     * @throws ConfigurationException if there is no such option, with the name that is nearest, or its value is of another
     *     kind
     */
    public CenoteDataSourceBuilder property(String name, String value) {
        TextProperties.set(this, name, value);
        return this;
    }

    /**
     * The data source, started. Connects to nothing yet; connections for minSize are opened in the background.
     *
     * @throws ConfigurationException if an option breaks its rule, or no driver knows the URL
     */
    public CenoteDataSource build() {
        var source = new CenoteDataSource(this);
        source.start();
        return source;
    }

    /** The options of its pool. The name is generated once. */
    PoolOptions poolOptions() {
        return options(generatedName());
    }

    private String generatedName() {
        String generated = generatedName;
        if (generated == null) {
            generated = "jdbc-" + COUNT.incrementAndGet();
            generatedName = generated;
        }
        return generated;
    }

    boolean hasOwnRuntime() {
        return !runtime.equals(DEFAULT_RUNTIME);
    }

    Optional<Credentials> ownCredentials() {
        String name = user;
        return name == null
                ? Optional.empty()
                : Optional.of(new Credentials(name, Objects.requireNonNullElse(password, "")));
    }
}
