package dev.cenote.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "0s, PT0S", "-3s, PT-3S"})
    void readsAnAmountAndItsUnit(String text, Duration expected) {
        assertThat(Durations.parse("acquireTimeout", text)).isEqualTo(expected);
    }

    @Test
    void readsIso8601() {
        assertThat(Durations.parse("acquireTimeout", "PT1M30S")).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 s", "5S", "1.5s", "5d", "ms", "9999999999999ms", "five"})
    void refusesWhatHasNoUnitOrIsNoNumber(String text) {
        assertThatThrownBy(() -> Durations.parse("acquireTimeout", text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("acquireTimeout must be a duration such as 500ms, 30s, 5m or PT30S, was " + text);
    }
}
