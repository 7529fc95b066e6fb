package dev.cenote.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CircuitOptionsTest {
    private static void refused(String message, Consumer<CircuitBreakerBuilder> option) {
        assertThatThrownBy(() -> option.accept(CircuitBreaker.builder()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void badOptionsAreNamedWithRuleAndValue() {
        refused("failureThreshold must be >= 1, was 0", builder -> builder.failureThreshold(0));
        refused("halfOpenProbes must be >= 1, was 0", builder -> builder.halfOpenProbes(0));
        refused("resetTimeout must be > 0, was PT0S", builder -> builder.resetTimeout(Duration.ZERO));
        refused("name must not be blank, was \" \"", builder -> builder.name(" "));
        refused("failureRate must be > 0 and <= 1, was 0.0", builder -> builder.failureRate(0));
        refused(
                "slowCallRate must be > 0 and <= 1, was NaN",
                builder -> builder.slowCallRate(Double.NaN, Duration.ofSeconds(1)));
        refused("calls must be >= 1, was 0", builder -> builder.window(0, 1));
        refused("minimumCalls must be >= 1, was 0", builder -> builder.window(10, 0));
        refused("minimumCalls must be <= calls (10), was 11", builder -> builder.window(10, 11));
    }

    @Test
    void anotherHasTheSameOptionsAndAStateOfItsOwn() {
        CircuitBreaker first =
                CircuitBreaker.builder().name("first").failureThreshold(2).build();
        first.forceOpen();
        CircuitBreaker second = first.another("second");
        assertThat(second.name()).isEqualTo("second");
        assertThat(second.state()).isEqualTo(CircuitState.CLOSED);
        second.recordFailure(new IllegalStateException());
        assertThat(second.state()).isEqualTo(CircuitState.CLOSED);
        second.recordFailure(new IllegalStateException());
        assertThat(second.state()).isEqualTo(CircuitState.OPEN);
        assertThat(first.state()).isEqualTo(CircuitState.FORCED_OPEN);
    }
}
