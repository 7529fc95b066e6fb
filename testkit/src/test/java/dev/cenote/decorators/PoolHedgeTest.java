package dev.cenote.decorators;

import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeOperations;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PoolHedgeTest extends ResilientFixture {
    private static final Duration DELAY = Duration.ofMillis(50);

    private final Hedge hedge = Hedge.after(DELAY);
    private final CountDownLatch answered = new CountDownLatch(1);

    /** Whose first run hangs until the test lets it answer. */
    private Operation<FakeConnection, Long> hangingOnce(Effect effect) {
        return FakeOperations.operation("hanging", effect, Long.class, (connection, deadline) -> {
            if (runs.incrementAndGet() == 1) {
                answered.await();
            }
            return connection.number();
        });
    }

    @Test
    void aSlowReadIsMadeASecondTimeOnAnIdleConnection() throws Exception {
        try (var pool = pool(options -> options.hedge(hedge).minSize(2).maxSize(2))) {
            until(pool, "two are idle", stats -> stats.idle() == 2);
            CompletableFuture<Long> running = pool.executeAsync(hangingOnce(Effect.READ_ONLY));
            until(pool, "the first attempt runs", stats -> runs.get() == 1);
            scheduler.advance(DELAY);
            get(running);
            until(pool, "the second attempt has won", stats -> hedge.won() == 1);
            answered.countDown();
            assertAtRest(pool);
        }
    }

    @Test
    void neverIntoAPoolThatHasNothingIdle() throws Exception {
        try (var pool = pool(options -> options.hedge(hedge).maxSize(2))) {
            Lease<FakeConnection> other = pool.acquire();
            CompletableFuture<Long> running = pool.executeAsync(hangingOnce(Effect.READ_ONLY));
            until(pool, "the first attempt runs", stats -> runs.get() == 1);
            scheduler.advance(DELAY.multipliedBy(4));
            assertThat(hedge.hedged()).isZero();
            answered.countDown();
            get(running);
            assertThat(runs).hasValue(1);
            other.close();
            assertAtRest(pool);
        }
    }

    @Test
    void whatWritesIsNeverHedged() throws Exception {
        try (var pool = pool(options -> options.hedge(hedge).minSize(2).maxSize(2))) {
            until(pool, "two are idle", stats -> stats.idle() == 2);
            CompletableFuture<Long> running = pool.executeAsync(hangingOnce(Effect.IDEMPOTENT));
            until(pool, "the first attempt runs", stats -> runs.get() == 1);
            scheduler.advance(DELAY.multipliedBy(4));
            assertThat(hedge.hedged()).isZero();
            answered.countDown();
            get(running);
            assertAtRest(pool);
        }
    }
}
