package dev.cenote.decorators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakeOperations;
import dev.cenote.testkit.fakes.FakePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** What many callers with retries add to the load of a server that fails: the budget's share, and no more. */
class RetryStormTest {
    private static final int CALLERS = 8;
    private static final int CALLS = 2_000;

    private final FakeDatabase database = new FakeDatabase();
    /** What reaches the server. */
    private final AtomicInteger load = new AtomicInteger();

    private Operation<FakeConnection, Integer> failing(IntPredicate fails) {
        return FakeOperations.operation("failing", Effect.READ_ONLY, Integer.class, (connection, deadline) -> {
            int number = load.incrementAndGet();
            if (fails.test(number)) {
                throw new OperationFailedException(
                        "failing", new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED), null);
            }
            return number;
        });
    }

    private int loadOf(Operation<FakeConnection, Integer> operation) throws InterruptedException {
        RetryPolicy policy = RetryPolicy.exponential()
                .base(Duration.ofMillis(1))
                .cap(Duration.ofMillis(2))
                .maxRetries(10)
                .build();
        try (var pool = FakePool.builder(database)
                .maxSize(CALLERS)
                .runtime(PoolRuntime.system())
                .retry(policy)
                .build()) {
            var callers = new ArrayList<Thread>();
            for (int i = 0; i < CALLERS; i++) {
                var caller = new Thread(() -> {
                    for (int call = 0; call < CALLS; call++) {
                        try {
                            pool.execute(operation);
                        } catch (OperationFailedException | RetriesExhaustedException failure) {
                            // the server has counted it
                        }
                    }
                });
                caller.start();
                callers.add(caller);
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(pool.retries()).isEqualTo(policy.budget().spent());
            Consistency.assertAtRest(pool);
        }
        return load.get();
    }

    /** The least that is always allowed is a second's worth of the minimum rate, which calls repay. */
    private static final int LENT = 10;

    @Test
    void withEverythingFailingTheLoadIsAtMostOnePointTwoTimesTheCalls() throws InterruptedException {
        assertThat(loadOf(failing(number -> true)))
                .isGreaterThan(CALLERS * CALLS)
                .isLessThanOrEqualTo((int) (1.2 * CALLERS * CALLS) + LENT);
    }

    @Test
    void withHalfFailingTheLoadIsAtMostOnePointTwoTimesTheCalls() throws InterruptedException {
        assertThat(loadOf(failing(number -> number % 2 == 0)))
                .isGreaterThan(CALLERS * CALLS)
                .isLessThanOrEqualTo((int) (1.2 * CALLERS * CALLS) + LENT);
    }
}
