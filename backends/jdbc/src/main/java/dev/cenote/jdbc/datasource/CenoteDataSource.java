package dev.cenote.jdbc.datasource;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.Timeouts;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolException;
import java.io.Closeable;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.Referenceable;
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
 * <p>It is also a bean: made by its constructor without arguments, set by its setters, and started by the first {@link
 * #getConnection()} or by {@link #start()}. Once it has started, sizes and time-outs can still be changed, and all else
 * cannot.
 *
 * <p>Thread-safe, but for the setters before the start. {@link #getConnection()} waits up to the acquire time-out, and within
 * a {@link Deadline#call} not beyond its deadline; closing the connection returns it: what is open on it is closed, an open
 * transaction is rolled back, settings that were changed through the connection (auto-commit, read-only, isolation,
 * holdability, catalog, schema, network time-out, type map, client info) get the value they had, and warnings are cleared.
 * What was changed by SQL stays changed, unless {@link CenoteDataSourceBuilder#resetPolicy} says otherwise. A connection is
 * used by one thread at a time; it may be closed or aborted from any.
 */
public final class CenoteDataSource extends DataSourceBean implements DataSource, Referenceable, Closeable {
    private final CenoteDataSourceBuilder config;

    private final StartTurn turn = new StartTurn();

    /** Null until it has started. */
    private volatile @Nullable Started started;

    private volatile boolean closed;
    private volatile @Nullable PrintWriter logWriter;

    /**
     * What runs.
     *
     * @param acquireTimeout what it began with
     */
    private record Started(
            PoolEngine<JdbcSession> engine, @Nullable DataSource wrapped, boolean requests, Duration acquireTimeout) {}

    /** One to be set by its setters. */
    public CenoteDataSource() {
        this(new CenoteDataSourceBuilder());
    }

    CenoteDataSource(CenoteDataSourceBuilder config) {
        this.config = config;
    }

    /** A builder. */
    public static CenoteDataSourceBuilder builder() {
        return new CenoteDataSourceBuilder();
    }

    /**
     * One with these properties, not started yet. They have the names of {@link CenoteDataSourceBuilder}'s methods, {@code
     * username} or {@code user}, {@code driver.NAME} for properties of the driver and {@code dataSource.NAME} for those of
     * the data source that {@code dataSourceClassName} names.
     *
     * @throws ConfigurationException if there is no such option, with the name that is nearest, or a value is of another
     *     kind
     */
    public static CenoteDataSource of(Properties properties) {
        var builder = new CenoteDataSourceBuilder();
        properties.stringPropertyNames().forEach(name -> builder.property(name, properties.getProperty(name)));
        return new CenoteDataSource(builder);
    }

    /**
     * What the pool, whose connection threw {@code failure}, has made of it: by its own classifier, with the changes of {@link
     * CenoteDataSourceBuilder#verdict} and {@link CenoteDataSourceBuilder#verdictIf}. For those who retry by themselves, and
     * whom the error reaches through layers that know no pool. It is asked with the exception itself, not with one that has it
     * as its cause.
     *
     * @return empty if no connection of any data source of this type threw it; an error of {@link #getConnection()} has a
     *     {@link PoolException} as its cause instead
     */
    public static Optional<Verdict> verdictOn(SQLException failure) {
        return Judged.verdictOn(failure);
    }

    // ---- its start

    /**
     * Starts the pool, unless it has started. Connects to nothing yet; connections for minSize are opened in the background.
     *
     * <p>Runs in the caller's thread, since JNDI and class loading go by it, and takes as long as the directory and the
     * driver's class do. While one thread starts it, others wait for that, up to the acquire time-out and the deadline of their
     * call; an interrupt ends their wait and stays set.
     *
     * @throws ConfigurationException if an option breaks its rule, no driver knows the URL, or it is the start that asks
     * @throws PoolException if another thread starts it and does not end in time
     */
    public void start() {
        running();
    }

    private Started running() {
        Started running = started;
        return running == null ? startNow() : running;
    }

    private Started startNow() {
        if (!turn.tryTake(config.name())) {
            if (closed) {
                throw isClosed(config);
            }
            turn.take(config.name(), config.acquireTimeout());
        }
        try {
            Started running = started;
            return running == null ? startHere() : running;
        } finally {
            turn.end();
        }
    }

    private static PoolClosedException isClosed(CenoteDataSourceBuilder config) {
        return new PoolClosedException(config.name(), "is closed");
    }

    private Started startHere() {
        SourceOfBuilder source = SourceOfBuilder.of(config);
        PoolEngine<JdbcSession> engine = Startup.engine(config, source);
        var running = new Started(
                engine,
                source.wrapped(),
                config.requestBoundaries,
                engine.options().acquireTimeout());
        started = running;
        if (closed) { // by one who did not see it started
            engine.close();
        }
        return running;
    }

    @Override
    CenoteDataSourceBuilder unsealed(String property) {
        Started running = started;
        if (running != null) {
            throw new ConfigurationException(
                    property + " must be set before pool " + running.engine().name() + " starts, and it has started");
        }
        turn.checkIsFree(property, config.name());
        return config;
    }

    @Override
    synchronized boolean changeSizes(SizeChange change) {
        Started running = started;
        if (running != null) {
            var now = running.engine().stats();
            change.to(running.engine(), now.minSize(), now.maxSize());
        }
        return running != null;
    }

    @Override
    synchronized boolean changeTimeouts(UnaryOperator<Timeouts> change) {
        Started running = started;
        if (running != null) {
            running.engine().timeouts(change.apply(running.engine().timeouts()));
        }
        return running != null;
    }

    @Override
    CenoteDataSourceBuilder config() {
        return config;
    }

    // ---- connections

    /**
     * {@inheritDoc}
     *
     * <p>Blocks up to the acquire time-out; an interrupt ends the wait and stays set. The first caller starts the pool, which
     * takes the time that {@link #start()} says.
     *
     * @throws java.sql.SQLTransientConnectionException if none came in time, or the pool is paused, overloaded or was
     *     cleared; the cause, a {@link PoolException}, says who holds the connections and why connecting failed last
     * @throws SQLNonTransientConnectionException if the pool is closed, is set wrongly, or connecting cannot succeed
     */
    @Override
    public Connection getConnection() throws SQLException {
        Started running = started;
        if (running == null) {
            running = startOrRefuse();
        }
        PoolEngine<JdbcSession> engine = running.engine;
        Lease<JdbcSession> lease;
        try {
            Deadline deadline = Deadline.current();
            lease = deadline.isLimited()
                    ? engine.acquire(engine.acquireDeadline().earlier(deadline))
                    : engine.acquire();
        } catch (PoolException failure) {
            throw Refusals.of(failure);
        }
        var connection = new ConnectionWrapper(lease, engine.connection(lease));
        if (running.requests) {
            begin(connection);
        }
        return connection;
    }

    private Started startOrRefuse() throws SQLException {
        try {
            if (closed) {
                throw isClosed(config);
            }
            return startNow();
        } catch (ConfigurationException wrong) {
            throw new SQLNonTransientConnectionException(wrong.getMessage(), Refusals.STATE, wrong);
        } catch (PoolException failure) {
            throw Refusals.of(failure);
        }
    }

    private static void begin(ConnectionWrapper connection) throws SQLException {
        try {
            connection.session().beginRequest();
        } catch (SQLException failure) {
            connection.failed(failure);
            connection.close();
            throw failure;
        } catch (RuntimeException | Error broken) { // from a driver: the lease must not be lost for it
            connection.close();
            throw broken;
        }
    }

    /**
     * As {@link #getConnection()}, for its own user and password.
     *
     * @throws SQLFeatureNotSupportedException if they are others: a pool has connections of one user
     */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        if (!Startup.isOwn(config, user, password)) {
            throw new SQLFeatureNotSupportedException(
                    "pool " + name() + " has connections of one user only, and not those asked for");
        }
        return getConnection();
    }

    /**
     * A builder of connections, which takes the pool's own user and password and no other.
     *
     * @return whose {@code build} throws {@link SQLFeatureNotSupportedException} if others, or a sharding key, were set
     */
    @Override
    public ConnectionBuilder createConnectionBuilder() {
        return new ConnectionRequest(this);
    }

    String name() {
        Started running = started;
        return running == null ? "not started yet" : running.engine().name();
    }

    // ---- what it says of itself

    /** The pool behind it: figures, health, holders, and its life. Starts it, unless it has started. */
    public Pool<JdbcSession> pool() {
        return running().engine();
    }

    /** The acquire time-out in seconds, rounded up. */
    @Override
    public int getLoginTimeout() {
        Started running = started;
        Duration timeout = running == null
                ? config.acquireTimeout()
                : running.engine().timeouts().acquire();
        return timeout.toSeconds() >= Integer.MAX_VALUE
                ? Integer.MAX_VALUE
                : (int) timeout.plusMillis(999).toSeconds();
    }

    /**
     * Changes the acquire time-out, also while the pool runs. Zero stands for the one that the pool was built with.
     *
     * @throws SQLException if it is negative
     */
    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        if (seconds < 0) {
            throw new SQLException("seconds must be >= 0, was " + seconds);
        }
        Started running = started;
        if (seconds > 0) {
            setAcquireTimeout(Duration.ofSeconds(seconds));
        } else if (running != null) {
            setAcquireTimeout(running.acquireTimeout());
        }
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
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        Optional<Object> found = candidate(type);
        if (found.isPresent()) {
            return type.cast(found.get());
        }
        DataSource wrapped = wrapped();
        if (wrapped != null) {
            return wrapped.unwrap(type);
        }
        throw new SQLException("type must be one of the data source, its pool or what it wraps, was " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        DataSource wrapped = wrapped();
        return type.isInstance(this) || candidate(type).isPresent() || wrapped != null && wrapped.isWrapperFor(type);
    }

    private Optional<Object> candidate(Class<?> type) {
        Started running = started;
        if (running != null && type.isInstance(running.engine())) {
            return Optional.of(running.engine());
        }
        DataSource wrapped = wrapped();
        return wrapped != null && type.isInstance(wrapped) ? Optional.of(wrapped) : Optional.empty();
    }

    private @Nullable DataSource wrapped() {
        Started running = started;
        return running == null ? config.wrapped : running.wrapped();
    }

    /**
     * What JNDI keeps of it: its options as text, the password among them.
     *
     * @throws NamingException if an option has no text, as a wrapped data source, or breaks its rule; the message names it
     */
    @Override
    public Reference getReference() throws NamingException {
        return References.of(config);
    }

    /** True once it was closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the pool; see {@link Pool#close()}. It cannot be started again; one that is being started is closed then. */
    @Override
    public void close() {
        closed = true; // seen by one who starts it, or that one's pool is seen here
        Started running = started;
        if (running != null) {
            running.engine().close();
        }
    }

    @Override
    public String toString() {
        Started running = started;
        return "CenoteDataSource[" + (running == null ? name() : running.engine()) + "]";
    }
}
