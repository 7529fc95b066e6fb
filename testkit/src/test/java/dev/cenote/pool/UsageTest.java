package dev.cenote.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Waiters are served in order unless uses are shorter than a wake-up. */
class UsageTest {
    private final Usage usage = new Usage();

    private boolean ordered(long micros, int times) {
        boolean ordered = true;
        for (int i = 0; i < times; i++) {
            ordered = usage.record(micros * 1_000);
        }
        return ordered;
    }

    @Test
    void orderIsKeptForUsesAsLongAsAQuery() {
        assertThat(ordered(100, 100)).isTrue();
    }

    @Test
    void usesShorterThanAWakeUpMayBePassed() {
        assertThat(ordered(1, 30)).isFalse();
    }

    @Test
    void longerUsesBringOrderBack() {
        ordered(1, 100);
        assertThat(ordered(100, 30)).isTrue();
    }

    @Test
    void aHolderThatLostItsProcessorChangesNothing() {
        ordered(1, 100);
        assertThat(ordered(10_000, 3)).isFalse();
        assertThat(ordered(1, 1)).isFalse();
    }

    @Test
    void betweenTheBoundsAllStaysAsItIs() {
        assertThat(ordered(30, 100)).isTrue();
        ordered(1, 100);
        assertThat(ordered(30, 100)).isFalse();
    }
}
