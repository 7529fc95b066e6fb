package dev.cenote.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.metrics.PoolBeans;
import dev.cenote.pool.AcquireSites;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.PoolState;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.ConfigurableApplicationContext;

/** What all pools can be told, by what they say of themselves. */
final class OptionCases {
    private final PropertyScene scene;
    private final String prefix;
    private final Function<ConfigurableApplicationContext, PoolOptions> options;

    private OptionCases(
            PropertyScene scene, String prefix, Function<ConfigurableApplicationContext, PoolOptions> options) {
        this.scene = scene;
        this.prefix = prefix;
        this.options = options;
    }

    /** All but {@code start-paused}, for a pool of that name. */
    static void add(
            PropertyScene scene,
            String prefix,
            String name,
            Function<ConfigurableApplicationContext, PoolOptions> options) {
        new OptionCases(scene, prefix, options).add(name);
    }

    private void add(String name) {
        scene.with(prefix + ".name", name, context -> {
            assertThat(options.apply(context).name()).isEqualTo(name);
            assertThat(PropertyScene.pool(context, name).name()).isEqualTo(name);
        });
        scene.with(
                prefix + ".jmx",
                "true",
                context -> assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(PoolBeans.nameOf(name)))
                        .isTrue());
        sizes();
        timeouts();
        lifetimes();
        option("acquire-sites", "sampled", PoolOptions::acquireSites, AcquireSites.SAMPLED);
        option("keeper-interval", "200ms", PoolOptions::keeperInterval, Duration.ofMillis(200));
    }

    private void sizes() {
        option("min-size", "1", PoolOptions::minSize, 1);
        option("max-size", "7", PoolOptions::maxSize, 7);
        option("max-connecting", "2", PoolOptions::maxConnecting, 2);
        option("max-waiters", "50", PoolOptions::maxWaiters, 50);
        option("queue-target", "40ms", PoolOptions::queueTarget, Optional.of(Duration.ofMillis(40)));
        option("queue-interval", "2s", PoolOptions::queueInterval, Duration.ofSeconds(2));
    }

    private void timeouts() {
        option("acquire-timeout", "6s", PoolOptions::acquireTimeout, Duration.ofSeconds(6));
        option("connect-timeout", "PT7S", PoolOptions::connectTimeout, Duration.ofSeconds(7));
        option("validate-timeout", "3000", PoolOptions::validateTimeout, Duration.ofSeconds(3));
        option("reset-timeout", "4s", PoolOptions::resetTimeout, Duration.ofSeconds(4));
        option("operation-timeout", "1m", PoolOptions::operationTimeout, Duration.ofMinutes(1));
        option("connect-backoff-base", "30ms", PoolOptions::connectBackoffBase, Duration.ofMillis(30));
        option("connect-backoff-cap", "300ms", PoolOptions::connectBackoffCap, Duration.ofMillis(300));
    }

    private void lifetimes() {
        option("validate-after-idle", "70s", PoolOptions::validateAfterIdle, Duration.ofSeconds(70));
        option("max-lifetime", "off", PoolOptions::maxLifetime, Optional.empty());
        option("lifetime-jitter", "0.2", PoolOptions::lifetimeJitter, 0.2);
        option("idle-timeout", "11m", PoolOptions::idleTimeout, Optional.of(Duration.ofMinutes(11)));
        option("keepalive-interval", "3m", PoolOptions::keepaliveInterval, Optional.of(Duration.ofMinutes(3)));
        option("leak-threshold", "20s", PoolOptions::leakThreshold, Optional.of(Duration.ofSeconds(20)));
    }

    private void option(String name, String value, Function<PoolOptions, Object> read, Object expected) {
        scene.with(
                prefix + "." + name,
                value,
                context -> assertThat(read.apply(options.apply(context))).isEqualTo(expected));
    }

    /** The pool of that name begins paused. */
    static void addPaused(PropertyScene scene, String prefix, String name) {
        scene.with(
                prefix + ".start-paused",
                "true",
                context -> assertThat(PropertyScene.pool(context, name).stats().state())
                        .isEqualTo(PoolState.PAUSED));
    }
}
