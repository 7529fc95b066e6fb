package dev.cenote.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatTest {
    @Test
    void numbersHaveThreeFiguresAndAUnit() {
        assertThat(Format.rate(0.5)).isEqualTo("0.50/s");
        assertThat(Format.rate(12.34)).isEqualTo("12.3/s");
        assertThat(Format.rate(12_345.6)).isEqualTo("12,346/s");
        assertThat(Format.time(85)).isEqualTo("85 us");
        assertThat(Format.time(1_234)).isEqualTo("1.23 ms");
        assertThat(Format.time(12_345)).isEqualTo("12.3 ms");
        assertThat(Format.time(2_500_000)).isEqualTo("2.50 s");
        assertThat(Format.share(0.984)).isEqualTo("98 %");
    }
}
