package dev.cenote.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls with futures; the backoff is so long that it never ends, or so short that it always has. */
class AsyncAttemptsTest {
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final List<CompletableFuture<String>> attempts = new ArrayList<>();

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private RetryPolicyBuilder policy(Duration backoff) {
        return RetryPolicy.exponential()
                .base(backoff)
                .cap(backoff)
                .jitter(0)
                .maxRetries(2)
                .scheduler(scheduler);
    }

    private static OperationFailedException failed(CallFate call) {
        return new OperationFailedException("query", new Verdict(ConnectionFate.EVICT, call), new IOException("reset"));
    }

    private Supplier<CompletableFuture<String>> attempt() {
        return () -> {
            var attempt = new CompletableFuture<String>();
            attempts.add(attempt);
            return attempt;
        };
    }

    @Test
    void failedAttemptsAreFollowedByOthersOnTheScheduler() throws Exception {
        var threads = new ArrayList<Thread>();
        CompletableFuture<String> result = policy(Duration.ofNanos(1))
                .build()
                .callAsync(
                        () -> {
                            threads.add(Thread.currentThread());
                            return threads.size() < 3
                                    ? CompletableFuture.failedFuture(failed(CallFate.UNKNOWN))
                                    : CompletableFuture.completedFuture("answer");
                        },
                        Effect.READ_ONLY);
        assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("answer");
        assertThat(threads.get(0)).isSameAs(Thread.currentThread());
        assertThat(threads.get(1)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void withoutASchedulerTheSharedTimerServes() {
        CompletableFuture<String> result = RetryPolicy.exponential()
                .base(Duration.ofNanos(1))
                .maxRetries(2)
                .build()
                .callAsync(() -> CompletableFuture.failedFuture(failed(CallFate.UNKNOWN)), Effect.READ_ONLY);
        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        RetriesExhaustedException.class,
                        exhausted -> assertThat(exhausted.attempts()).hasSize(3));
    }

    @Test
    void whatTheCallThrowsCountsAsAFailedAttempt() {
        CompletableFuture<String> result = policy(Duration.ofNanos(1))
                .build()
                .callAsync(
                        () -> {
                            throw failed(CallFate.PERMANENT);
                        },
                        Effect.READ_ONLY);
        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(OperationFailedException.class);
    }

    @Test
    void cancellingCancelsTheRunningAttempt() {
        CompletableFuture<String> result = policy(Duration.ofNanos(1)).build().callAsync(attempt(), Effect.READ_ONLY);
        result.cancel(false);
        assertThat(attempts).singleElement().matches(CompletableFuture::isCancelled);
        assertThat(scheduler.getQueue()).isEmpty();
    }

    @Test
    void cancellingDuringTheBackoffStartsNoOther() {
        scheduler.setRemoveOnCancelPolicy(true);
        CompletableFuture<String> result = policy(Duration.ofHours(1)).build().callAsync(attempt(), Effect.READ_ONLY);
        attempts.get(0).completeExceptionally(failed(CallFate.UNKNOWN));
        assertThat(scheduler.getQueue()).hasSize(1);
        result.cancel(false);
        assertThat(scheduler.getQueue()).isEmpty();
        assertThat(attempts).hasSize(1);
    }

    @Test
    void aBackoffThatWouldPassTheDeadlineIsNotBegun() {
        var about = RetriedCall.of("query", Effect.READ_ONLY, Deadline.after(Duration.ofMinutes(1)));
        CompletableFuture<String> result = policy(Duration.ofHours(1)).build().callAsync(attempt(), about);
        attempts.get(0).completeExceptionally(failed(CallFate.UNKNOWN));
        assertThat(result).isCompletedExceptionally();
        assertThat(scheduler.getQueue()).isEmpty();
    }

    @Test
    void aSchedulerThatWasShutDownEndsTheCallWithItsError() {
        scheduler.shutdownNow();
        CompletableFuture<String> result = policy(Duration.ofHours(1)).build().callAsync(attempt(), Effect.READ_ONLY);
        attempts.get(0).completeExceptionally(failed(CallFate.UNKNOWN));
        assertThat(result).isCompletedExceptionally();
    }

    @Test
    void aPredicateThatThrowsEndsTheCallWithItsError() {
        CompletableFuture<String> result = policy(Duration.ofNanos(1))
                .retryIf(error -> {
                    throw new IllegalStateException("mine");
                })
                .build()
                .callAsync(attempt(), Effect.READ_ONLY);
        attempts.get(0).completeExceptionally(failed(CallFate.UNKNOWN));
        assertThat(result).isCompletedExceptionally();
        assertThatThrownBy(result::get).hasCauseInstanceOf(OperationFailedException.class);
    }

    @Test
    void anErrorOfTheMachineInAPredicateOrListenerStillEndsTheFuture() {
        var error = new StackOverflowError();
        CompletableFuture<String> asked = policy(Duration.ofNanos(1))
                .retryIf(failure -> {
                    throw error;
                })
                .build()
                .callAsync(() -> CompletableFuture.failedFuture(failed(CallFate.UNKNOWN)), Effect.READ_ONLY);
        CompletableFuture<String> told = policy(Duration.ofNanos(1))
                .onRetry(event -> {
                    throw error;
                })
                .build()
                .callAsync(() -> CompletableFuture.failedFuture(failed(CallFate.UNKNOWN)), Effect.READ_ONLY);
        assertThat(asked).isCompletedExceptionally();
        assertThat(told).isCompletedExceptionally();
        assertThatThrownBy(asked::get).hasCause(error);
        assertThatThrownBy(told::get).hasCause(error);
    }
}
