package dev.cenote.resilience4j;

import static dev.cenote.testkit.fakes.FakeOperations.operation;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.decorators.Decorators;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.BulkheadFullException;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import dev.cenote.retry.RetriedCall;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user's instances of resilience4j round a pool and round calls. */
class Resilience4jTest {
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "db",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(4)
                    .minimumNumberOfCalls(4)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .waitDurationInOpenState(Duration.ofMinutes(1))
                    .build());
    private final Retry retry = Retry.of(
            "db",
            RetryConfig.custom()
                    .maxAttempts(4)
                    .waitDuration(Duration.ofMillis(2))
                    .build());
    private final AtomicInteger runs = new AtomicInteger();
    private final FakeDatabase database = new FakeDatabase();
    private final FakePool pool = FakePool.builder(database)
            .maxSize(2)
            .retry(Resilience4j.retry(retry))
            .circuitBreaker(Resilience4j.circuit(breaker))
            .build();

    @AfterEach
    void thePoolIsWhole() {
        breaker.reset();
        Consistency.assertAtRest(pool);
        pool.close();
    }

    private Operation<FakeConnection, Integer> breaking(int times, Effect effect) {
        return operation("breaking", effect, Integer.class, (connection, deadline) -> {
            if (runs.incrementAndGet() <= times) {
                throw new IOException("connection reset");
            }
            return runs.get();
        });
    }

    @Test
    void theUsersRetryTriesReadsAgainAndCountsThem() throws Exception {
        assertThat(pool.execute(breaking(2, Effect.READ_ONLY))).isEqualTo(3);
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt())
                .isEqualTo(1);
        breaker.reset();
        runs.set(0);
        assertThat(pool.executeAsync(breaking(1, Effect.READ_ONLY)).get(20, TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    @Test
    void aWriteThatMayHaveRunIsNotTriedAgainWhateverTheUsersRetrySays() throws Exception {
        assertThatThrownBy(() -> pool.execute(breaking(1, Effect.NON_IDEMPOTENT)))
                .isInstanceOf(OperationFailedException.class);
        assertThat(runs).hasValue(1);
        runs.set(0);
        assertThatThrownBy(() ->
                        pool.executeAsync(breaking(1, Effect.NON_IDEMPOTENT)).get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(OperationFailedException.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void theUsersBreakerOpensAndRefuses() {
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> pool.execute(breaking(99, Effect.NON_IDEMPOTENT)))
                    .isInstanceOf(OperationFailedException.class);
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThatThrownBy(() -> pool.execute(whoAmI()))
                .isInstanceOfSatisfying(
                        CircuitOpenException.class,
                        refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(1)))
                .hasMessageContaining("circuit db is open");
        assertThat(breaker.getMetrics().getNumberOfNotPermittedCalls()).isPositive();
        breaker.transitionToHalfOpenState();
        pool.execute(whoAmI());
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void anExhaustedPoolSaysNothingToTheUsersBreaker() {
        try (var exhausted = FakePool.builder(database)
                        .maxSize(1)
                        .circuitBreaker(Resilience4j.circuit(breaker))
                        .build();
                var held = exhausted.acquire()) {
            for (int i = 0; i < 8; i++) {
                assertThatThrownBy(() -> exhausted.execute(whoAmI(), Deadline.after(Duration.ofMillis(5))))
                        .isInstanceOf(PoolExhaustedException.class);
            }
            assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
            assertThat(held.isClosed()).isFalse();
        }
    }

    @Test
    void statesAreTranslated() {
        var circuit = Resilience4j.circuit(breaker);
        breaker.transitionToForcedOpenState();
        assertThat(circuit.state()).isEqualTo(CircuitState.FORCED_OPEN);
        assertThatThrownBy(circuit::acquire)
                .isInstanceOfSatisfying(
                        CircuitOpenException.class,
                        refusal -> assertThat(refusal.retryAfter()).isEmpty());
        breaker.transitionToDisabledState();
        assertThat(circuit.state()).isEqualTo(CircuitState.FORCED_CLOSED);
        breaker.transitionToMetricsOnlyState();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void theUsersBulkheadBoundsCalls() throws Exception {
        Bulkhead bulkhead = Bulkhead.of(
                "reports", BulkheadConfig.custom().maxConcurrentCalls(1).build());
        var call = Decorators.of(() -> "report").withBulkhead(Resilience4j.bulkhead(bulkhead));
        assertThat(bulkhead.tryAcquirePermission()).isTrue();
        assertThatThrownBy(call::call).isInstanceOf(BulkheadFullException.class);
        bulkhead.onComplete();
        assertThat(call.call()).isEqualTo("report");
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
    }

    @Test
    void theUsersOwnPredicateSeesTheErrorAndNotWhatFuturesWrapItIn() {
        var seen = new ArrayList<Throwable>();
        Retry asking = Retry.of(
                "asking",
                RetryConfig.custom()
                        .retryOnException(error -> {
                            seen.add(error);
                            return false;
                        })
                        .build());
        CompletableFuture<Integer> running = Resilience4j.retry(asking)
                .callAsync(
                        () -> pool.executeAsync(breaking(9, Effect.READ_ONLY)).thenApply(value -> value),
                        RetriedCall.of(Effect.READ_ONLY));
        assertThat(running)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(OperationFailedException.class);
        assertThat(seen).hasOnlyElementsOfType(OperationFailedException.class);
    }

    /** Each of these would else leave a future that never ends. */
    @Test
    void whateverBreaksOnTheWayEndsTheFuture() {
        Retry throwing = Retry.of(
                "throwing",
                RetryConfig.custom()
                        .retryOnException(error -> {
                            throw new IllegalStateException("predicate");
                        })
                        .build());
        assertThat(Resilience4j.retry(throwing)
                        .callAsync(
                                () -> pool.executeAsync(breaking(9, Effect.READ_ONLY)),
                                RetriedCall.of(Effect.READ_ONLY)))
                .failsWithin(Duration.ofSeconds(30));
        var gone = new ScheduledThreadPoolExecutor(1);
        gone.shutdownNow();
        assertThat(Resilience4j.retry(retry)
                        .with(TimeSource.system(), new Random(1), Optional.of(gone))
                        .callAsync(
                                () -> pool.executeAsync(breaking(9, Effect.READ_ONLY)),
                                RetriedCall.of(Effect.READ_ONLY)))
                .failsWithin(Duration.ofSeconds(30));
        assertThat(Resilience4j.retry(retry)
                        .callAsync(
                                () -> {
                                    throw new StackOverflowError("in the call");
                                },
                                RetriedCall.of(Effect.READ_ONLY)))
                .failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aStepThatHasWrittenIsNotRunAgainBecauseTheNextNeverRan() {
        var written = new AtomicInteger();
        var write = operation(
                "write", Effect.NON_IDEMPOTENT, Integer.class, (connection, deadline) -> written.incrementAndGet());
        assertThatThrownBy(() -> Decorators.of(() -> {
                            pool.execute(write);
                            throw new PoolClearedException("db", "was cleared");
                        })
                        .withRetry(Resilience4j.retry(retry))
                        .call())
                .isInstanceOf(PoolClearedException.class);
        assertThat(written).hasValue(1);
    }
}
