package dev.cenote.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private final AtomicLong now = new AtomicLong();
    private final TimeSource clock = new TimeSource() {
        @Override
        public long nanoTime() {
            return now.get();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    };

    @Test
    void timePassesByTheGivenClock() {
        Deadline deadline = in(Duration.ofSeconds(10));

        pass(Duration.ofSeconds(4));

        assertThat(deadline.remaining()).hasSeconds(6);
        assertThat(deadline.elapsed()).hasSeconds(4);
        assertThat(deadline.isExpired()).isFalse();
    }

    @Test
    void expiresAtTheInstantAndStaysExpired() {
        Deadline deadline = in(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(1));
        assertThat(deadline.isExpired()).isTrue();

        pass(Duration.ofSeconds(1));
        assertThat(deadline.isExpired()).isTrue();
        assertThat(deadline.remainingNanos()).isEqualTo(-1_000_000_000);
        assertThat(deadline.remaining()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-2562047788015215H"})
    void timeoutOfZeroOrLessHasPassedAlready(Duration timeout) {
        assertThat(in(timeout).isExpired()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1, Long.MIN_VALUE})
    void clockMayOverflow(long start) {
        now.set(start);
        Deadline deadline = in(Duration.ofNanos(10));
        Deadline far = in(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(deadline.remainingNanos()).isEqualTo(10);
        assertThat(far.isExpired()).isFalse();

        pass(Duration.ofNanos(11));
        assertThat(deadline.isExpired()).isTrue();
        assertThat(far.isExpired()).isFalse();
    }

    @Test
    void noneNeverPasses() {
        assertThat(Deadline.none().isLimited()).isFalse();
        assertThat(Deadline.none().isExpired()).isFalse();
        assertThat(Deadline.none().remainingNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(Deadline.none().elapsed()).isZero();
        assertThat(Deadline.none()).hasToString("Deadline[none]");
    }

    @Test
    void millisecondsAreRoundedUpAndAtLeastOne() {
        assertThat(in(Duration.ofNanos(1_000_001)).remainingMillis(1_000)).isEqualTo(2);
        assertThat(in(Duration.ofNanos(1)).remainingMillis(1_000)).isEqualTo(1);
        assertThat(in(Duration.ZERO).remainingMillis(1_000)).isEqualTo(1);
    }

    @Test
    void millisecondsAreAtMostTheGivenBound() {
        assertThat(in(Duration.ofSeconds(2)).remainingMillis(1_000)).isEqualTo(1_000);
        assertThat(Deadline.none().remainingMillis(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void withinIsTheEarlierOfTheTwo() {
        Deadline deadline = in(Duration.ofSeconds(10));

        assertThat(deadline.within(Duration.ofSeconds(3)).remaining()).hasSeconds(3);
        assertThat(deadline.within(Duration.ofSeconds(30))).isSameAs(deadline);
        assertThat(Deadline.none().within(Duration.ofSeconds(3)).isLimited()).isTrue();
    }

    @Test
    void earlierIsWhicheverComesFirst() {
        Deadline soon = in(Duration.ofSeconds(1));
        Deadline late = in(Duration.ofSeconds(2));

        assertThat(soon.earlier(late)).isSameAs(soon);
        assertThat(late.earlier(soon)).isSameAs(soon);
        assertThat(Deadline.none().earlier(late)).isSameAs(late);
    }

    private Deadline in(Duration timeout) {
        return Deadline.after(timeout, clock);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
