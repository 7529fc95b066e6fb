package dev.cenote.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.ConfigurationException;
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
        assertThat(policy.backoffNanos(1)).isEqualTo(10 * MILLI);
        assertThat(policy.backoffNanos(2)).isEqualTo(30 * MILLI);
        assertThat(policy.backoffNanos(3)).isEqualTo(90 * MILLI);
        assertThat(policy.backoffNanos(4)).isEqualTo(100 * MILLI);
        assertThat(policy.backoffNanos(Integer.MAX_VALUE)).isEqualTo(100 * MILLI);
    }

    @Test
    void aMultiplierOfOneKeepsItConstant() {
        RetryPolicy policy = policy().multiplier(1).jitter(0).build();
        assertThat(policy.backoffNanos(1)).isEqualTo(50 * MILLI);
        assertThat(policy.backoffNanos(9)).isEqualTo(50 * MILLI);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 1})
    void jitterSpreadsItOverItsShareAndNoFurther(double jitter) {
        RetryPolicy policy =
                policy().base(Duration.ofMillis(100)).jitter(jitter).build();
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 2_000; i++) {
            long nanos = policy.backoffNanos(1);
            least = Math.min(least, nanos);
            most = Math.max(most, nanos);
        }
        double floor = 100 * MILLI * (1 - jitter);
        assertThat((double) least).isBetween(floor, floor + 100 * MILLI * jitter * 0.05);
        assertThat((double) most).isBetween(100 * MILLI * (1 - jitter * 0.05), 100.0 * MILLI);
    }

    @Test
    void defaultsAreThoseOfTheContract() {
        assertThat(policy().build())
                .hasToString("RetryPolicy[maxRetries 3, base PT0.05S, cap PT5S, multiplier 2.0, jitter 1.0]");
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
