package dev.cenote.decorators;

import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.CallObserver;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeOperations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What observers hear of calls. */
class CallObserverTest extends ResilientFixture {
    private static final class Diary implements CallObserver {
        final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Observation begin(String pool, Database database, Operation<?, ?> operation) {
            lines.add("begin " + operation.name() + " on " + pool);
            return new Observation() {
                @Override
                public void leased(long connectionId, Duration waited) {
                    lines.add("leased " + connectionId);
                }

                @Override
                public void attemptFailed(int attempt, Throwable error) {
                    lines.add("attempt " + attempt + " failed");
                }

                @Override
                public void end(@Nullable Throwable error) {
                    lines.add(error == null ? "end" : "end " + error.getClass().getSimpleName());
                }
            };
        }
    }

    private final Diary diary = new Diary();

    @Test
    void aCallIsOneWhateverItsAttempts() {
        try (var pool = pool(options -> options.name("db").maxSize(1).retry(retry))) {
            pool.addObserver(diary);
            pool.execute(breaking(1, Effect.READ_ONLY));
            assertThat(diary.lines)
                    .containsExactly("begin breaking on db", "leased 1", "attempt 1 failed", "leased 2", "end");
            assertAtRest(pool);
        }
    }

    @Test
    void anAsynchronousCallTooIsOne() throws Exception {
        try (var pool = pool(options -> options.name("db").maxSize(1).retry(retry))) {
            pool.addObserver(diary);
            CompletableFuture<Integer> call = pool.executeAsync(breaking(1, Effect.READ_ONLY));
            until(pool, "it has ended", stats -> {
                scheduler.advance(Duration.ofMillis(1));
                return call.isDone();
            });
            assertThat(get(call)).isEqualTo(2);
            assertThat(diary.lines)
                    .containsExactly("begin breaking on db", "leased 1", "attempt 1 failed", "leased 2", "end");
            assertAtRest(pool);
        }
    }

    @Test
    void theFailureOfAnAsynchronousAttemptIsToldBeforeWhatFollowsFromIt() throws Exception {
        RetryPolicy told = RetryPolicy.fixed(Duration.ofMillis(1))
                .onRetry(event -> diary.lines.add("retry"))
                .build();
        var started = new CountDownLatch(1);
        try (var pool = pool(options -> options.name("db").maxSize(1).retry(told))) {
            pool.addObserver(diary);
            CompletableFuture<Integer> call = pool.executeAsync(
                    FakeOperations.operation("late", Effect.READ_ONLY, Integer.class, (connection, deadline) -> {
                        started.await();
                        if (runs.incrementAndGet() == 1) {
                            throw new IOException("connection reset");
                        }
                        return runs.get();
                    }));
            started.countDown();
            until(pool, "it has ended", stats -> {
                scheduler.advance(Duration.ofMillis(1));
                return call.isDone();
            });
            assertThat(diary.lines)
                    .containsExactly("begin late on db", "leased 1", "attempt 1 failed", "retry", "leased 2", "end");
            assertAtRest(pool);
        }
    }

    @Test
    void callsOnTheirThreadAreObservedToo() {
        try (var pool = pool(options -> options.name("db").maxSize(1))) {
            pool.addObserver(diary);
            pool.execute(whoAmI());
            assertThatThrownBy(() -> pool.execute(mistaken())).isInstanceOf(OperationFailedException.class);
            assertThat(diary.lines)
                    .startsWith("begin whoAmI on db", "leased 1", "end")
                    .endsWith("attempt 1 failed", "end OperationFailedException");
            assertAtRest(pool);
        }
    }

    @Test
    void whatRunsOnALeaseOrInATransactionIsACallEach() throws Exception {
        try (var pool = pool(options -> options.name("db").maxSize(1).circuitBreaker(circuit(3)))) {
            pool.addObserver(diary);
            try (Lease<FakeConnection> lease = pool.acquire()) {
                lease.execute(whoAmI());
                get(lease.executeAsync(whoAmI()));
            }
            try (Lease<FakeConnection> lease = get(pool.acquireAsync())) {
                lease.execute(whoAmI());
            }
            pool.transaction(TransactionOptions.defaults(), tx -> tx.execute(whoAmI()));
            assertThat(diary.lines)
                    .hasSize(8)
                    .allMatch(line -> line.equals("begin whoAmI on db") || line.equals("end"));
            assertAtRest(pool);
        }
    }

    @Test
    void whoeverLeavesHearsNoMore() {
        try (var pool = pool(options -> options)) {
            pool.addObserver(diary);
            pool.removeObserver(diary);
            pool.execute(whoAmI());
            assertThat(diary.lines).isEmpty();
        }
    }

    @Test
    void anObserverThatThrowsHarmsNobody() {
        try (var pool = pool(options -> options)) {
            pool.addObserver((name, database, operation) -> {
                throw new IllegalStateException("observer");
            });
            pool.addObserver((name, database, operation) -> error -> {
                throw new IllegalStateException("observation");
            });
            pool.addObserver(diary);
            pool.execute(whoAmI());
            assertThat(diary.lines).hasSize(3);
            assertAtRest(pool);
        }
    }

    @Test
    void noErrorOfAnObserverReachesACallOrKeepsItsLease() throws Exception {
        class Unlinked implements CallObserver.Observation {
            @Override
            public void leased(long connectionId, Duration waited) {
                throw new NoSuchMethodError("leased");
            }

            @Override
            public void attemptFailed(int attempt, Throwable error) {
                throw new NoSuchMethodError("attemptFailed");
            }

            @Override
            public void end(@Nullable Throwable error) {
                throw new NoSuchMethodError("end");
            }
        }
        try (var pool = pool(options -> options.maxSize(1).retry(retry))) {
            pool.addObserver((name, database, operation) -> new Unlinked());
            pool.addObserver((name, database, operation) -> {
                throw new NoClassDefFoundError("begin");
            });
            pool.addObserver(diary);
            assertThat(pool.execute(breaking(1, Effect.READ_ONLY))).isEqualTo(2);
            assertThat(get(pool.executeAsync(breaking(0, Effect.READ_ONLY)))).isEqualTo(3);
            assertThatThrownBy(() -> get(pool.executeAsync(mistaken())))
                    .hasCauseInstanceOf(OperationFailedException.class);
            assertThat(diary.lines).hasSize(12);
            assertAtRest(pool);
        }
    }

    @Test
    void aCancelledAcquireOfAnObservedPoolLosesNothing() throws Exception {
        try (var pool = pool(options -> options.maxSize(1))) {
            pool.addObserver(diary);
            Lease<FakeConnection> held = pool.acquire();
            var waiting = pool.acquireAsync();
            waiting.cancel(true);
            held.close();
            pool.execute(whoAmI());
            assertAtRest(pool);
        }
    }
}
