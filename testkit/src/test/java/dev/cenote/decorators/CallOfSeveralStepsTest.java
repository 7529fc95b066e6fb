package dev.cenote.decorators;

import static dev.cenote.testkit.fakes.FakeOperations.operation;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.decorators.annotations.DecoratedProxy;
import dev.cenote.decorators.annotations.Retry;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakePool;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies round a call that asks pools for several things: that the last never ran makes the first safe no more. */
class CallOfSeveralStepsTest extends ResilientFixture {
    /** Without a policy of its own. */
    private final FakePool pool = pool(options -> options.maxSize(2));

    private final AtomicInteger written = new AtomicInteger();

    @AfterEach
    void thePoolIsWhole() {
        assertAtRest(pool);
        pool.close();
    }

    private Operation<FakeConnection, Integer> write() {
        return operation(
                "write", Effect.NON_IDEMPOTENT, Integer.class, (connection, deadline) -> written.incrementAndGet());
    }

    /** Fails so at first. */
    private Operation<FakeConnection, Integer> failingOnce(CallFate fate) {
        return operation("failing", Effect.NON_IDEMPOTENT, Integer.class, (connection, deadline) -> {
            if (runs.incrementAndGet() == 1) {
                throw new OperationFailedException("failing", new Verdict(ConnectionFate.KEEP, fate), null);
            }
            return runs.get();
        });
    }

    private <T> void assertMadeOnce(Callable<T> call) {
        runs.set(0);
        written.set(0);
        assertThatThrownBy(() -> Decorators.of(call).withRetry(retry).call())
                .isInstanceOf(OperationFailedException.class);
        assertThat(written).hasValueLessThanOrEqualTo(1);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aStepThatHasWrittenIsNotRunAgainBecauseTheNextNeverRan() {
        assertMadeOnce(() -> {
            pool.execute(write());
            return pool.execute(failingOnce(CallFate.NOT_EXECUTED));
        });
        assertMadeOnce(() -> {
            try (var lease = pool.acquire()) {
                lease.execute(write());
                return lease.execute(failingOnce(CallFate.ROLLED_BACK));
            }
        });
        assertMadeOnce(() -> {
            pool.transaction(TransactionOptions.defaults(), tx -> tx.execute(write()));
            return pool.execute(failingOnce(CallFate.NOT_EXECUTED));
        });
        assertMadeOnce(() -> {
            pool.executeAsync(write()).get();
            return pool.execute(failingOnce(CallFate.NOT_EXECUTED));
        });
    }

    @Test
    void aStepThatMayHaveWrittenIsNotEither() {
        var maybe = operation("maybe", Effect.NON_IDEMPOTENT, Integer.class, (connection, deadline) -> {
            throw new OperationFailedException("maybe", new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN), null);
        });
        assertMadeOnce(() -> {
            try {
                pool.execute(maybe);
            } catch (OperationFailedException overlooked) {
                // of no interest to this caller
            }
            return pool.execute(failingOnce(CallFate.NOT_EXECUTED));
        });
    }

    @Test
    void aPolicyThatIsUsedAloneKnowsItToo() {
        assertThatThrownBy(() -> retry.call(
                        () -> {
                            pool.execute(write());
                            return pool.execute(failingOnce(CallFate.NOT_EXECUTED));
                        },
                        Effect.NON_IDEMPOTENT))
                .isInstanceOf(OperationFailedException.class);
        assertThat(written).hasValue(1);
    }

    @Test
    void whatHasWrittenNothingIsRunAgain() throws Exception {
        assertThat(Decorators.of(() -> {
                            pool.execute(whoAmI());
                            return pool.execute(failingOnce(CallFate.NOT_EXECUTED));
                        })
                        .withRetry(retry)
                        .call())
                .isEqualTo(2);
        runs.set(0);
        assertThat(Decorators.of(() ->
                                pool.<Integer, RuntimeException>transaction(TransactionOptions.defaults(), tx -> {
                                    tx.execute(write());
                                    return tx.execute(failingOnce(CallFate.ROLLED_BACK));
                                }))
                        .withRetry(retry)
                        .call())
                .as("the first was rolled back")
                .isEqualTo(2);
    }

