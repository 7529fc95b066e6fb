package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.makeDirty;
import static dev.cenote.testkit.fakes.FakeOperations.operation;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.testkit.fakes.FakeConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeaseEndTest extends EngineFixture {
    @Test
    void aChangedSessionIsRestoredBeforeTheNextHolder() {
        try (var engine = engine(options -> options.maxSize(1))) {
            try (var lease = engine.acquire()) {
                lease.execute(makeDirty());
            }
            try (var lease = engine.acquire()) {
                assertThat(lease.connectionId()).isEqualTo(1);
                assertThat(lease.unwrap(FakeConnection.class).isInTransaction()).isFalse();
            }
            assertThat(database.resets()).isEqualTo(2);
            assertAtRest(engine);
        }
    }

    @Test
    void aCleanSessionCostsNoReset() {
        try (var engine = engine(options -> options.maxSize(1))) {
            engine.execute(whoAmI());
            assertThat(database.resets()).isZero();
        }
    }

    @Test
    void aSessionThatCannotBeRestoredIsClosed() {
        try (var engine = engine(options -> options.maxSize(1))) {
            database.failResets(true);
            engine.execute(makeDirty());
            until(engine, "it is closed", stats -> stats.closed(CloseReason.RESET_FAILED) == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void aResetThatHangsIsAbortedAndFreesTheReleasingThread() throws Exception {
        try (var engine = engine(options -> options.maxSize(1).resetTimeout(Duration.ofSeconds(1)))) {
            var lease = engine.acquire();
            lease.execute(makeDirty());
            database.deaf(true);
            CompletableFuture<Void> releasing = CompletableFuture.runAsync(lease::close);
            until(engine, "it resets", stats -> database.resets() == 1);
            advance(Duration.ofSeconds(2));
            get(releasing);
            database.deaf(false);
            until(engine, "it is closed", stats -> stats.closed(CloseReason.RESET_FAILED) == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void anOperationOverdueIsAbortedThoughItsDriverIgnoresTheDeadline() throws Exception {
        try (var engine = engine(options -> options.maxSize(1).operationTimeout(Duration.ofSeconds(1)))) {
            var lease = engine.acquire();
            database.deaf(true);
            CompletableFuture<Long> running = CompletableFuture.supplyAsync(() -> lease.execute(whoAmI()));
            until(
                    engine,
                    "it runs",
                    stats -> engine.holders().get(0).lastOperation().isPresent());
            advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> get(running)).hasCauseInstanceOf(OperationTimeoutException.class);
            lease.close();
            database.deaf(false);
            until(engine, "it is closed", stats -> stats.closed(CloseReason.ERROR) == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void aLeaseThatEndsInTheMiddleOfAnOperationGivesNobodyItsBusyConnection() throws Exception {
        try (var engine = engine(options -> options.maxSize(1))) {
            var lease = engine.acquire();
            var begun = new CountDownLatch(1);
            var mayEnd = new CountDownLatch(1);
            CompletableFuture<Long> running = CompletableFuture.supplyAsync(
                    () -> lease.execute(operation("stubborn", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                        begun.countDown();
                        mayEnd.await();
                        return connection.number();
                    })));
            begun.await();
            lease.close();
            assertThat(engine.stats().leased()).isEqualTo(1);
            assertThat(engine.tryAcquire()).isEmpty();
            mayEnd.countDown();
            assertThatThrownBy(() -> get(running)).hasCauseInstanceOf(OperationFailedException.class);
            try (Lease<FakeConnection> next = engine.acquire()) {
                assertThat(next.connectionId()).isEqualTo(2);
            }
            assertAtRest(engine);
        }
    }

    @Test
    void twoOperationsAtOnceOnOneLeaseAreRefused() throws Exception {
        try (var engine = engine(options -> options.maxSize(1));
                var lease = engine.acquire()) {
            database.silent(true);
            CompletableFuture<Long> first = lease.executeAsync(whoAmI());
            assertThatThrownBy(() -> lease.execute(whoAmI()))
                    .isInstanceOf(LeaseClosedException.class)
                    .hasMessageContaining("is running another operation");
            database.silent(false);
            get(first);
        }
    }

    @Test
    void aConnectionWhoseErrorSaysEvictIsClosed() {
        try (var engine = engine(options -> options.maxSize(1))) {
            var broken = operation("broken", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                throw new IOException("broken pipe");
            });
            assertThatThrownBy(() -> engine.execute(broken))
                    .isInstanceOf(OperationFailedException.class)
                    .hasMessage("broken failed (UNKNOWN): broken pipe");
            until(engine, "it is closed", stats -> stats.closed(CloseReason.ERROR) == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void aLeaseWhoseConnectionIsBrokenSaysSoAndSendsNothing() {
        try (var engine = engine(options -> options.maxSize(1));
                var lease = engine.acquire()) {
            var broken = operation("broken", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                throw new IOException("broken pipe");
            });
            assertThatThrownBy(() -> lease.execute(broken)).isInstanceOf(OperationFailedException.class);
            assertThatThrownBy(() -> lease.execute(whoAmI()))
                    .isInstanceOf(dev.cenote.protocols.errors.StaleConnectionException.class)
                    .hasMessage("connection 1 is stale: an earlier error on this lease has broken it");
        }
    }

    @Test
    void aConnectionWhoseErrorSaysKeepIsKept() {
        try (var engine = engine(options -> options.maxSize(1))) {
            var wrong = operation("wrong", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                throw new IllegalArgumentException("syntax");
            });
            assertThatThrownBy(() -> engine.execute(wrong)).isInstanceOf(OperationFailedException.class);
            assertThat(engine.stats().idle()).isEqualTo(1);
            assertAtRest(engine);
        }
    }

    @Test
    void anErrorOfTheMachineClosesTheConnectionAndIsThrownAsItIs() {
        try (var engine = engine(options -> options.maxSize(1))) {
            var fatal = operation("fatal", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                throw new StackOverflowError();
            });
            assertThatThrownBy(() -> engine.execute(fatal)).isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> get(engine.executeAsync(fatal))).hasCauseInstanceOf(StackOverflowError.class);
            until(engine, "both are closed", stats -> stats.closed(CloseReason.ERROR) == 2);
            assertAtRest(engine);
        }
    }

    @Test
    void anOpenTransactionIsRolledBackOnReturn() {
        try (var engine = engine(options -> options.maxSize(1))) {
            Transaction transaction;
            try (var lease = engine.acquire()) {
                transaction = lease.begin(TransactionOptions.defaults());
                assertThatThrownBy(() -> lease.begin(TransactionOptions.defaults()))
                        .isInstanceOf(TransactionException.class)
                        .hasMessageContaining("open already");
            }
            assertThat(transaction.isOpen()).isFalse();
            assertThatThrownBy(transaction::commit).isInstanceOf(TransactionException.class);
            transaction.close();
            assertThat(database.resets()).isEqualTo(1);
            assertAtRest(engine);
        }
    }

    @Test
    void anAbortThatComesLateDoesNotHitTheNextOperation() throws Exception {
        try (var engine = engine(options -> options.maxSize(1));
                var lease = engine.acquire()) {
            lease.execute(whoAmI());
            Execution<?> first = ((LeaseHandle<FakeConnection>) lease).slot.execution;
            database.silent(true);
            CompletableFuture<Long> second = lease.executeAsync(whoAmI());
            first.abort();
            database.silent(false);
            assertThat(get(second)).isEqualTo(1);
            lease.execute(whoAmI());
        }
    }

    @Test
    void anErrorIsToldBeforeTheEndOfALifetime() {
        try (var engine = engine(options -> options.maxSize(1).maxLifetime(Duration.ofSeconds(10)))) {
            try (var lease = engine.acquire()) {
                advance(Duration.ofSeconds(11));
                var broken = operation("broken", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                    throw new IOException("broken pipe");
                });
                assertThatThrownBy(() -> lease.execute(broken)).isInstanceOf(OperationFailedException.class);
                assertThatThrownBy(() -> lease.execute(whoAmI()))
                        .isInstanceOf(dev.cenote.protocols.errors.StaleConnectionException.class);
            }
            until(engine, "it is closed", stats -> stats.closed(CloseReason.ERROR) == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void aConnectionThatIsNeverIdleIsReplacedAtTheEndOfItsLifetime() {
        try (var engine = engine(options -> options.maxSize(2).maxLifetime(Duration.ofSeconds(10)))) {
            try (var lease = engine.acquire()) {
                advance(Duration.ofSeconds(11));
                until(engine, "its replacement is open", stats -> stats.idle() == 1);
                lease.execute(whoAmI());
            }
            until(engine, "it is closed", stats -> stats.closed(CloseReason.EXPIRED) == 1);
            try (var next = engine.acquire()) {
                assertThat(next.connectionId()).isEqualTo(2);
            }
            assertAtRest(engine);
        }
    }

    @Test
    void drainEndsWhenTheLastLeaseIsInvalidated() throws Exception {
        var engine = engine(options -> options.maxSize(1));
        var lease = engine.acquire();
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> engine.drain(Duration.ofHours(1)));
        until(engine, "it refuses", stats -> stats.state() == dev.cenote.protocols.PoolState.CLOSED);
        lease.invalidate();
        assertThat(get(drained)).isTrue();
    }

    @Test
    void drainAbortsWhatIsHeldAtItsEnd() throws Exception {
        var engine = engine(options -> options.maxSize(2));
        var forgotten = engine.acquire();
        var busy = engine.acquire();
        database.deaf(true);
        CompletableFuture<Long> running = busy.executeAsync(whoAmI());
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> engine.drain(Duration.ofMillis(1)));
        until(engine, "it refuses", stats -> stats.state() == dev.cenote.protocols.PoolState.CLOSED);
        advance(Duration.ofSeconds(1));
        assertThat(get(drained)).isFalse();
        assertThatThrownBy(() -> get(running)).hasCauseInstanceOf(OperationFailedException.class);
        assertThat(database.open()).isZero();
        busy.close();
        forgotten.close();
        until(engine, "all is closed", stats -> stats.size() == 0);
        assertThat(engine.stats().acquired()).isEqualTo(engine.stats().released());
    }

    @Test
    void clearMayAbortWhatIsInUse() throws Exception {
        try (var engine = engine(options -> options.maxSize(1))) {
            var busy = engine.acquire();
            database.deaf(true);
            CompletableFuture<Long> running = busy.executeAsync(whoAmI());
            engine.clear(InUse.ABORTED);
            assertThatThrownBy(() -> get(running)).hasCauseInstanceOf(OperationFailedException.class);
            busy.close();
            database.deaf(false);
            until(engine, "it is closed", stats -> stats.closed(CloseReason.STALE) == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void timeoutsCanBeChangedWhileRunning() throws Exception {
        try (var engine = engine(options -> options.maxSize(1).acquireTimeout(Duration.ofHours(1)))) {
            var held = engine.acquire();
            engine.timeouts(engine.timeouts().withAcquire(Duration.ofSeconds(1)));
            var waiting = engine.acquireAsync();
            advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> get(waiting))
                    .hasCauseInstanceOf(dev.cenote.protocols.errors.PoolExhaustedException.class);
            held.close();
            assertAtRest(engine);
        }
    }

    @Test
    void aResetThatThrowsAnErrorLosesNoSlot() {
        try (var engine = engine(options -> options.maxSize(1))) {
            database.failResets(new LinkageError("driver is half there"));
            engine.execute(makeDirty());
            until(engine, "it is closed", stats -> stats.closed(CloseReason.RESET_FAILED) == 1);
            database.failResets(false);
            assertAtRest(engine);
        }
    }

    @Test
    void aClassifierThatThrowsLosesNothing() throws Exception {
        var engine = new PoolEngine<>(
                PoolOptions.builder().maxSize(1).build(),
                database,
                (error, phase) -> {
                    throw new IllegalStateException("classifier");
                },
                dev.cenote.protocols.PoolRuntime.system(),
                java.util.List.of());
        try (engine) {
            database.refuse();
            var waiting = engine.acquireAsync();
            until(engine, "it fails", stats -> stats.connectFailures() >= 1);
            database.failConnects(null);
            get(waiting).close();
            var wrong = operation("wrong", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                throw new IllegalArgumentException("syntax");
            });
            assertThatThrownBy(() -> engine.execute(wrong)).isInstanceOf(OperationFailedException.class);
            until(engine, "it is closed to be safe", stats -> stats.closed(CloseReason.ERROR) == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void anEndedLeaseStillTellsItsOwnConnection() {
        try (var engine = engine(options -> options.maxSize(1))) {
            var lease = engine.acquire();
            lease.invalidate();
            try (var next = engine.acquire()) {
                assertThat(next.connectionId()).isEqualTo(2);
                assertThat(lease.connectionId()).isEqualTo(1);
            }
        }
    }

    @Test
    void anOperationThatThrowsWhileItsFailureIsJudgedLosesNoSlot() throws Exception {
        try (var engine = engine(options -> options.maxSize(1))) {
            var broken = new BrokenBulk();
            assertThatThrownBy(() -> engine.execute(broken)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> get(engine.executeAsync(broken))).hasCauseInstanceOf(IllegalStateException.class);
            until(engine, "both are closed to be safe", stats -> stats.closed(CloseReason.ERROR) == 2);
            assertAtRest(engine);
        }
    }

    /** Fails, and throws when asked what was applied. */
    private static final class BrokenBulk implements dev.cenote.protocols.operations.BulkOperation<FakeConnection> {
        @Override
        public String name() {
            return "brokenBulk";
        }

        @Override
        public java.util.Optional<String> target() {
            return java.util.Optional.empty();
        }

        @Override
        public Effect effect() {
            return Effect.NON_IDEMPOTENT;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public boolean isOrdered() {
            return true;
        }

        @Override
        public dev.cenote.protocols.operations.BulkResult execute(
                FakeConnection connection, dev.cenote.protocols.Deadline deadline) {
            throw new IllegalArgumentException("wrong");
        }

        @Override
        public java.util.Optional<dev.cenote.protocols.operations.BulkResult> partialResult(Throwable failure) {
            throw new IllegalStateException("cannot tell");
        }
    }
}
