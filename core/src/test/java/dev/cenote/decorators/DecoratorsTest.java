package dev.cenote.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.circuit.HandClock;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DecoratorsTest {
    private static final Duration LIMIT = Duration.ofMillis(250);

    private final HandClock clock = new HandClock();
    private final RetryPolicy retry = RetryPolicy.exponential()
            .clock(clock)
            .base(Duration.ofMillis(100))
            .jitter(0)
            .multiplier(1)
            .maxRetries(9)
            .onRetry(event -> clock.advance(event.delay()))
            .build();
    private int calls;

    private static CircuitBreaker circuit(int threshold) {
        return CircuitBreaker.builder().failureThreshold(threshold).build();
    }

    private String fail() {
        calls++;
        throw new OperationFailedException(
                "query", new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN), new IOException("reset"));
    }

    @Test
    void aBareCallIsMadeAsItIs() throws Exception {
        assertThat(Decorators.of(() -> "answer").call()).isEqualTo("answer");
        assertThat(Decorators.ofStage(() -> CompletableFuture.completedFuture("answer"))
                        .start())
                .isCompletedWithValue("answer");
    }

    @Test
    void eachAttemptCountsForTheCircuitAndAnOpenOneEndsTheRetriesInWhateverOrderTheyWereGiven() {
        DecoratedCall<String> bare = Decorators.of(this::fail);
        CircuitBreaker one = circuit(2);
        CircuitBreaker other = circuit(2);
        for (DecoratedCall<String> call : List.of(
                bare.withRetry(retry, Effect.READ_ONLY).withCircuitBreaker(one),
                bare.withCircuitBreaker(other).withRetry(retry, Effect.READ_ONLY))) {
            calls = 0;
            assertThatThrownBy(call::call)
                    .isInstanceOfSatisfying(
                            RetriesExhaustedException.class,
                            exhausted -> assertThat(exhausted.attempts()).hasSize(3))
                    .hasCauseInstanceOf(CircuitOpenException.class);
            assertThat(calls).isEqualTo(2);
        }
        assertThat(one.refused()).isEqualTo(1);
        assertThat(other.refused()).isEqualTo(1);
    }

    @Test
    void theDeadlineIsOverAllAttemptsInWhateverOrderItWasGiven() {
        DecoratedCall<String> bare = Decorators.of(this::fail).withClock(clock);
        for (DecoratedCall<String> call : List.of(
                bare.withDeadline(LIMIT).withRetry(retry, Effect.READ_ONLY),
                bare.withRetry(retry, Effect.READ_ONLY).withDeadline(LIMIT))) {
            calls = 0;
            assertThatThrownBy(call::call).isInstanceOf(RetriesExhaustedException.class);
            assertThat(calls).as("at 0, 100 and 200 ms").isEqualTo(3);
        }
    }

    @Test
    void allAttemptsAreToldTheSameDeadline() {
        var told = new ArrayList<Deadline>();
        DecoratedCall<String> call = Decorators.<String>of(deadline -> {
                    told.add(deadline);
                    return fail();
                })
                .withClock(clock)
                .withDeadline(LIMIT)
                .withRetry(retry, Effect.READ_ONLY);
        assertThatThrownBy(call::call).isInstanceOf(RetriesExhaustedException.class);
        assertThat(told).hasSize(3).containsOnly(told.get(0));
        assertThat(told.get(0).elapsed()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void withoutAnEffectACallOfUnknownFateIsNotRepeated() {
        assertThatThrownBy(() -> Decorators.of(this::fail).withRetry(retry).call())
                .isInstanceOf(OperationFailedException.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void errorsTellTheName() {
        assertThatThrownBy(() -> Decorators.of(this::fail)
                        .withName("fetch")
                        .withRetry(retry, Effect.READ_ONLY)
                        .call())
                .hasMessageStartingWith("fetch failed after 10 attempts");
        assertThatThrownBy(() -> Decorators.of(this::fail).withDeadline(Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("deadline must be > 0, was PT0S");
    }

    // ---- stages

    @Test
    void stagesAreRetriedBehindTheCircuitToo() {
        CircuitBreaker circuit = circuit(2);
        CompletableFuture<String> result = Decorators.ofStage(() -> CompletableFuture.completedFuture(fail()))
                .withCircuitBreaker(circuit)
                .withRetry(RetryPolicy.exponential().base(Duration.ofNanos(1)).build(), Effect.READ_ONLY)
                .start();
        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(RetriesExhaustedException.class)
                .hasCauseInstanceOf(CircuitOpenException.class);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void aRefusalComesWithTheFuture() {
        CircuitBreaker circuit = circuit(1);
        circuit.recordFailure(new IOException("refused"));
        CompletableFuture<String> result = Decorators.ofStage(() -> CompletableFuture.completedFuture("answer"))
                .withCircuitBreaker(circuit)
                .start();
        assertThatThrownBy(result::get).hasCauseInstanceOf(CircuitOpenException.class);
    }

    @Test
    void aStageThatHangsEndsByItsDeadlineAndCountsAsAFailure() throws Exception {
        var opened = new CompletableFuture<CircuitState>();
        CircuitBreaker circuit = CircuitBreaker.builder()
                .failureThreshold(1)
                .onTransition(transition -> opened.complete(transition.to()))
                .build();
        var hanging = new CompletableFuture<String>();
        CompletableFuture<String> result = Decorators.ofStage(() -> hanging)
                .withCircuitBreaker(circuit)
                .withDeadline(Duration.ofMillis(1))
                .start();
        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(OperationTimeoutException.class);
        assertThatThrownBy(() -> hanging.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(opened.get(30, TimeUnit.SECONDS)).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aStageThatItsUserCancelsSaysNothingOfTheServer() {
        CircuitBreaker circuit = circuit(1);
        var running = new CompletableFuture<String>();
        CompletableFuture<String> result = Decorators.ofStage(() -> running)
                .withCircuitBreaker(circuit)
                .withRetry(retry, Effect.READ_ONLY)
                .withDeadline(Duration.ofHours(1))
                .start();
        result.cancel(false);
        assertThat(running).isCancelled();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aSchedulerThatWasShutDownRefusesTheStageBeforeItRuns() {
        var scheduler = new ScheduledThreadPoolExecutor(1);
        scheduler.shutdownNow();
        CompletableFuture<String> result = Decorators.ofStage(() -> {
                    calls++;
                    return new CompletableFuture<String>();
                })
                .withDeadline(Duration.ofHours(1))
                .withScheduler(scheduler)
                .start();
        assertThatThrownBy(result::get).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(calls).isZero();
    }
}