    @Test
    void whatMayBeWrittenTwiceIsRunAgain() throws Exception {
        assertThat(Decorators.of(() -> {
                            pool.execute(write());
                            return pool.execute(failingOnce(CallFate.NOT_EXECUTED));
                        })
                        .withRetry(retry, Effect.IDEMPOTENT)
                        .call())
                .isEqualTo(2);
        assertThat(written).hasValue(2);
    }

    @Test
    void aCallWithinACallTellsTheOneRoundIt() {
        assertMadeOnce(() -> {
            Decorators.of(() -> pool.execute(write())).withRetry(retry).call();
            return pool.execute(failingOnce(CallFate.NOT_EXECUTED));
        });
    }

    @Test
    void aStageThatHasWrittenInItsFirstStepIsNotStartedAgain() {
        CompletableFuture<Integer> running = Decorators.ofStage(() -> pool.executeAsync(write())
                        .thenCompose(done -> pool.executeAsync(failingOnce(CallFate.NOT_EXECUTED))))
                .withRetry(retry)
                .start();
        assertThat(running).failsWithin(Duration.ofSeconds(30));
        assertThat(written).hasValue(1);
        runs.set(0);
        CompletableFuture<Integer> afterTransaction = Decorators.ofStage(
                        () -> pool.transactionAsync(TransactionOptions.defaults(), tx -> tx.executeAsync(write()))
                                .thenCompose(done -> pool.executeAsync(failingOnce(CallFate.NOT_EXECUTED))))
                .withRetry(retry)
                .start();
        assertThat(afterTransaction).failsWithin(Duration.ofSeconds(30));
        assertThat(written).hasValue(2);
    }

    @Test
    void aStageIsToldItsDeadlineAndWhatItBeginsInheritsIt() throws Exception {
        Deadline told = get(Decorators.ofStage(deadline -> {
                    assertThat(Deadline.current()).isSameAs(deadline);
                    return CompletableFuture.completedFuture(deadline);
                })
                .withDeadline(Duration.ofSeconds(9))
                .start());
        assertThat(told.remaining()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
        assertThat(Deadline.current().isLimited()).isFalse();
    }

    @Test
    void nothingIsBegunAfterTheDeadline() {
        Deadline.after(Duration.ZERO).run(() -> {
            assertThatThrownBy(() -> Decorators.of(runs::incrementAndGet).call())
                    .hasMessageContaining("call");
            assertThat(Decorators.ofStage(() -> CompletableFuture.completedFuture(runs.incrementAndGet()))
                            .start())
                    .isCompletedExceptionally();
        });
        assertThat(runs).hasValue(0);
    }

    @Retry(name = "db")
    interface Orders {
        int place();

        CompletionStage<Integer> placeLater();
    }

    @Test
    void aMethodOfSeveralStepsIsNotCalledAgainOnceItHasWritten() {
        var orders = DecoratedProxy.of(Orders.class, new Orders() {
                    @Override
                    public int place() {
                        pool.execute(write());
                        return pool.execute(failingOnce(CallFate.NOT_EXECUTED));
                    }

                    @Override
                    public CompletionStage<Integer> placeLater() {
                        return pool.executeAsync(write())
                                .thenCompose(done -> pool.executeAsync(failingOnce(CallFate.NOT_EXECUTED)));
                    }
                })
                .retry("db", retry)
                .build();
        assertThatThrownBy(orders::place).isInstanceOf(OperationFailedException.class);
        assertThat(written).hasValue(1);
        runs.set(0);
        assertThat(orders.placeLater().toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        assertThat(written).hasValue(2);
    }
}
