package dev.cenote.pool;

import dev.cenote.protocols.PoolHooks;
import java.time.Duration;
import java.util.Optional;

/**
 * Collects the options of a pool. Each setter replaces what was set before and returns this; values are checked
 * together, as the pool is built. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract class PoolOptionsBuilder<B extends PoolOptionsBuilder<B>> {
    private String name = "";
    private int minSize = 0;
    private int maxSize = 10;
    private int maxConnecting = 4;
    private int maxWaiters = 10_000;
    private Optional<Duration> queueTarget = Optional.empty();
    private Duration queueInterval = Duration.ofSeconds(1);
    private Duration acquireTimeout = Duration.ofSeconds(5);
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration validateTimeout = Duration.ofSeconds(2);
    private Duration resetTimeout = Duration.ofSeconds(2);
    private Duration operationTimeout = Duration.ofSeconds(30);
    private Duration connectBackoffBase = Duration.ofMillis(20);
    private Duration connectBackoffCap = Duration.ofMillis(250);
    private Duration validateAfterIdle = Duration.ofMillis(500);
    private Optional<Duration> maxLifetime = Optional.of(Duration.ofMinutes(30));
    private double lifetimeJitter = 0.1;
    private Optional<Duration> idleTimeout = Optional.of(Duration.ofMinutes(10));
    private Optional<Duration> keepaliveInterval = Optional.of(Duration.ofMinutes(2));
    private Optional<Duration> leakThreshold = Optional.empty();
    private AcquireSites acquireSites = AcquireSites.NONE;
    private boolean startPaused = false;
    private boolean jmx = false;
    private Optional<PoolHooks> hooks = Optional.empty();
    private Duration keeperInterval = Duration.ofMillis(250);

    /** Only the builders of Cenote and of backends extend this. */
    protected PoolOptionsBuilder() {}

    /** This builder as what it is. */
    protected abstract B self();

    /** Name of the pool in errors, events and metrics. Default: the backend and a number. */
    public B name(String name) {
        this.name = name;
        return self();
    }

    /** Connections that are kept open even when idle. Default 0. */
    public B minSize(int minSize) {
        this.minSize = minSize;
        return self();
    }

    /** Most connections at any instant: idle, leased and connecting together. Default 10. */
    public B maxSize(int maxSize) {
        this.maxSize = maxSize;
        return self();
    }

    /**
     * Most connections that are being opened at the same time; an attempt that hangs is no longer counted after a second
     * (four times what a connect usually takes, if that is longer), so that others may find the server well again. Default 4.
     */
    public B maxConnecting(int maxConnecting) {
        this.maxConnecting = maxConnecting;
        return self();
    }

    /** Most callers that may wait at once; one more is refused at once. Default 10,000. */
    public B maxWaiters(int maxWaiters) {
        this.maxWaiters = maxWaiters;
        return self();
    }

    /**
     * Sheds load by the delay of the queue: once nobody has been served within this time for a whole {@link
     * #queueInterval}, whoever has waited for more than twice this time is turned away. Never while a connection is idle,
     * and never the last one who waits. Default: nobody is turned away before the deadline.
     */
    public B queueTarget(Duration queueTarget) {
        this.queueTarget = Optional.of(queueTarget);
        return self();
    }

    /** Nobody is turned away before the deadline. */
    public B withoutQueueTarget() {
        this.queueTarget = Optional.empty();
        return self();
    }

    /** For how long a queue must stand before it is shed; only of matter with a {@link #queueTarget}. Default 1 s. */
    public B queueInterval(Duration queueInterval) {
        this.queueInterval = queueInterval;
        return self();
    }

    /** How long {@code acquire} waits. Default 5 s. */
    public B acquireTimeout(Duration acquireTimeout) {
        this.acquireTimeout = acquireTimeout;
        return self();
    }

    /** How long opening one connection may take, authentication included. Default 5 s. */
    public B connectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        return self();
    }

    /** How long a connection may take to give a sign of life. Default 2 s. */
    public B validateTimeout(Duration validateTimeout) {
        this.validateTimeout = validateTimeout;
        return self();
    }

    /** How long restoring a session on return may take. Default 2 s. */
    public B resetTimeout(Duration resetTimeout) {
        this.resetTimeout = resetTimeout;
        return self();
    }

    /** How long one operation on a lease may take. Default 30 s. */
    public B operationTimeout(Duration operationTimeout) {
        this.operationTimeout = operationTimeout;
        return self();
    }

    /** Delay before connecting again after a first failure; doubles with each further one, with jitter. Default 20 ms. */
    public B connectBackoffBase(Duration connectBackoffBase) {
        this.connectBackoffBase = connectBackoffBase;
        return self();
    }

    /** Longest delay before connecting again. Default 250 ms. */
    public B connectBackoffCap(Duration connectBackoffCap) {
        this.connectBackoffCap = connectBackoffCap;
        return self();
    }

    /** A connection that was idle for longer is validated before it is given out. Default 500 ms. */
    public B validateAfterIdle(Duration validateAfterIdle) {
        this.validateAfterIdle = validateAfterIdle;
        return self();
    }

    /** Age at which a connection is replaced. Default 30 min. */
    public B maxLifetime(Duration maxLifetime) {
        this.maxLifetime = Optional.of(maxLifetime);
        return self();
    }

    /** Connections live for as long as they work. */
    public B withoutMaxLifetime() {
        this.maxLifetime = Optional.empty();
        return self();
    }

    /** Share of maxLifetime by which each connection's lifetime is shortened at random, so that they do not all end together; from 0 to 0.5. Default 0.1. */
    public B lifetimeJitter(double lifetimeJitter) {
        this.lifetimeJitter = lifetimeJitter;
        return self();
    }

    /** How long a connection above minSize stays open unused. Default 10 min. */
    public B idleTimeout(Duration idleTimeout) {
        this.idleTimeout = Optional.of(idleTimeout);
        return self();
    }

    /** Unused connections stay open. */
    public B withoutIdleTimeout() {
        this.idleTimeout = Optional.empty();
        return self();
    }

    /** How often an idle connection is validated, so that no firewall forgets it. Default 2 min. */
    public B keepaliveInterval(Duration keepaliveInterval) {
        this.keepaliveInterval = Optional.of(keepaliveInterval);
        return self();
    }

    /** Idle connections are left alone. */
    public B withoutKeepalive() {
        this.keepaliveInterval = Optional.empty();
        return self();
    }

    /** A lease held for longer is reported: as slow use if it ran an operation within this time, else as a leak. Default: none is. */
    public B leakThreshold(Duration leakThreshold) {
        this.leakThreshold = Optional.of(leakThreshold);
        return self();
    }

    /** No lease is reported as a leak. */
    public B withoutLeakThreshold() {
        this.leakThreshold = Optional.empty();
        return self();
    }

    /** Which leases remember the stack of their acquire, for the report of an exhausted pool and of leaks. Default none. */
    public B acquireSites(AcquireSites acquireSites) {
        this.acquireSites = acquireSites;
        return self();
    }

    /** Whether the pool begins paused, and serves from {@code ready()} on. Default false. */
    public B startPaused(boolean startPaused) {
        this.startPaused = startPaused;
        return self();
    }

    /** Whether the pool is registered with JMX while it is open; see {@link dev.cenote.metrics.PoolBeans}. Default false. */
    public B jmx(boolean jmx) {
        this.jmx = jmx;
        return self();
    }

    /** What is done with connections as they are opened, given out and returned. Default: nothing. */
    public B hooks(PoolHooks hooks) {
        this.hooks = Optional.of(hooks);
        return self();
    }

    /** How often the keeper looks after connections, and the precision of ages. Default 250 ms. */
    public B keeperInterval(Duration keeperInterval) {
        this.keeperInterval = keeperInterval;
        return self();
    }

    /**
     * The options as they stand.
     *
     * @param defaultName name of the pool unless one was set
     * @throws dev.cenote.protocols.errors.ConfigurationException if one breaks its rule
     */
    protected PoolOptions options(String defaultName) {
        return new PoolOptions(
                name.isEmpty() ? defaultName : name,
                minSize,
                maxSize,
                maxConnecting,
                maxWaiters,
                queueTarget,
                queueInterval,
                acquireTimeout,
                connectTimeout,
                validateTimeout,
                resetTimeout,
                operationTimeout,
                connectBackoffBase,
                connectBackoffCap,
                validateAfterIdle,
                maxLifetime,
                lifetimeJitter,
                idleTimeout,
                keepaliveInterval,
                leakThreshold,
                acquireSites,
                startPaused,
                jmx,
                hooks,
                keeperInterval);
    }

    /** Builds options alone, for an engine without a backend's builder. */
    public static final class Plain extends PoolOptionsBuilder<Plain> {
        Plain() {}

        @Override
        protected Plain self() {
            return this;
        }

        /**
         * The options.
         *
         * @throws dev.cenote.protocols.errors.ConfigurationException if one breaks its rule
         */
        public PoolOptions build() {
            return options("pool");
        }
    }
}
