package dev.cenote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.pool.AcquireSites;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PoolParametersTest {
    private final OptionsOnly builder = new OptionsOnly();

    /** All but the one that is code. */
    static Stream<RecordComponent> options() {
        return Arrays.stream(PoolOptions.class.getRecordComponents())
                .filter(option -> !option.getName().equals("hooks"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void eachOptionCanBeSetByItsName(RecordComponent option) throws Exception {
        Object value = valueFor(option);
        apply(option.getName(), text(value));

        Object set = option.getAccessor().invoke(builder.built());
        assertThat(set instanceof Optional<?> optional ? optional.orElseThrow() : set)
                .isEqualTo(value)
                .isNotEqualTo(option.getAccessor().invoke(PoolOptions.builder().build()));
    }

    @Test
    void unknownParameterIsNamedTogetherWithTheKnownOnes() {
        var known = new TreeSet<String>();
        options().map(RecordComponent::getName).forEach(known::add);
        known.add("callTimeout");
        known.add("maxRetries");
        known.add("failureThreshold");

        assertThatThrownBy(() -> apply("maxsize", "3"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("parameter pool.maxsize is unknown; known are " + known);
    }

    @ParameterizedTest
    @CsvSource({
        "maxSize, ten, 'maxSize must be a whole number, was ten'",
        "lifetimeJitter, much, 'lifetimeJitter must be a number, was much'",
        "acquireSites, some, 'acquireSites must be none, sampled or all, was some'",
        "idleTimeout, 5, 'idleTimeout must be a duration such as 500ms, 30s, 5m or PT30S, was 5'",
        "maxRetries, -1, 'maxRetries must be >= 0, was -1'",
        "failureThreshold, 0, 'failureThreshold must be >= 1, was 0'"
    })
    void malformedValueIsNamedWithItsRule(String name, String value, String message) {
        assertThatThrownBy(() -> apply(name, value))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private void apply(String name, String value) {
        builder.poolParameters(PoolUri.parse("test://localhost?pool." + name + "=" + value));
    }

    /** A value that no option has by default and that each option of its type takes. */
    private static Object valueFor(RecordComponent option) {
        Class<?> type = option.getType();
        if (type == int.class) {
            return 7;
        }
        if (type == double.class) {
            return 0.2;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == AcquireSites.class) {
            return AcquireSites.SAMPLED;
        }
        return type == String.class ? "orders" : Duration.ofMillis(201);
    }

    private static String text(Object value) {
        return value instanceof Duration duration
                ? duration.toMillis() + "ms"
                : value.toString().toLowerCase(Locale.ROOT);
    }
}
