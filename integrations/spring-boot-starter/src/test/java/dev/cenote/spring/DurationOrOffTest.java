package dev.cenote.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationOrOffTest {
    @Test
    void durationsAreWrittenAsBootHasThem() {
        assertThat(DurationOrOff.valueOf("30m")).isEqualTo(DurationOrOff.of(Duration.ofMinutes(30)));
        assertThat(DurationOrOff.valueOf("PT1.5S")).isEqualTo(DurationOrOff.of(Duration.ofMillis(1500)));
        assertThat(DurationOrOff.valueOf("250")).isEqualTo(DurationOrOff.of(Duration.ofMillis(250)));
    }

    @Test
    void offIsOffAlsoAsYamlReadsIt() {
        assertThat(DurationOrOff.valueOf("off")).isEqualTo(DurationOrOff.OFF);
        assertThat(DurationOrOff.valueOf(" OFF ")).isEqualTo(DurationOrOff.OFF);
        assertThat(DurationOrOff.valueOf("false")).isEqualTo(DurationOrOff.OFF);
        assertThat(DurationOrOff.OFF).hasToString("off");
    }

    @Test
    void allElseIsRefused() {
        assertThatThrownBy(() -> DurationOrOff.valueOf("never"))
                .hasMessage("must be a duration, such as 30s, or off, was never");
    }
}
