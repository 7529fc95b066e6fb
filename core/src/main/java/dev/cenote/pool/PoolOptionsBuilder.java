package dev.cenote.pool;

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
    private boolean captureAcquireSite = false;
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

    /** Most connections that are being opened at the same time. Default 4. */
    public B maxConnecting(int maxConnecting) {
        this.maxConnecting = maxConnecting;
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

    /** A lease held for longer is reported as a leak. Default: none is. */
    public B leakThreshold(Duration leakThreshold) {
        this.leakThreshold = Optional.of(leakThreshold);
        return self();
    }

    /** No lease is reported as a leak. */
    public B withoutLeakThreshold() {
        this.leakThreshold = Optional.empty();
        return self();
    }

    /** Whether each lease remembers the stack of its acquire, for the report of an exhausted pool and of leaks; costs some microseconds for each acquire. Default false. */
    public B captureAcquireSite(boolean captureAcquireSite) {
        this.captureAcquireSite = captureAcquireSite;
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
                captureAcquireSite,
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
