package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.operation;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.testkit.fakes.FakeConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is broken around the engine, or comes late, costs it no slot, no waiter and not its keeper. */
class RobustnessTest extends EngineFixture {
    /** A classifier of a user's who does not keep to the contract. */
    private record Rude(Optional<Duration> pushBack) implements Classifier {
        @Override
        public Verdict classify(Throwable error, Phase phase) {
            throw new AssertionError("rude");
        }

        @Override
        public Optional<Duration> pushBack(Throwable error) {
            if (pushBack.isEmpty()) {
                throw new StackOverflowError("rude");
            }
            return pushBack;
        }
    }

    @Test
    void aClassifierThatThrowsOrAsksForEverLosesNoSlot() {
        for (var asked : List.of(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)), Optional.<Duration>empty())) {
            try (var engine = new PoolEngine<>(
                    PoolOptions.builder()
                            .name("engine")
                            .maxSize(1)
                            .acquireTimeout(Duration.ofDays(1))
                            .build(),
                    database,
                    new Rude(asked),
                    PoolRuntime.system().withClock(clock).withScheduler(scheduler),
                    List.of())) {
                database.failConnects(new IOException("refused"));
                var waiting = engine.acquireAsync();
                until(engine, "connecting has failed", stats -> stats.connectFailures() >= 1);
                database.failConnects(null);
                until(engine, "it is served", stats -> {
                    if (stats.connecting() == 0) { // else the attempt would be given up, and close its connection late
                        advance(Duration.ofSeconds(20));
                    }
                    return waiting.isDone();
                });
                waiting.join().close();
                assertAtRest(engine);
            }
        }
    }

    private static Operation<FakeConnection, Long> starting(@Nullable Error thrown) {
        Operation<FakeConnection, Long> plain = whoAmI();
        return new Operation<>() {
            @Override
            public String name() {
                return "starting";
            }

            @Override
            public Optional<String> target() {
                return Optional.empty();
            }

            @Override
            public Effect effect() {
                return Effect.READ_ONLY;
            }

            @Override
            public Class<? super Long> resultType() {
                return Long.class;
            }

            @Override
            public Long execute(FakeConnection connection, Deadline deadline) throws Exception {
                return plain.execute(connection, deadline);
            }

            @Override
            @SuppressWarnings("NullAway") // an operation of a user's who does not keep to the contract
            public CompletionStage<Long> executeAsync(FakeConnection connection, Deadline deadline, Executor executor) {
                if (thrown != null) {
                    throw thrown;
                }
                return null;
            }
        };
    }

    @Test
    void anOperationWithoutAStageFailsAndReturnsItsConnection() {
        try (var engine = engine(options -> options.maxSize(1))) {
            assertThatThrownBy(() -> get(engine.executeAsync(starting(null))))
                    .hasCauseInstanceOf(OperationFailedException.class);
            assertThatThrownBy(() -> get(engine.executeAsync(starting(new NoClassDefFoundError("driver")))))
                    .hasCauseInstanceOf(NoClassDefFoundError.class);
            assertAtRest(engine);
        }
    }

    @Test
    void aTransactionsBodyThatNeverEndsIsGivenUpAtItsDeadline() {
        try (var engine = engine(options -> options.maxSize(1))) {
            CompletableFuture<String> running = engine.transactionAsync(
                    TransactionOptions.defaults().withTimeout(Duration.ofSeconds(5)), tx -> new CompletableFuture<>());
            until(engine, "it has begun", stats -> !database.transactions().isEmpty());
            until(engine, "it is given up", stats -> {
                advance(Duration.ofSeconds(1));
                return running.isDone();
            });
            assertThatThrownBy(() -> get(running)).hasMessageContaining("transaction had not ended by its deadline");
            assertThat(database.transactions()).doesNotContain("commit");
            assertAtRest(engine);
        }
    }

    @Test
    void anExecutorThatCannotMakeAThreadLosesNothing() {
        var exhausted = new AtomicBoolean();
        Executor workers = task -> {
            if (exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            new Thread(task).start();
        };
        try (var engine = new PoolEngine<>(
                PoolOptions.builder().name("engine").maxSize(1).build(),
                database,
                dev.cenote.testkit.fakes.FakePool::classify,
                PoolRuntime.system().withClock(clock).withScheduler(scheduler).withWorkers(workers),
                List.of())) {
            exhausted.set(true);
            engine.acquire().close();
            exhausted.set(false);
            assertAtRest(engine);
        }
    }

    @Test
    void aConnectionThatIsKnownToBeBrokenIsNotUsedAgainAlsoWhenItIsStale() {
        try (var engine = engine(options -> options.maxSize(1));
                Lease<FakeConnection> lease = engine.acquire()) {
            engine.clear();
            Operation<FakeConnection, Long> breaking =
                    operation("breaking", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                        throw new IOException("reset");
                    });
            assertThatThrownBy(() -> lease.execute(breaking)).isInstanceOf(OperationFailedException.class);
            assertThatThrownBy(() -> lease.execute(whoAmI())).isInstanceOf(StaleConnectionException.class);
        }
    }

    @Test
    void anAbortingClearSparesTheNextGeneration() {
        try (var engine = engine(options -> options.maxSize(2))) {
            Lease<FakeConnection> old = engine.acquire();
            var next = new AtomicReference<@Nullable Lease<FakeConnection>>();
            engine.addListener(new PoolListener() {
                @Override
                public void onEvent(PoolEvent event) {
                    if (event instanceof PoolEvent.PoolCleared) {
                        next.set(CompletableFuture.supplyAsync(engine::acquire).join());
                    }
                }

                @Override
                public boolean isDirect() {
                    return true;
                }
            });
            engine.clear(InUse.ABORTED);
            assertThatThrownBy(() -> old.execute(whoAmI())).isInstanceOf(RuntimeException.class);
            Lease<FakeConnection> lease = next.get();
            assertThat(lease.generation()).isEqualTo(1);
            lease.execute(whoAmI());
            lease.close();
            old.close();
            assertAtRest(engine);
        }
    }

    @Test
    void aPoolThatRefusesReplacesNothing() {
        try (var engine = engine(options -> options.maxSize(2).maxLifetime(Duration.ofMinutes(1)));
                Lease<FakeConnection> held = engine.acquire()) {
            engine.pause();
            advance(Duration.ofSeconds(59));
            advance(Duration.ofSeconds(2));
            assertThat(database.opened()).isEqualTo(1);
            assertThat(held.isClosed()).isFalse();
        }
    }

    @Test
    void aValidationThatHangsHoldsUpNobody() {
        try (var engine = engine(options -> options.maxSize(2).acquireTimeout(Duration.ofSeconds(60)))) {
            engine.acquire().close();
            advance(Duration.ofSeconds(2));
            database.silent(true);
            var waiting = engine.acquireAsync();
            until(engine, "another connection is opened beside the validation", stats -> {
                advance(Duration.ofMillis(50));
                return stats.created() == 2;
            });
            assertThat(engine.stats().closed(CloseReason.VALIDATION_FAILED)).isZero();
            database.silent(false);
            waiting.join().close();
            assertAtRest(engine);
        }
    }
}
