package dev.cenote.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.fakes.FakeOperations;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PoolRetryTest extends ResilientFixture {
    @Test
    void aReadIsTriedAgainOnAnotherConnectionAfterItsOwnBroke() {
        try (var pool = pool(options -> options.retry(retry))) {
            assertThat(pool.execute(breaking(1, Effect.READ_ONLY))).isEqualTo(2);
            assertThat(pool.attempts()).isEqualTo(2);
            assertThat(pool.retries()).isEqualTo(1);
            Consistency.until(pool, "the broken one is closed", stats -> stats.closed(CloseReason.ERROR) == 1);
            assertAtRest(pool);
        }
    }

    @Test
    void aWriteOfUnknownFateIsNotTriedAgain() {
        try (var pool = pool(options -> options.retry(retry))) {
            assertThatThrownBy(() -> pool.execute(breaking(1, Effect.NON_IDEMPOTENT)))
                    .isInstanceOf(OperationFailedException.class);
            assertThat(runs).hasValue(1);
            assertThat(pool.retries()).isZero();
            assertAtRest(pool);
        }
    }

    @Test
    void aWriteThatItsCallerDeclaredIdempotentIs() {
        try (var pool = pool(options -> options.retry(retry))) {
            assertThat(pool.execute(breaking(1, Effect.NON_IDEMPOTENT).idempotent()))
                    .isEqualTo(2);
        }
    }

    @Test
    void withoutAPolicyThereIsOneAttempt() {
        try (var pool = pool(options -> options)) {
            assertThatThrownBy(() -> pool.execute(breaking(1, Effect.READ_ONLY)))
                    .isInstanceOf(OperationFailedException.class);
            assertThat(pool.attempts()).isEqualTo(1);
            assertThat(pool.circuit()).isEmpty();
        }
    }

    @Test
    void allAttemptsAreRecorded() {
        try (var pool = pool(options -> options.retry(retry))) {
            assertThatThrownBy(() -> pool.execute(breaking(9, Effect.READ_ONLY)))
                    .isInstanceOfSatisfying(
                            RetriesExhaustedException.class,
                            exhausted -> assertThat(exhausted.attempts()).hasSize(4))
                    .hasMessageStartingWith("breaking failed after 4 attempts");
            assertAtRest(pool);
        }
    }

    @Test
    void theCallTimeoutEndsTheRetries() {
        RetryPolicy slow = RetryPolicy.exponential()
                .base(Duration.ofMillis(100))
                .jitter(0)
                .multiplier(1)
                .maxRetries(50)
                .onRetry(event -> clock.advance(event.delay()))
                .build();
        try (var pool = pool(options -> options.retry(slow).callTimeout(Duration.ofMillis(250)))) {
            assertThatThrownBy(() -> pool.execute(breaking(99, Effect.READ_ONLY)))
                    .isInstanceOf(RetriesExhaustedException.class);
            assertThat(runs).hasValue(3);
            Deadline longer = Deadline.after(Duration.ofMillis(450), clock);
            assertThatThrownBy(() -> pool.execute(breaking(99, Effect.READ_ONLY), longer))
                    .isInstanceOf(RetriesExhaustedException.class);
            assertThat(runs).as("the caller's own deadline").hasValue(8);
        }
    }

    @Test
    void anExhaustedPoolIsNotAskedAgain() {
        try (var pool = pool(options -> options.retry(retry).maxSize(1).acquireTimeout(Duration.ofSeconds(1)))) {
            try (var held = pool.acquire()) {
                CompletableFuture<Integer> waiting = pool.executeAsync(breaking(0, Effect.READ_ONLY));
                scheduler.advance(Duration.ofSeconds(2));
                assertThatThrownBy(() -> get(waiting)).hasCauseInstanceOf(AcquireTimeoutException.class);
                assertThat(pool.attempts()).isEqualTo(1);
                assertThat(held.isClosed()).isFalse();
            }
            assertAtRest(pool);
        }
    }

    @Test
    void futuresAreRetriedOnTheScheduler() throws Exception {
        try (var pool = pool(options -> options.retry(retry))) {
            CompletableFuture<Integer> result = pool.executeAsync(breaking(2, Effect.READ_ONLY));
            Consistency.until(pool, "it is retried", stats -> {
                scheduler.advance(Duration.ofMillis(1));
                return result.isDone();
            });
            assertThat(get(result)).isEqualTo(3);
            assertThat(pool.retries()).isEqualTo(2);
            assertAtRest(pool);
        }
    }

    @Test
    void cancellingDuringTheBackoffGivesTheCallUp() {
        RetryPolicy slow =
                RetryPolicy.exponential().base(Duration.ofSeconds(3)).jitter(0).build();
        try (var pool = pool(options -> options.retry(slow))) {
            CompletableFuture<Integer> result = pool.executeAsync(breaking(9, Effect.READ_ONLY));
            Consistency.until(pool, "it has failed once", stats -> runs.get() == 1 && stats.leased() == 0);
            result.cancel(false);
            scheduler.advance(Duration.ofSeconds(4));
            assertAtRest(pool);
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void cancellingWhileItRunsEvictsTheConnectionAndTriesNoOther() throws Exception {
        database.silent(true);
        var begun = new CountDownLatch(1);
        try (var pool = pool(options -> options.retry(retry))) {
            var result = pool.executeAsync(
                    FakeOperations.operation("silent", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                        begun.countDown();
                        return FakeOperations.whoAmI().execute(connection, deadline);
                    }));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            result.cancel(false);
            Consistency.until(pool, "its connection is closed", stats -> stats.closed(CloseReason.ERROR) == 1);
            database.silent(false);
            assertThat(pool.attempts()).isEqualTo(1);
            assertAtRest(pool);
        }
    }
}
