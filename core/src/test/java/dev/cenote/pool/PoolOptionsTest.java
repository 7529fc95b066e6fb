package dev.cenote.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PoolOptionsTest {
    @Test
    void forAnotherPoolNameAndSizesChangeAlone() {
        PoolOptions options = PoolOptions.builder()
                .name("one")
                .maxWaiters(7)
                .queueTarget(Duration.ofSeconds(3))
                .startPaused(true)
                .build();
        PoolOptions other = options.with("two", 1, 2);
        assertThat(other.name()).isEqualTo("two");
        assertThat(other.minSize()).isEqualTo(1);
        assertThat(other.maxSize()).isEqualTo(2);
        assertThat(other.with("one", options.minSize(), options.maxSize())).isEqualTo(options);
    }

    @Test
    void defaultsAreThoseOfTheJavadoc() {
        PoolOptions options = PoolOptions.builder().build();

        assertThat(options.minSize()).isZero();
        assertThat(options.maxSize()).isEqualTo(10);
        assertThat(options.maxConnecting()).isEqualTo(4);
        assertThat(options.acquireTimeout()).hasSeconds(5);
        assertThat(options.connectTimeout()).hasSeconds(5);
        assertThat(options.validateTimeout()).hasSeconds(2);
        assertThat(options.resetTimeout()).hasSeconds(2);
        assertThat(options.operationTimeout()).hasSeconds(30);
        assertThat(options.connectBackoffBase()).hasMillis(20);
        assertThat(options.connectBackoffCap()).hasMillis(250);
        assertThat(options.validateAfterIdle()).hasMillis(500);
        assertThat(options.maxLifetime()).contains(Duration.ofMinutes(30));
        assertThat(options.lifetimeJitter()).isEqualTo(0.1);
        assertThat(options.idleTimeout()).contains(Duration.ofMinutes(10));
        assertThat(options.keepaliveInterval()).contains(Duration.ofMinutes(2));
        assertThat(options.leakThreshold()).isEmpty();
        assertThat(options.acquireSites()).isEqualTo(AcquireSites.NONE);
        assertThat(options.keeperInterval()).hasMillis(250);
    }

    @Test
    void whatCanBeSwitchedOffIs() {
        PoolOptions options = PoolOptions.builder()
                .leakThreshold(Duration.ofSeconds(1))
                .withoutLeakThreshold()
                .withoutMaxLifetime()
                .withoutIdleTimeout()
                .withoutKeepalive()
                .build();

        assertThat(options.leakThreshold()).isEmpty();
        assertThat(options.maxLifetime()).isEmpty();
        assertThat(options.idleTimeout()).isEmpty();
        assertThat(options.keepaliveInterval()).isEmpty();
    }

    @Test
    void builderRemainsUsableAndDoesNotChangeWhatItBuilt() {
        PoolOptionsBuilder.Plain builder = PoolOptions.builder().maxSize(3);
        PoolOptions first = builder.build();

        assertThat(builder.maxSize(4).build().maxSize()).isEqualTo(4);
        assertThat(first.maxSize()).isEqualTo(3);
    }

    @Test
    void minSizeMayEqualMaxSize() {
        assertThat(PoolOptions.builder().minSize(3).maxSize(3).build().minSize())
                .isEqualTo(3);
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                rule(b -> b.name(" "), "name must not be blank, was \" \""),
                rule(b -> b.minSize(-1), "minSize must be >= 0, was -1"),
                rule(b -> b.maxSize(0), "maxSize must be >= 1, was 0"),
                rule(b -> b.minSize(2).maxSize(1), "maxSize must be >= minSize (2), was 1"),
                rule(b -> b.maxConnecting(0), "maxConnecting must be >= 1, was 0"),
                rule(
                        b -> b.connectBackoffBase(Duration.ofSeconds(1)),
                        "connectBackoffCap must be >= connectBackoffBase (PT1S), was PT0.25S"),
                rule(b -> b.lifetimeJitter(0.6), "lifetimeJitter must be between 0.0 and 0.5, was 0.6"),
                rule(b -> b.lifetimeJitter(-0.1), "lifetimeJitter must be between 0.0 and 0.5, was -0.1"),
                rule(b -> b.lifetimeJitter(Double.NaN), "lifetimeJitter must be between 0.0 and 0.5, was NaN"));
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void brokenRuleIsToldWithFieldRuleAndValue(Change change, String message) {
        assertThatThrownBy(() -> change.to(PoolOptions.builder()).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> durations() {
        return Stream.of(
                duration("acquireTimeout", PoolOptionsBuilder.Plain::acquireTimeout),
                duration("connectTimeout", PoolOptionsBuilder.Plain::connectTimeout),
                duration("validateTimeout", PoolOptionsBuilder.Plain::validateTimeout),
                duration("resetTimeout", PoolOptionsBuilder.Plain::resetTimeout),
                duration("operationTimeout", PoolOptionsBuilder.Plain::operationTimeout),
                duration("connectBackoffBase", PoolOptionsBuilder.Plain::connectBackoffBase),
                duration("connectBackoffCap", PoolOptionsBuilder.Plain::connectBackoffCap),
                duration("validateAfterIdle", PoolOptionsBuilder.Plain::validateAfterIdle),
                duration("maxLifetime", PoolOptionsBuilder.Plain::maxLifetime),
                duration("idleTimeout", PoolOptionsBuilder.Plain::idleTimeout),
                duration("keepaliveInterval", PoolOptionsBuilder.Plain::keepaliveInterval),
                duration("leakThreshold", PoolOptionsBuilder.Plain::leakThreshold),
                duration("keeperInterval", PoolOptionsBuilder.Plain::keeperInterval));
    }

    @ParameterizedTest
    @MethodSource("durations")
    void durationsAreLongerThanZero(
            String name, BiFunction<PoolOptionsBuilder.Plain, Duration, PoolOptionsBuilder.Plain> setter) {
        assertThatThrownBy(
                        () -> setter.apply(PoolOptions.builder(), Duration.ZERO).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(name + " must be > 0, was PT0S");
    }

    @ParameterizedTest
    @MethodSource("durations")
    void durationsFitIntoNanoseconds(
            String name, BiFunction<PoolOptionsBuilder.Plain, Duration, PoolOptionsBuilder.Plain> setter) {
        PoolOptionsBuilder.Plain builder =
                setter.apply(PoolOptions.builder().connectBackoffCap(Duration.ofDays(36_500)), Duration.ofDays(40_000));

        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(name + " must be <= 36500 days, was PT960000H");
    }

    @FunctionalInterface
    interface Change {
        PoolOptionsBuilder.Plain to(PoolOptionsBuilder.Plain builder);
    }

    private static Arguments rule(Change change, String message) {
        return Arguments.of(change, message);
    }

    private static Arguments duration(
            String name, BiFunction<PoolOptionsBuilder.Plain, Duration, PoolOptionsBuilder.Plain> setter) {
        return Arguments.of(name, setter);
    }
}
