package dev.cenote.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.HandClock;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.protocols.errors.RetriesExhaustedException.Ending;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final HandClock clock = new HandClock();
    private final AtomicInteger load = new AtomicInteger();

    private RetryBudgetBuilder budget() {
        return RetryBudget.builder().clock(clock);
    }

    private RetryPolicy policy(RetryBudget budget) {
        return RetryPolicy.exponential()
                .clock(clock)
                .budget(budget)
                .onRetry(event -> clock.advance(event.delay()))
                .build();
    }

    private static OperationFailedException failed() {
        return new OperationFailedException("GET", new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED), null);
    }

    /** So many calls, a millisecond apart, to a server that fails those attempts that pass the predicate. */
    private int loadOf(int calls, RetryPolicy policy, IntPredicate fails) {
        Callable<String> attempt = () -> {
            if (fails.test(load.incrementAndGet())) {
                throw failed();
            }
            return "answer";
        };
        for (int i = 0; i < calls; i++) {
            clock.advance(Duration.ofMillis(1));
            try {
                policy.call(attempt, Effect.READ_ONLY);
            } catch (Exception failure) {
                // counted by the server
            }
        }
        return load.get();
    }

    @Test
    void withEverythingFailingTheServerGetsTheShareMoreAndNotOneCallMore() {
        RetryPolicy policy = policy(budget().minRetriesPerSecond(0).build());
        assertThat(loadOf(10_000, policy, attempt -> true)).isBetween(11_990, 12_000);
    }

    @Test
    void theMinimumRateIsNoAdditionToTheShare() {
        RetryPolicy policy = policy(budget().minRetriesPerSecond(10).build());
        // Backoffs make the run last longer than 10 s of calls: the minimum rate is 10 for each second of that.
        long before = clock.nanoTime();
        int total = loadOf(10_000, policy, attempt -> true);
        double seconds = (clock.nanoTime() - before) / 1e9;
        assertThat((double) total).isLessThanOrEqualTo(10_000 + Math.max(2_000, 10 * seconds + 10) + 10);
    }

    @Test
    void aServerThatFailsHalfOfItsCallsGetsNoMoreThanTheShareMore() {
        RetryPolicy policy = policy(budget().minRetriesPerSecond(0).build());
        assertThat(loadOf(10_000, policy, attempt -> attempt % 2 == 0)).isBetween(11_000, 12_000);
    }

    @Test
    void aFewCallsMayAlwaysBeRetried() {
        RetryPolicy policy = policy(budget().minRetriesPerSecond(10).build());
        assertThat(loadOf(3, policy, attempt -> attempt <= 9)).isEqualTo(10);
    }

    @Test
    void aSpentBudgetEndsTheCallAndSaysSo() {
        RetryBudget budget = budget().share(1).minRetriesPerSecond(0).build();
        RetryPolicy policy = policy(budget);
        assertThatThrownBy(() -> policy.call(
                        () -> {
                            throw failed();
                        },
                        Effect.READ_ONLY))
                .isInstanceOfSatisfying(RetriesExhaustedException.class, exhausted -> {
                    assertThat(exhausted.ending()).isEqualTo(Ending.BUDGET);
                    assertThat(exhausted.attempts())
                            .hasSize(2)
                            .allSatisfy(attempt -> assertThat(attempt.verdict())
                                    .contains(new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED)));
                    assertThat(exhausted).hasMessageContaining("the retry budget is spent");
                });
        assertThat(budget.spent()).isEqualTo(1);
        assertThat(budget.refused()).isEqualTo(1);
    }

    @Test
    void goodTimesSaveNoMoreThanTheCapacity() throws Exception {
        RetryBudget budget =
                budget().share(0.5).minRetriesPerSecond(0).capacity(20).build();
        RetryPolicy policy = policy(budget);
        for (int i = 0; i < 1_000; i++) {
            policy.call(() -> "answer", Effect.READ_ONLY);
        }
        assertThat(budget.available()).isEqualTo(20);
        assertThat(budget.calls()).isEqualTo(1_000);
    }

    @Test
    void oneBudgetMayServeSeveralPolicies() {
        RetryBudget shared = budget().minRetriesPerSecond(0).build();
        loadOf(5_000, policy(shared), attempt -> true);
        assertThat(loadOf(5_000, policy(shared), attempt -> true)).isBetween(11_990, 12_000);
    }

    @Test
    void optionsOutOfBoundsAreRefusedByName() {
        assertThatThrownBy(() -> budget().share(-0.1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("share must be between 0.0 and 10.0, was -0.1");
        assertThatThrownBy(() -> budget().minRetriesPerSecond(Double.NaN))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("minRetriesPerSecond must be between");
        assertThatThrownBy(() -> budget().capacity(0))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("capacity must be >= 1, was 0");
    }
}
