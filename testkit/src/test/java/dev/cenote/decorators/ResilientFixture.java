package dev.cenote.decorators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakeOperations;
import dev.cenote.testkit.fakes.FakePool;
import dev.cenote.testkit.fakes.ManualClock;
import dev.cenote.testkit.fakes.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Pools with policies, whose time a test turns. A retry turns it by its own backoff. */
abstract class ResilientFixture {
    static final Duration RESET = Duration.ofSeconds(5);

    final FakeDatabase database = new FakeDatabase();
    final ManualClock clock = new ManualClock();
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final AtomicInteger runs = new AtomicInteger();

    final RetryPolicy retry = RetryPolicy.exponential()
            .base(Duration.ofMillis(1))
            .onRetry(event -> clock.advance(event.delay()))
            .build();

    CircuitBreaker circuit(int threshold) {
        return CircuitBreaker.builder()
                .name("db")
                .clock(clock)
                .failureThreshold(threshold)
                .resetTimeout(RESET)
                .build();
    }

    FakePool pool(UnaryOperator<FakePool.Builder> options) {
        return options.apply(FakePool.builder(database)
                        .name("fake")
                        .runtime(PoolRuntime.system()
                                .withClock(clock)
                                .withScheduler(scheduler)
                                .withRandom(new Random(42))))
                .build();
    }

    /** Breaks its connection so often, then answers. */
    Operation<FakeConnection, Integer> breaking(int times, Effect effect) {
        return FakeOperations.operation("breaking", effect, Integer.class, (connection, deadline) -> {
            if (runs.incrementAndGet() <= times) {
                throw new IOException("connection reset");
            }
            return runs.get();
        });
    }

    /** Is refused by a server that is well. */
    static Operation<FakeConnection, Integer> mistaken() {
        return FakeOperations.operation("mistaken", Effect.READ_ONLY, Integer.class, (connection, deadline) -> {
            throw new IllegalArgumentException("no such table");
        });
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Opens the circuit and lets its reset time-out pass: the next call is the probe. */
    void makeHalfOpen(CircuitBreaker circuit) {
        while (circuit.opened() == 0) {
            circuit.recordFailure(new IOException("refused"));
        }
        scheduler.advance(RESET);
    }

    void assertAtRest(FakePool pool) {
        Consistency.assertAtRest(pool);
    }

    @AfterEach
    void nothingForbiddenHappened() {
        database.silent(false);
        database.hangConnects(false);
        assertThat(database.faults()).isEmpty();
    }
}
