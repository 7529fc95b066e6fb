package dev.cenote.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.circuit.HandClock;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Calls on the caller's thread. Each backoff passes at once: the listener, told before it, turns the clock. */
class AttemptsTest {
    private final HandClock clock = new HandClock();
    private final List<RetryEvent> told = new ArrayList<>();
    private int calls;

    private RetryPolicyBuilder builder() {
        return RetryPolicy.exponential()
                .clock(clock)
                .base(Duration.ofMillis(100))
                .jitter(0)
                .onRetry(event -> {
                    told.add(event);
                    clock.advance(event.delay());
                });
    }

    private static OperationFailedException failed(CallFate call) {
        return new OperationFailedException("query", new Verdict(ConnectionFate.EVICT, call), new IOException("reset"));
    }

    /** Fails so often, 10 ms each time, then answers. */
    private Callable<String> failing(int times, CallFate fate) {
        return () -> {
            clock.advance(Duration.ofMillis(10));
            if (++calls <= times) {
                throw failed(fate);
            }
            return "answer " + calls;
        };
    }

    @Test
    void aCallThatSucceedsIsMadeOnce() throws Exception {
        assertThat(builder().build().call(failing(0, CallFate.UNKNOWN), Effect.READ_ONLY))
                .isEqualTo("answer 1");
        assertThat(told).isEmpty();
    }

    @Test
    void failedAttemptsAreFollowedByOthersAfterTheirBackoff() throws Exception {
        assertThat(builder().build().call(failing(2, CallFate.UNKNOWN), Effect.READ_ONLY))
                .isEqualTo("answer 3");
        assertThat(told).extracting(RetryEvent::delay).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(told).extracting(RetryEvent::failedAttempts).containsExactly(1, 2);
    }

    @Test
    void theErrorOfTheOnlyAttemptIsThrownUnchanged() {
        assertThatThrownBy(() -> builder().build().call(failing(9, CallFate.UNKNOWN), Effect.NON_IDEMPOTENT))
                .isInstanceOf(OperationFailedException.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void severalAttemptsAreAllRecorded() {
        RetryPolicy policy = builder().maxRetries(2).build();
        var about = RetriedCall.of("findUser", Effect.READ_ONLY, Deadline.none());
        assertThatThrownBy(() -> policy.call(failing(9, CallFate.UNKNOWN), about))
                .isInstanceOfSatisfying(RetriesExhaustedException.class, exhausted -> {
                    assertThat(exhausted.attempts())
                            .extracting(attempt -> attempt.startedAfter().toMillis())
                            .containsExactly(0L, 110L, 320L);
                    assertThat(exhausted.attempts())
                            .allMatch(attempt -> attempt.took().equals(Duration.ofMillis(10)));
                    assertThat(exhausted.getSuppressed()).hasSize(2);
                    assertThat(exhausted).hasMessageStartingWith("findUser failed after 3 attempts in 330 ms");
                });
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void aPermanentErrorEndsTheRetries() {
        RetryPolicy policy = builder().build();
        assertThatThrownBy(() -> policy.call(
                        () -> {
                            throw failed(++calls == 1 ? CallFate.NOT_EXECUTED : CallFate.PERMANENT);
                        },
                        Effect.READ_ONLY))
                .isInstanceOf(RetriesExhaustedException.class)
                .hasCauseInstanceOf(OperationFailedException.class);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void noRetriesMeansOneAttempt() {
        RetryPolicy policy = builder().maxRetries(0).build();
        assertThatThrownBy(() -> policy.call(failing(9, CallFate.NOT_EXECUTED), Effect.READ_ONLY))
                .isInstanceOf(OperationFailedException.class);
    }

    @Test
    void aBackoffThatWouldPassTheDeadlineIsNotBegun() {
        var about = RetriedCall.of("query", Effect.READ_ONLY, Deadline.after(Duration.ofMillis(310), clock));
        assertThatThrownBy(() -> builder().build().call(failing(9, CallFate.UNKNOWN), about))
                .isInstanceOf(RetriesExhaustedException.class);
        assertThat(calls).isEqualTo(2);
        assertThat(told).hasSize(1);
        assertThat(clock.nanoTime())
                .as("ended at once")
                .isEqualTo(Duration.ofMillis(120).toNanos());
    }

    @Test
    void anInterruptEndsTheBackoffAtOnceAndStaysSet() {
        RetryPolicy policy = RetryPolicy.exponential()
                .base(Duration.ofHours(1))
                .cap(Duration.ofHours(1))
                .jitter(0)
                .onRetry(event -> Thread.currentThread().interrupt())
                .build();
        Throwable error = catchThrowable(() -> policy.call(failing(9, CallFate.UNKNOWN), Effect.READ_ONLY));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(error).isInstanceOf(OperationFailedException.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void anAttemptThatEndsInterruptedIsTheLast() {
        Throwable error = catchThrowable(() -> builder()
                .build()
                .call(
                        () -> {
                            calls++;
                            Thread.currentThread().interrupt();
                            throw failed(CallFate.NOT_EXECUTED);
                        },
                        Effect.READ_ONLY));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(error).isInstanceOf(OperationFailedException.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws Exception {
        RetryPolicy policy = RetryPolicy.exponential()
                .base(Duration.ofNanos(1))
                .onRetry(event -> {
                    throw new IllegalStateException("mine");
                })
                .build();
        assertThat(policy.call(failing(1, CallFate.UNKNOWN), Effect.READ_ONLY)).isEqualTo("answer 2");
    }

    @Test
    void errorsOfTheMachineAreThrownAsTheyAre() {
        RetryPolicy policy = builder().build();
        var error = new StackOverflowError();
        assertThatThrownBy(() -> policy.call(
                        () -> {
                            if (++calls == 2) {
                                throw error;
                            }
                            throw failed(CallFate.UNKNOWN);
                        },
                        Effect.READ_ONLY))
                .isSameAs(error);
    }

    @Test
    void aPredicateThatThrowsForbidsTheRetryAndHidesNoError() {
        RetryPolicy policy = builder()
                .retryIf(error -> {
                    throw new IllegalStateException("mine");
                })
                .build();
        assertThatThrownBy(() -> policy.call(failing(1, CallFate.UNKNOWN), Effect.READ_ONLY))
                .isInstanceOf(OperationFailedException.class);
        assertThat(calls).isEqualTo(1);
    }
}
