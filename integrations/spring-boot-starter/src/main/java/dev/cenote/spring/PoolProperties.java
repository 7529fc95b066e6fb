package dev.cenote.spring;

import dev.cenote.pool.AcquireSites;
import dev.cenote.pool.PoolOptionsBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The properties that pools of all backends have in common, under the prefix of each: the options of {@link
 * PoolOptionsBuilder}, with its defaults. A bean, since the three prefixes inherit it; its length is that of the list of
 * options. Not thread-safe.
 */
public abstract class PoolProperties {
    /** Name of the pool in errors, events, metrics, health and the endpoint. Default: the bean's. */
    private @Nullable String name;

    /** Connections that are kept open even when idle. */
    private int minSize = 0;

    /** Most connections at any instant: idle, leased and connecting together. */
    private int maxSize = 10;

    /** Most connections that are being opened at the same time. */
    private int maxConnecting = 4;

    /** Most callers that may wait at once; one more is refused at once. */
    private int maxWaiters = 10_000;

    /** Sheds load once nobody has been served within this time for a whole queue interval; off for never. */
    private DurationOrOff queueTarget = DurationOrOff.OFF;

    /** For how long a queue must stand before it is shed. */
    private Duration queueInterval = Duration.ofSeconds(1);

    /** How long an acquire waits for a connection. */
    private Duration acquireTimeout = Duration.ofSeconds(5);

    /** How long opening one connection may take, authentication included. */
    private Duration connectTimeout = Duration.ofSeconds(5);

    /** How long a connection may take to give a sign of life. */
    private Duration validateTimeout = Duration.ofSeconds(2);

    /** How long restoring a session on return may take. */
    private Duration resetTimeout = Duration.ofSeconds(2);

    /** How long one typed operation on a lease may take; plain JDBC is bounded by the deadline of its caller. */
    private Duration operationTimeout = Duration.ofSeconds(30);

    /** Delay before connecting again after a first failure; doubles with each further one, with jitter. */
    private Duration connectBackoffBase = Duration.ofMillis(20);

    /** Longest delay before connecting again. */
    private Duration connectBackoffCap = Duration.ofMillis(250);

    /** A connection that was idle for longer is validated before it is given out. */
    private Duration validateAfterIdle = Duration.ofMillis(500);

    /** Age at which a connection is replaced; off for never. */
    private DurationOrOff maxLifetime = DurationOrOff.of(Duration.ofMinutes(30));

    /** Share of the lifetime, from 0 to 0.5, by which each is shortened at random, so that they do not all end together. */
    private double lifetimeJitter = 0.1;

    /** How long a connection above min-size stays open unused; off for ever. */
    private DurationOrOff idleTimeout = DurationOrOff.of(Duration.ofMinutes(10));

    /** How often an idle connection is validated, so that no firewall forgets it; off for never. */
    private DurationOrOff keepaliveInterval = DurationOrOff.of(Duration.ofMinutes(2));

    /** A lease held for longer is reported, as slow use or as a leak; off for none. */
    private DurationOrOff leakThreshold = DurationOrOff.OFF;

    /** Which leases remember the stack of their acquire, for the endpoint and for errors. */
    private AcquireSites acquireSites = AcquireSites.NONE;

    /** Whether the pool begins paused, and serves once it is made ready. */
    private boolean startPaused = false;

    /** Whether the pool is registered with JMX while it is open. */
    private boolean jmx = false;

    /** How often the keeper looks after connections, and the precision of ages. */
    private Duration keeperInterval = Duration.ofMillis(250);

    /** Each prefix has a class of its own. */
    protected PoolProperties() {}

    /**
     * Sets all of them, the name too.
     *
     * @param defaultName name of the pool, unless the property says another; an empty one does not
     */
    protected void apply(PoolOptionsBuilder<?> builder, String defaultName) {
        builder.name(name == null || name.isEmpty() ? defaultName : name);
        builder.minSize(minSize);
        builder.maxSize(maxSize);
        builder.maxConnecting(maxConnecting);
        builder.maxWaiters(maxWaiters);
        queueTarget.apply(builder::queueTarget, builder::withoutQueueTarget);
        builder.queueInterval(queueInterval);
        builder.acquireTimeout(acquireTimeout);
        builder.connectTimeout(connectTimeout);
        builder.validateTimeout(validateTimeout);
        builder.resetTimeout(resetTimeout);
        builder.operationTimeout(operationTimeout);
        builder.connectBackoffBase(connectBackoffBase);
        builder.connectBackoffCap(connectBackoffCap);
        builder.validateAfterIdle(validateAfterIdle);
        maxLifetime.apply(builder::maxLifetime, builder::withoutMaxLifetime);
        builder.lifetimeJitter(lifetimeJitter);
        idleTimeout.apply(builder::idleTimeout, builder::withoutIdleTimeout);
        keepaliveInterval.apply(builder::keepaliveInterval, builder::withoutKeepalive);
        leakThreshold.apply(builder::leakThreshold, builder::withoutLeakThreshold);
        builder.acquireSites(acquireSites);
        builder.startPaused(startPaused);
        builder.jmx(jmx);
        builder.keeperInterval(keeperInterval);
    }

