package dev.cenote.jdbc.datasource;

import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.pool.PoolOptionsBuilder;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.events.PoolListener;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
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
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of JDBC connections with the face of a {@link DataSource}.
 *
 * <pre>{@code
 * try (var source = CenoteDataSource.builder()
 *         .url("jdbc:postgresql://localhost/orders").user("shop").password(secret)
 *         .maxSize(10)
 *         .build();
 *      var connection = source.getConnection()) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Thread-safe. {@link #getConnection()} waits up to the acquire time-out; closing the connection returns it: statements
 * that are open are closed, an open transaction is rolled back, settings that were changed through the connection (auto-
 * commit, read-only, isolation, holdability, catalog, schema, network time-out, type map, client info) get the value they
 * had, and warnings are cleared. What was changed by SQL stays changed. A connection is used by one thread at a time; it may
 * be closed or aborted from any.
 */
public final class CenoteDataSource implements DataSource, AutoCloseable {
    private final PoolEngine<JdbcSession> engine;
    private final @Nullable DataSource wrapped;
    private final Credentials credentials;
    private volatile @Nullable PrintWriter logWriter;

    /** Who connects. The password is secret. */
    private record Credentials(Optional<String> user, Optional<String> password) {
        boolean are(@Nullable String otherUser, @Nullable String otherPassword) {
            return Objects.equals(user.orElse(null), otherUser) && Objects.equals(password.orElse(null), otherPassword);
        }

        @Override
        public String toString() {
            return "Credentials[" + user.orElse("none") + "]";
        }
    }

    private CenoteDataSource(PoolEngine<JdbcSession> engine, @Nullable DataSource wrapped, Credentials credentials) {
        this.engine = engine;
        this.wrapped = wrapped;
        this.credentials = credentials;
    }

    /** A builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Blocks up to the acquire time-out; an interrupt ends the wait and stays set.
     *
     * @throws java.sql.SQLTransientConnectionException if none came in time, or the pool is paused, overloaded or was
     *     cleared; the cause, a {@link PoolException}, says who holds the connections and why connecting failed last
     * @throws java.sql.SQLNonTransientConnectionException if the pool is closed, or connecting cannot succeed
     */
    @Override
    public Connection getConnection() throws SQLException {
        try {
            Lease<JdbcSession> lease = engine.acquire();
            return new ConnectionWrapper(lease, engine.connection(lease));
        } catch (PoolException failure) {
            throw Refusals.of(failure);
        }
    }

    /**
     * As {@link #getConnection()}, for its own user and password.
     *
     * @throws SQLFeatureNotSupportedException if they are others: a pool has connections of one user
     */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        if (!credentials.are(user, password)) {
            throw new SQLFeatureNotSupportedException(
                    "pool " + engine.name() + " has connections of one user only, and not those asked for");
        }
        return getConnection();
    }

    /** The pool behind it: figures, health, holders, and its life. */
    public Pool<JdbcSession> pool() {
        return engine;
    }

    /** The acquire time-out in seconds, rounded up. */
    @Override
    public int getLoginTimeout() {
        long seconds = engine.timeouts().acquire().plusMillis(999).toSeconds();
        return (int) Math.min(seconds, Integer.MAX_VALUE);
    }

    /**
     * Changes the acquire time-out.
     *
     * @throws ConfigurationException unless it is longer than zero
     */
    @Override
    public void setLoginTimeout(int seconds) {
        engine.timeouts(engine.timeouts().withAcquire(Duration.ofSeconds(seconds)));
    }

    /** What was set; nothing is written there, since Cenote logs by {@link System.Logger}. */
    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.cenote");
    }

    /** Itself, its pool, or the data source that it wraps. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        for (Object candidate : new @Nullable Object[] {this, engine, wrapped}) {
            if (type.isInstance(candidate)) {
                return type.cast(candidate);
            }
        }
        if (wrapped != null) {
            return wrapped.unwrap(type);
        }
        throw new SQLException("type must be one of the data source, its pool or what it wraps, was " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this)
                || type.isInstance(engine)
                || wrapped != null && (type.isInstance(wrapped) || wrapped.isWrapperFor(type));
    }

    /** Closes the pool; see {@link Pool#close()}. */
    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return "CenoteDataSource[" + engine + "]";
    }

    /** Collects what a data source is made of, the options of its pool included. Not thread-safe. */
    public static final class Builder extends PoolOptionsBuilder<Builder> {
        private static final AtomicInteger COUNT = new AtomicInteger();

        private Optional<String> url = Optional.empty();
        private Optional<String> user = Optional.empty();
        private Optional<String> password = Optional.empty();
        private @Nullable DataSource wrapped;
        private final Properties properties = new Properties();
        private final Map<Setting, Object> settings = new EnumMap<>(Setting.class);
        private Classifier classifier = new SqlStateClassifier();
        private PoolRuntime runtime = PoolRuntime.system();
        private final List<PoolListener> listeners = new ArrayList<>();
        private final List<UnaryOperator<Classifier>> overrides = new ArrayList<>();

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** Where to connect; the driver is found by it. Either this or {@link #dataSource} must be set. */
        public Builder url(String url) {
            this.url = Optional.of(Check.notBlank("url", url));
            return this;
        }

        /** What opens the connections, in place of a URL. It is not closed with the pool. */
        public Builder dataSource(DataSource source) {
            this.wrapped = source;
            return this;
        }

        /** The user. Default: the driver's. */
        public Builder user(String user) {
            this.user = Optional.of(Check.notBlank("user", user));
            return this;
        }

        /** The password. Default: none. */
        public Builder password(String password) {
            this.password = Optional.of(password);
            return this;
        }

        /** A property of the driver; only with a {@link #url}. */
        public Builder driverProperty(String name, String value) {
            properties.setProperty(Check.notBlank("driver property", name), value);
            return this;
        }

        /** Whether connections are given out in auto-commit mode. Default: as the driver has it. */
        public Builder autoCommit(boolean autoCommit) {
            settings.put(Setting.AUTO_COMMIT, autoCommit);
            return this;
        }

        /** Whether connections are given out read-only. Default: as the driver has it. */
        public Builder readOnly(boolean readOnly) {
            settings.put(Setting.READ_ONLY, readOnly);
            return this;
        }

        /** The isolation, one of {@link Connection}'s constants. Default: as the driver has it. */
        public Builder transactionIsolation(int level) {
            settings.put(Setting.ISOLATION, level);
            return this;
        }

        /** The catalog. Default: as the driver has it. */
        public Builder catalog(String catalog) {
            settings.put(Setting.CATALOG, Check.notBlank("catalog", catalog));
            return this;
        }

        /** The schema. Default: as the driver has it. */
        public Builder schema(String schema) {
            settings.put(Setting.SCHEMA, Check.notBlank("schema", schema));
            return this;
        }

        /** Reads the driver's errors. Default: by SQLSTATE and exception type alone. */
        public Builder classifier(Classifier classifier) {
            this.classifier = classifier;
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
        public Builder verdict(String code, UnaryOperator<Verdict> change) {
            Check.notBlank("code", code);
            Objects.requireNonNull(change, "change");
            overrides.add(classifier -> classifier.withVerdict(code, change));
            return this;
        }

        /** As {@link #verdict}, for errors of which {@code when} is true; it is asked with the driver's exception. */
        public Builder verdictIf(Predicate<Throwable> when, UnaryOperator<Verdict> change) {
            Objects.requireNonNull(when, "when");
            Objects.requireNonNull(change, "change");
            overrides.add(classifier -> classifier.withVerdictIf(when, change));
            return this;
        }

        /** Clock, randomness and threads. Default: the machine's, and threads of the pool's own. */
        public Builder runtime(PoolRuntime runtime) {
            this.runtime = runtime;
            return this;
        }

        /** Is told of all events from the first one on. May be called several times. */
        public Builder listener(PoolListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * The data source. Connects to nothing yet; connections for minSize are opened in the background.
         *
         * @throws ConfigurationException if an option breaks its rule, or no driver knows the URL
         */
        public CenoteDataSource build() {
            PoolOptions options = options("jdbc-" + COUNT.incrementAndGet());
            Classifier reader = classifier;
            for (UnaryOperator<Classifier> override : overrides) {
                reader = override.apply(reader);
            }
            var connector = new SessionConnector(source(), new SessionDefaults(settings), reader);
            var engine = new PoolEngine<>(options, connector, reader, runtime, listeners);
            connector.tell(engine);
            return new CenoteDataSource(engine, wrapped, new Credentials(user, password));
        }

        private SessionConnector.Source source() {
            DataSource own = wrapped;
            if ((own == null) == url.isEmpty()) {
                throw new ConfigurationException("either url or dataSource must be set, and not both");
            }
            if (own == null) {
                return byDriver(url.get());
            }
            if (!properties.isEmpty()) {
                throw new ConfigurationException("driver properties must go with url, not with dataSource, were "
                        + properties.stringPropertyNames());
            }
            String asUser = user.orElse(null);
            String withPassword = password.orElse(null);
            return asUser == null ? own::getConnection : () -> own.getConnection(asUser, withPassword);
        }

        private SessionConnector.Source byDriver(String target) {
            Driver driver;
            try {
                driver = DriverManager.getDriver(target);
            } catch (SQLException unknown) {
                String kind = target.split("[/?;@]", 2)[0]; // what follows may hold a password
                throw new ConfigurationException("url must be one that a driver on the class path knows, was " + kind);
            }
            var all = new Properties();
            all.putAll(properties);
            user.ifPresent(name -> all.setProperty("user", name));
            password.ifPresent(secret -> all.setProperty("password", secret));
            return () -> {
                Connection connection = driver.connect(target, all);
                if (connection == null) {
                    throw new SQLException("the driver no longer knows its URL", "08001");
                }
                return connection;
            };
        }
    }
}
