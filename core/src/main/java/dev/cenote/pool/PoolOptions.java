package dev.cenote.pool;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.PoolHooks;
import dev.cenote.protocols.Timeouts;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of a pool, validated. Immutable. Made by {@link #builder()}, where each option and its default is
 * described.
 */
public record PoolOptions(
        String name,
        int minSize,
        int maxSize,
        int maxConnecting,
        int maxWaiters,
        Optional<Duration> queueTarget,
        Duration queueInterval,
        Duration acquireTimeout,
        Duration connectTimeout,
        Duration validateTimeout,
        Duration resetTimeout,
        Duration operationTimeout,
        Duration connectBackoffBase,
        Duration connectBackoffCap,
        Duration validateAfterIdle,
        Optional<Duration> maxLifetime,
        double lifetimeJitter,
        Optional<Duration> idleTimeout,
        Optional<Duration> keepaliveInterval,
        Optional<Duration> leakThreshold,
        AcquireSites acquireSites,
        boolean startPaused,
        boolean jmx,
        Optional<PoolHooks> hooks,
        Duration keeperInterval) {
    public PoolOptions {
        Check.notBlank("name", name);
        Check.sizes(minSize, maxSize);
        Check.atLeast("maxConnecting", 1, maxConnecting);
        Check.atLeast("maxWaiters", 1, maxWaiters);
        queueTarget.ifPresent(value -> Check.positive("queueTarget", value));
        Check.positive("queueInterval", queueInterval);
        timeouts(acquireTimeout, connectTimeout, validateTimeout, resetTimeout, operationTimeout);
        Check.positive("connectBackoffBase", connectBackoffBase);
        Check.positive("connectBackoffCap", connectBackoffCap);
        if (connectBackoffCap.compareTo(connectBackoffBase) < 0) {
            throw new ConfigurationException("connectBackoffCap must be >= connectBackoffBase (" + connectBackoffBase
                    + "), was " + connectBackoffCap);
        }
        Check.positive("validateAfterIdle", validateAfterIdle);
        maxLifetime.ifPresent(value -> Check.positive("maxLifetime", value));
        Check.between("lifetimeJitter", 0, 0.5, lifetimeJitter);
        idleTimeout.ifPresent(value -> Check.positive("idleTimeout", value));
        keepaliveInterval.ifPresent(value -> Check.positive("keepaliveInterval", value));
        leakThreshold.ifPresent(value -> Check.positive("leakThreshold", value));
        Check.positive("keeperInterval", keeperInterval);
    }

    private static Timeouts timeouts(
            Duration acquire, Duration connect, Duration validate, Duration reset, Duration operation) {
        return new Timeouts(acquire, connect, validate, reset, operation);
    }

    /** How long its steps may take, until that is changed while it runs. */
    Timeouts timeouts() {
        return timeouts(acquireTimeout, connectTimeout, validateTimeout, resetTimeout, operationTimeout);
    }

    /** These, for another pool of that name and with those sizes. */
    public PoolOptions with(String otherName, int otherMinSize, int otherMaxSize) {
        return new PoolOptions(
                otherName,
                otherMinSize,
                otherMaxSize,
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

    /** A builder with the default of each option. */
    public static PoolOptionsBuilder.Plain builder() {
        return new PoolOptionsBuilder.Plain();
    }
}
