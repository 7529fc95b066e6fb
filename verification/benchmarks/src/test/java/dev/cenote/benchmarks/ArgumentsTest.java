package dev.cenote.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.benchmarks.scenarios.Effort;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line is understood, or refused with what it should be. */
class ArgumentsTest {
    @Test
    void quickAndAllIsTheDefault() {
        Arguments arguments = Arguments.parse(List.of());

        assertThat(arguments.effort()).isEqualTo(Effort.QUICK);
        assertThat(arguments.wants("acquire")).isTrue();
        assertThat(arguments.wants("redis")).as("left out for want of time").isFalse();
        assertThat(Arguments.parse(List.of("full")).wants("redis")).isTrue();
        assertThat(Arguments.parse(List.of("quick", "--only", "redis")).wants("redis"))
                .isTrue();
        assertThat(arguments.subjects()).isEmpty();
    }

    @Test
    void onlyLeavesTheOthersOut() {
        Arguments arguments =
                Arguments.parse(List.of("full", "--only", "tail,spike", "--subjects", "cenote-engine,hikaricp"));

        assertThat(arguments.effort()).isEqualTo(Effort.FULL);
        assertThat(arguments.wants("spike")).isTrue();
        assertThat(arguments.wants("acquire")).isFalse();
        assertThat(arguments.subjects()).containsExactly("cenote-engine", "hikaricp");
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> Arguments.parse(List.of("--only", "tails")))
                .hasMessageContaining("tail")
                .hasMessageContaining("was tails");
        assertThatThrownBy(() -> Arguments.parse(List.of("--subjects", "hikari")))
                .hasMessageContaining("hikaricp")
                .hasMessageContaining("was hikari");
        assertThatThrownBy(() -> Arguments.parse(List.of("fast"))).hasMessageContaining("smoke, quick or full");
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThatThrownBy(() -> Arguments.parse(List.of("--only"))).hasMessage("--only needs a value");
    }
}
