package dev.cenote.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.BulkheadFullException;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BulkheadFallbackHedgeTest {
    private final AtomicInteger calls = new AtomicInteger();

    private static OperationFailedException failed() {
        return new OperationFailedException(
                "find", new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED), new IOException("reset"));
    }

    // ---- bulkhead

    @Test
    void aFullBulkheadRefusesAndSaysNothingToTheCircuit() throws Exception {
        Bulkhead bulkhead = Bulkhead.of("reports", 1, Duration.ZERO);
        CircuitBreaker circuit = CircuitBreaker.builder().failureThreshold(1).build();
        var call = Decorators.of(() -> "report").withBulkhead(bulkhead).withCircuitBreaker(circuit);
        bulkhead.acquire();
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        BulkheadFullException.class,
                        full -> assertThat(full.bulkhead()).isEqualTo("reports"));
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        bulkhead.release();
        assertThat(call.call()).isEqualTo("report");
        assertThat(bulkhead).hasToString("Bulkhead[reports, 0 of 1 calls under way]");
    }

    @Test
    void aTurnIsGivenBackHoweverTheCallEnds() {
        Bulkhead bulkhead = Bulkhead.of("reports", 1, Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> Decorators.of(() -> {
                                throw new IOException("broken");
                            })
                            .withBulkhead(bulkhead)
                            .call())
                    .isInstanceOf(IOException.class);
            var running = Decorators.ofStage(CompletableFuture<String>::new)
                    .withBulkhead(bulkhead)
                    .start();
            assertThat(bulkhead.tryAcquire()).isFalse();
            running.cancel(false); // on this thread, as is the giving back
            assertThat(bulkhead.tryAcquire()).isTrue();
            bulkhead.release();
        }
    }

    @Test
    void aStageDoesNotWaitForItsTurn() {
        Bulkhead bulkhead = Bulkhead.of("reports", 1, Duration.ofDays(1));
        bulkhead.acquire();
        var refused = Decorators.ofStage(() -> CompletableFuture.completedFuture("report"))
                .withBulkhead(bulkhead)
                .start();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(BulkheadFullException.class);
    }

    @Test
    void bulkheadOptionsAreChecked() {
        assertThatThrownBy(() -> Bulkhead.of("b", 0, Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("maxConcurrentCalls must be >= 1, was 0");
        assertThatThrownBy(() -> Bulkhead.of("b", 1, Duration.ofMillis(-1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("maxWaitDuration must be >= 0, was PT-0.001S");
    }

    // ---- fallback

    @Test
    void theFallbackAnswersOnceAllElseHasFailed() throws Exception {
        var policy = RetryPolicy.exponential()
                .base(Duration.ofMillis(1))
                .maxRetries(2)
                .build();
        assertThat(Decorators.<String>of(() -> {
                            calls.incrementAndGet();
                            throw failed();
                        })
                        .withRetry(policy, Effect.READ_ONLY)
                        .withFallback(error -> "instead of " + error.getClass().getSimpleName())
                        .call())
                .isEqualTo("instead of RetriesExhaustedException");
        assertThat(calls).hasValue(3);
    }

    @Test
    void theFallbackAnswersForAnOpenCircuitAndOnlyForWhatPasses() throws Exception {
        CircuitBreaker circuit = CircuitBreaker.builder().build();
        circuit.forceOpen();
        var call = Decorators.of(() -> "answer").withCircuitBreaker(circuit);
        assertThat(call.withFallback(error -> "cached").call()).isEqualTo("cached");
        assertThatThrownBy(() -> call.withFallback(error -> error instanceof IOException, error -> "cached")
                        .call())
                .isInstanceOf(CircuitOpenException.class);
        var stage = Decorators.ofStage(() -> CompletableFuture.completedFuture("answer"))
                .withCircuitBreaker(circuit);
        assertThat(stage.withFallback(error -> "cached").start().join()).isEqualTo("cached");
        assertThatThrownBy(() -> stage.withFallback(error -> false, error -> "cached")
                        .start()
                        .join())
                .hasCauseInstanceOf(CircuitOpenException.class);
        assertThatThrownBy(() -> stage.withFallback(error -> {
                            throw new IllegalStateException("broken fallback");
                        })
                        .start()
                        .join())
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    // ---- the deadline is inherited

    @Test
    void theCallRunsWithinItsDeadlineAndThatOfWhoeverCallsIt() throws Exception {
        assertThat(Decorators.of(() -> Deadline.current().remaining())
                        .withDeadline(Duration.ofSeconds(9))
                        .call())
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
        Deadline outer = Deadline.after(Duration.ofSeconds(3));
        assertThat(outer.call(() -> Decorators.of(Deadline::current)
                        .withDeadline(Duration.ofSeconds(9))
                        .call()))
                .isSameAs(outer);
        assertThat(Deadline.current().isLimited()).isFalse();
    }

    // ---- hedging

    @Test
    void aFastCallIsMadeOnce() {
        Hedge hedge = Hedge.after(Duration.ofDays(1));
        assertThat(Decorators.ofStage(() -> CompletableFuture.completedFuture(calls.incrementAndGet()))
                        .withHedge(hedge)
                        .start()
                        .join())
                .isEqualTo(1);
        assertThat(hedge.hedged()).isZero();
    }

    @Test
    void aSlowCallIsMadeTwiceAndTheFirstAnswerCounts() throws Exception {
        Hedge hedge = Hedge.after(Duration.ofMillis(1));
        var attempts = new ArrayDeque<CompletableFuture<String>>();
        var first = new CompletableFuture<String>();
        var second = CompletableFuture.completedFuture("second");
        attempts.add(first);
        attempts.add(second);
        assertThat(Decorators.ofStage(attempts::poll).withHedge(hedge).start().get(20, TimeUnit.SECONDS))
                .isEqualTo("second");
        assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS))
                .as("the slower one is given up")
                .isInstanceOf(CancellationException.class);
        assertThat(hedge.hedged()).isEqualTo(1);
        assertThat(hedge.won()).isEqualTo(1);
    }

    @Test
    void aFailedAttemptWaitsForTheOtherAndTheLastFailureIsTheCalls() {
        Hedge hedge = Hedge.after(Duration.ofMillis(1));
        var first = new CompletableFuture<String>();
        var attempts = new ArrayDeque<CompletableFuture<String>>();
        attempts.add(first);
        attempts.add(CompletableFuture.failedFuture(new IOException("second")));
        var running = Decorators.ofStage(attempts::poll).withHedge(hedge).start();
        while (hedge.hedged() == 0) {
            Thread.onSpinWait();
        }
        first.complete("first");
        assertThat(running.join()).isEqualTo("first");
        var failing = Decorators.ofStage(() -> CompletableFuture.<String>failedFuture(new IOException("at once")))
                .withHedge(hedge)
                .start();
        assertThatThrownBy(failing::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aSecondAttemptThatComesToNothingAfterTheFirstHasFailedEndsTheCall() {
        var first = new CompletableFuture<String>();
        CompletableFuture<String> running = HedgedCall.start(
                Hedge.after(Duration.ofMillis(1)),
                () -> first,
                () -> {
                    first.completeExceptionally(new IOException("first"));
                    return Optional.empty();
                },
                (task, nanos) -> {
                    task.run();
                    return new CompletableFuture<>();
                });
        assertThat(running)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void aSecondAttemptThatCannotBeBegunLeavesTheCallToTheFirst() {
        var first = new CompletableFuture<String>();
        CompletableFuture<String> running = HedgedCall.start(
                Hedge.after(Duration.ofMillis(1)),
                () -> first,
                () -> {
                    throw new IllegalStateException("refused");
                },
                (task, nanos) -> {
                    task.run();
                    return new CompletableFuture<>();
                });
        first.completeExceptionally(new IOException("first"));
        assertThat(running)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class);
    }
}
