package dev.cenote.cli.bench;

import static dev.cenote.cli.bench.Curves.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PointTest {
    @Test
    void aPointIsTheMedianOfItsRounds() {
        assertThat(point(1, 5, 30, 10, 20).perSecond()).isEqualTo(20);
        assertThat(point(1, 5, 10, 20).perSecond()).isEqualTo(15);
        assertThat(point(1, 5, 7).perSecond()).isEqualTo(7);
    }

    @Test
    void itsSpreadIsHalfOfTheRange() {
        assertThat(point(1, 5, 90, 100, 110).spread()).isEqualTo(0.1);
        assertThat(point(1, 5, 0, 0).spread()).isZero();
    }

    @Test
    void itHasASample() {
        assertThatThrownBy(() -> new Point(1, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
