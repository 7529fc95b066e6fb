package dev.cenote.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private static final long MILLI = 1_000_000;

    private static RetryPolicyBuilder policy() {
        return RetryPolicy.exponential().random(new Random(42));
    }

    @Test
    void withoutJitterItGrowsByTheMultiplierUpToTheCap() {
        RetryPolicy policy = policy().base(Duration.ofMillis(10))
                .cap(Duration.ofMillis(100))
                .multiplier(3)
                .jitter(0)
                .build();
        assertThat(policy.backoffNanos(1, 0, new IOException("reset"))).isEqualTo(10 * MILLI);
        assertThat(policy.backoffNanos(2, 0, new IOException("reset"))).isEqualTo(30 * MILLI);
        assertThat(policy.backoffNanos(3, 0, new IOException("reset"))).isEqualTo(90 * MILLI);
        assertThat(policy.backoffNanos(4, 0, new IOException("reset"))).isEqualTo(100 * MILLI);
        assertThat(policy.backoffNanos(Integer.MAX_VALUE, 0, new IOException("reset")))
                .isEqualTo(100 * MILLI);
    }

    @Test
    void aMultiplierOfOneKeepsItConstant() {
        RetryPolicy policy = policy().multiplier(1).jitter(0).build();
        assertThat(policy.backoffNanos(1, 0, new IOException("reset"))).isEqualTo(50 * MILLI);
        assertThat(policy.backoffNanos(9, 0, new IOException("reset"))).isEqualTo(50 * MILLI);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 1})
    void jitterSpreadsItOverItsShareAndNoFurther(double jitter) {
        RetryPolicy policy =
                policy().base(Duration.ofMillis(100)).jitter(jitter).build();
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 2_000; i++) {
            long nanos = policy.backoffNanos(1, 0, new IOException("reset"));
            least = Math.min(least, nanos);
            most = Math.max(most, nanos);
        }
        double floor = 100 * MILLI * (1 - jitter);
        assertThat((double) least).isBetween(floor, floor + 100 * MILLI * jitter * 0.05);
        assertThat((double) most).isBetween(100 * MILLI * (1 - jitter * 0.05), 100.0 * MILLI);
    }

    @Test
    void defaultsAreThoseOfTheContract() {
        assertThat(policy().name("db").build())
                .hasToString("RetryPolicy[db, maxRetries 3, base PT0.05S, cap PT5S, multiplier 2.0, jitter 1.0]");
    }

    @Test
    void decorrelatedBackoffsLieBetweenTheBaseAndThriceTheLast() {
        RetryPolicy policy = RetryPolicy.decorrelated()
                .random(new Random(42))
                .base(Duration.ofMillis(10))
                .cap(Duration.ofMillis(500))
                .build();
        long last = 0;
        long most = 0;
        for (int i = 1; i < 2_000; i++) {
            long nanos = policy.backoffNanos(i, last, new IOException("reset"));
            assertThat(nanos).isBetween(10 * MILLI, Math.min(500 * MILLI, 3 * Math.max(last, 10 * MILLI)));
            last = nanos;
            most = Math.max(most, nanos);
        }
        assertThat(most).isGreaterThan(400 * MILLI);
    }

    @Test
    void aFixedBackoffIsAlwaysTheSame() {
        RetryPolicy policy = RetryPolicy.fixed(Duration.ofSeconds(7)).build();
        assertThat(policy.backoffNanos(1, 0, new IOException("reset"))).isEqualTo(7_000 * MILLI);
        assertThat(policy.backoffNanos(30, 9, new IOException("reset"))).isEqualTo(7_000 * MILLI);
    }

    @Test
    void optionsThatDoNotFitTheFormAreRefused() {
        assertThatThrownBy(() -> RetryPolicy.fixed(Duration.ofSeconds(1)).multiplier(2))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("multiplier must not be set for a fixed backoff, was 2.0");
        assertThatThrownBy(() -> RetryPolicy.decorrelated().jitter(0.5))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("jitter must not be set for a decorrelated backoff, was 0.5");
        assertThatThrownBy(() -> RetryPolicy.fixed(Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("base must be > 0, was PT0S");
    }

    @Test
    void anOverloadedServerIsLeftAloneForAsLongAsItAsks() {
        RetryPolicy policy = policy().base(Duration.ofMillis(1)).build();
        var overloaded = new OperationFailedException(
                "GET", new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED), null, Duration.ofMillis(200));
        for (int i = 0; i < 100; i++) {
            assertThat(policy.backoffNanos(1, 0, overloaded)).isBetween(200 * MILLI, 300 * MILLI);
        }
    }

    private static void refused(String message, Consumer<RetryPolicyBuilder> option) {
        assertThatThrownBy(() -> {
                    RetryPolicyBuilder builder = RetryPolicy.exponential();
                    option.accept(builder);
                    builder.build();
                })
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void badOptionsAreNamedWithRuleAndValue() {
        refused("maxRetries must be >= 0, was -1", builder -> builder.maxRetries(-1));
        refused("base must be > 0, was PT0S", builder -> builder.base(Duration.ZERO));
        refused("cap must be > 0, was PT-1S", builder -> builder.cap(Duration.ofSeconds(-1)));
        refused("cap must be >= base (PT0.05S), was PT0.01S", builder -> builder.cap(Duration.ofMillis(10)));
        refused("multiplier must be between 1.0 and 1000.0, was 0.5", builder -> builder.multiplier(0.5));
        refused("jitter must be between 0.0 and 1.0, was 1.5", builder -> builder.jitter(1.5));
        refused("jitter must be between 0.0 and 1.0, was NaN", builder -> builder.jitter(Double.NaN));
    }
}