    // ---- as a bean has it

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public int getMinSize() {
        return minSize;
    }

    public void setMinSize(int minSize) {
        this.minSize = minSize;
    }

    public int getMaxSize() {
        return maxSize;
    }

    public void setMaxSize(int maxSize) {
        this.maxSize = maxSize;
    }

    public int getMaxConnecting() {
        return maxConnecting;
    }

    public void setMaxConnecting(int maxConnecting) {
        this.maxConnecting = maxConnecting;
    }

    public int getMaxWaiters() {
        return maxWaiters;
    }

    public void setMaxWaiters(int maxWaiters) {
        this.maxWaiters = maxWaiters;
    }

    public DurationOrOff getQueueTarget() {
        return queueTarget;
    }

    public void setQueueTarget(DurationOrOff queueTarget) {
        this.queueTarget = queueTarget;
    }

    public Duration getQueueInterval() {
        return queueInterval;
    }

    public void setQueueInterval(Duration queueInterval) {
        this.queueInterval = queueInterval;
    }

    public Duration getAcquireTimeout() {
        return acquireTimeout;
    }

    public void setAcquireTimeout(Duration acquireTimeout) {
        this.acquireTimeout = acquireTimeout;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Duration getValidateTimeout() {
        return validateTimeout;
    }

    public void setValidateTimeout(Duration validateTimeout) {
        this.validateTimeout = validateTimeout;
    }

    public Duration getResetTimeout() {
        return resetTimeout;
    }

    public void setResetTimeout(Duration resetTimeout) {
        this.resetTimeout = resetTimeout;
    }

    public Duration getOperationTimeout() {
        return operationTimeout;
    }

    public void setOperationTimeout(Duration operationTimeout) {
        this.operationTimeout = operationTimeout;
    }

    public Duration getConnectBackoffBase() {
        return connectBackoffBase;
    }

    public void setConnectBackoffBase(Duration connectBackoffBase) {
        this.connectBackoffBase = connectBackoffBase;
    }

    public Duration getConnectBackoffCap() {
        return connectBackoffCap;
    }

    public void setConnectBackoffCap(Duration connectBackoffCap) {
        this.connectBackoffCap = connectBackoffCap;
    }

    public Duration getValidateAfterIdle() {
        return validateAfterIdle;
    }

    public void setValidateAfterIdle(Duration validateAfterIdle) {
        this.validateAfterIdle = validateAfterIdle;
    }

    public DurationOrOff getMaxLifetime() {
        return maxLifetime;
    }

    public void setMaxLifetime(DurationOrOff maxLifetime) {
        this.maxLifetime = maxLifetime;
    }

    public double getLifetimeJitter() {
        return lifetimeJitter;
    }

    public void setLifetimeJitter(double lifetimeJitter) {
        this.lifetimeJitter = lifetimeJitter;
    }

    public DurationOrOff getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(DurationOrOff idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public DurationOrOff getKeepaliveInterval() {
        return keepaliveInterval;
    }

    public void setKeepaliveInterval(DurationOrOff keepaliveInterval) {
        this.keepaliveInterval = keepaliveInterval;
    }

    public DurationOrOff getLeakThreshold() {
        return leakThreshold;
    }

    public void setLeakThreshold(DurationOrOff leakThreshold) {
        this.leakThreshold = leakThreshold;
    }

    public AcquireSites getAcquireSites() {
        return acquireSites;
    }

    public void setAcquireSites(AcquireSites acquireSites) {
        this.acquireSites = acquireSites;
    }

    public boolean isStartPaused() {
        return startPaused;
    }

    public void setStartPaused(boolean startPaused) {
        this.startPaused = startPaused;
    }

    public boolean isJmx() {
        return jmx;
    }

    public void setJmx(boolean jmx) {
        this.jmx = jmx;
    }

    public Duration getKeeperInterval() {
        return keeperInterval;
    }

    public void setKeeperInterval(Duration keeperInterval) {
        this.keeperInterval = keeperInterval;
    }
}
