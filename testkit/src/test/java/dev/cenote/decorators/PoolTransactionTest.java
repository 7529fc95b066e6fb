package dev.cenote.decorators;

import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.operation;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TransactionContext;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Nesting;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.NestedUseException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakePool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolTransactionTest extends ResilientFixture {
    private static final TransactionOptions DEFAULTS = TransactionOptions.defaults();

    private final FakePool pool = pool(options -> options.retry(retry).maxSize(2));

    @AfterEach
    void thePoolIsWhole() {
        assertAtRest(pool);
        pool.close();
    }

    private Operation<FakeConnection, Integer> failing(int times, CallFate fate) {
        return operation("failing", Effect.NON_IDEMPOTENT, Integer.class, (connection, deadline) -> {
            if (runs.incrementAndGet() <= times) {
                throw new OperationFailedException("failing", new Verdict(ConnectionFate.KEEP, fate), null);
            }
            return runs.get();
        });
    }

    @Test
    void aBodyThatEndsWellIsCommittedAndItsResultGiven() {
        long id = pool.transaction(DEFAULTS, tx -> tx.execute(whoAmI()));
        assertThat(id).isEqualTo(1);
        assertThat(database.transactions()).containsExactly("begin", "commit");
    }

    @Test
    void aBodyThatThrowsIsRolledBackAndWhatItThrewFlowsOutUnchanged() {
        assertThatThrownBy(() -> pool.transaction(DEFAULTS, tx -> {
                    tx.execute(whoAmI());
                    throw new IOException("of the caller's own");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("of the caller's own");
        assertThat(database.transactions()).containsExactly("begin", "rollback");
    }

    @Test
    void theWholeBodyRunsAgainWhereTheDatabaseHasRolledItBack() {
        int result = pool.transaction(DEFAULTS, tx -> {
            tx.execute(whoAmI());
            return tx.execute(failing(2, CallFate.ROLLED_BACK));
        });
        assertThat(result).isEqualTo(3);
        assertThat(database.transactions())
                .containsExactly("begin", "rollback", "begin", "rollback", "begin", "commit");
        assertThat(pool.attempts()).isEqualTo(3);
        assertThat(pool.retries()).isEqualTo(2);
    }

    @Test
    void whatMayHaveRunOrCannotSucceedIsNotRunAgain() {
        for (CallFate fate : List.of(CallFate.UNKNOWN, CallFate.PERMANENT)) {
            runs.set(0);
            assertThatThrownBy(() -> pool.transaction(DEFAULTS, tx -> tx.execute(failing(1, fate))))
                    .isInstanceOf(OperationFailedException.class);
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void aCommitOfUnknownFateIsItsOwnErrorAndNeverRunAgain() {
        assertThatThrownBy(() -> pool.transaction(DEFAULTS, tx -> {
                    runs.incrementAndGet();
                    tx.execute(whoAmI());
                    database.crash();
                    return null;
                }))
                .isInstanceOf(CommitUnknownException.class)
                .hasMessageStartingWith("commit may or may not have taken effect");
        assertThat(runs).hasValue(1);
        database.failConnects(null);
    }

    @Test
    void everyAttemptFailedIsToldWithAllOfThem() {
        assertThatThrownBy(() -> pool.transaction(DEFAULTS, tx -> tx.execute(failing(99, CallFate.ROLLED_BACK))))
                .isInstanceOfSatisfying(
                        RetriesExhaustedException.class,
                        exhausted -> assertThat(exhausted.attempts()).hasSize(4));
    }

    @Test
    void theDeadlineIsOneForAllAttempts() {
        var options = DEFAULTS.withTimeout(Duration.ofSeconds(10));
        assertThatThrownBy(() -> pool.transaction(options, tx -> {
                    assertThat(Deadline.current()).as("inherited").isSameAs(tx.deadline());
                    assertThat(tx.deadline().remaining()).isLessThanOrEqualTo(Duration.ofSeconds(10));
                    clock.advance(Duration.ofSeconds(6));
                    return tx.execute(failing(99, CallFate.ROLLED_BACK));
                }))
                .isInstanceOf(RetriesExhaustedException.class)
                .hasMessageContaining("2 attempts");
        assertThat(Deadline.current().isLimited()).isFalse();
    }

    @Test
    void rollbackOnlyRollsBackAndGivesTheResult() {
        assertThat(pool.<String, RuntimeException>transaction(DEFAULTS, tx -> {
                    tx.setRollbackOnly();
                    return "seen";
                }))
                .isEqualTo("seen");
        assertThat(database.transactions()).containsExactly("begin", "rollback");
    }

    @Test
    void nestedUsesOfThePoolAreRefusedWithAClearError() {
        pool.transaction(DEFAULTS, tx -> {
            assertThatThrownBy(() -> pool.execute(whoAmI()))
                    .isInstanceOf(NestedUseException.class)
                    .hasMessage(
                            "pool fake: execute within a transaction of the same pool on the same thread was refused:"
                                    + " use the transaction's own methods, or set TransactionOptions.withNesting");
            assertThatThrownBy(pool::acquire).isInstanceOf(NestedUseException.class);
            assertThatThrownBy(() -> get(pool.acquireAsync())).isInstanceOf(NestedUseException.class);
            assertThatThrownBy(() -> get(pool.executeAsync(whoAmI()))).hasCauseInstanceOf(NestedUseException.class);
            assertThatThrownBy(() -> pool.transaction(DEFAULTS, inner -> null)).isInstanceOf(NestedUseException.class);
            return null;
        });
        pool.execute(whoAmI());
        assertThat(database.transactions()).containsExactly("begin", "commit");
    }

    @Test
    void nestedUsesAreJoinedWhenAskedFor() {
        pool.transaction(DEFAULTS.withNesting(Nesting.JOINED), tx -> {
            long outer = tx.execute(whoAmI());
            assertThat(pool.execute(whoAmI())).isEqualTo(outer);
            assertThat(pool.<Long, RuntimeException>transaction(DEFAULTS, inner -> inner.execute(whoAmI())))
                    .isEqualTo(outer);
            assertThatThrownBy(pool::acquire).isInstanceOf(NestedUseException.class);
            return null;
        });
        pool.transaction(
                DEFAULTS,
                tx -> pool.transaction(DEFAULTS.withNesting(Nesting.JOINED), inner -> inner.execute(whoAmI())));
        assertThat(database.transactions()).containsExactly("begin", "commit", "begin", "commit");
        assertThat(database.opened()).isEqualTo(1);
    }

    @Test
    void nestedUsesAreSeparateWhenAskedFor() {
        pool.transaction(DEFAULTS.withNesting(Nesting.SEPARATE), tx -> {
            long outer = tx.execute(whoAmI());
            assertThat(pool.execute(whoAmI())).isNotEqualTo(outer);
            return null;
        });
    }

    @Test
    void otherThreadsUseThePoolMeanwhile() {
        pool.transaction(DEFAULTS, tx -> {
            assertThat(CompletableFuture.supplyAsync(() -> pool.execute(whoAmI()))
                            .join())
                    .isEqualTo(2);
            return null;
        });
    }

    @Test
    void aContextIsOfNoUseAfterTheEnd() {
        var kept = new ArrayList<TransactionContext<FakeConnection>>();
        pool.transaction(DEFAULTS, kept::add);
        assertThatThrownBy(() -> kept.get(0).execute(whoAmI()))
                .isInstanceOf(TransactionException.class)
                .hasMessage("the transaction has ended");
    }

    @Test
    void asyncBodiesAreCommittedRolledBackAndRunAgain() throws Exception {
        CompletableFuture<Integer> running = pool.transactionAsync(
                DEFAULTS,
                tx -> tx.executeAsync(whoAmI()).thenCompose(id -> tx.executeAsync(failing(1, CallFate.ROLLED_BACK))));
        until(pool, "it has ended, its backoff over", stats -> {
            scheduler.advance(Duration.ofMillis(1));
            return running.isDone();
        });
        int result = get(running);
        assertThat(result).isEqualTo(2);
        assertThat(database.transactions()).containsExactly("begin", "rollback", "begin", "commit");
        assertThatThrownBy(() -> get(pool.transactionAsync(
                        DEFAULTS, tx -> CompletableFuture.failedFuture(new IOException("of the caller's own")))))
                .hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(pool.transactionAsync(DEFAULTS, tx -> {
                    throw new IllegalStateException("before any stage");
                })))
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCancelledAsyncTransactionLeaksNothing() throws Exception {
        var begun = new CountDownLatch(1);
        CompletableFuture<Object> running = pool.transactionAsync(DEFAULTS, tx -> {
            begun.countDown();
            return new CompletableFuture<>();
        });
        begun.await();
        running.cancel(false);
        until(pool, "nothing is leased", stats -> stats.leased() == 0);
        assertThat(database.transactions()).doesNotContain("commit");
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> DEFAULTS.withTimeout(Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("timeout must be > 0, was PT0S");
    }
}
