package dev.cenote.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.ConnectFailure;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Figures;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.BulkException;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.protocols.operations.BulkResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetyTest {
    private static final RetryPolicy POLICY = RetryPolicy.exponential().build();
    private static final IOException RESET = new IOException("reset");

    @ParameterizedTest
    @CsvSource({
        "NOT_EXECUTED, READ_ONLY, true",
        "NOT_EXECUTED, IDEMPOTENT, true",
        "NOT_EXECUTED, NON_IDEMPOTENT, true",
        "ROLLED_BACK, READ_ONLY, true",
        "ROLLED_BACK, IDEMPOTENT, true",
        "ROLLED_BACK, NON_IDEMPOTENT, true",
        "UNKNOWN, READ_ONLY, true",
        "UNKNOWN, IDEMPOTENT, true",
        "UNKNOWN, NON_IDEMPOTENT, false",
        "COMMIT_UNKNOWN, READ_ONLY, false",
        "COMMIT_UNKNOWN, IDEMPOTENT, false",
        "COMMIT_UNKNOWN, NON_IDEMPOTENT, false",
        "PERMANENT, READ_ONLY, false",
        "PERMANENT, IDEMPOTENT, false",
        "PERMANENT, NON_IDEMPOTENT, false",
    })
    void theVerdictAndTheEffectDecide(CallFate call, Effect effect, boolean retried) {
        for (ConnectionFate connection : ConnectionFate.values()) {
            var verdict = new Verdict(connection, call);
            assertThat(POLICY.permits(new OperationFailedException("query", verdict, RESET), RetriedCall.of(effect)))
                    .isEqualTo(retried);
            assertThat(POLICY.permits(
                            new ConnectionFailedException("db", "refused", verdict, RESET), RetriedCall.of(effect)))
                    .isEqualTo(retried);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatLeftThePoolUnsentIsTriedAgain(Effect effect) {
        assertThat(POLICY.permits(new PoolClearedException("db", "was cleared"), RetriedCall.of(effect)))
                .isTrue();
        assertThat(POLICY.permits(new StaleConnectionException(1, "expired"), RetriedCall.of(effect)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatARetryCannotHelpIsNotTriedAgain(Effect effect) {
        var stats = Figures.stats("db", 1, 0, 1, 0, 0);
        var report = Figures.report(stats, List.of(), List.of(), List.of(), null);
        var refused =
                Figures.report(stats, List.of(), List.of(), List.of(), new ConnectFailure(RESET, Duration.ZERO, 1));
        for (Throwable error : List.of(
                new PoolExhaustedException(Duration.ofSeconds(1), report),
                new AcquireTimeoutException(AcquireTimeoutException.Phase.CONNECTING, Duration.ofSeconds(1), refused),
                new PoolClosedException("db", "is closed"),
                new PoolPausedException("db", "is paused"),
                new AcquireInterruptedException("db", "was interrupted"),
                new ConfigurationException("wrong"),
                new LeaseClosedException("has ended"),
                new TransactionException("has ended"),
                new CircuitOpenException("db", "open", Duration.ZERO),
                new InterruptedException(),
                new CancellationException(),
                new OutOfMemoryError("made by hand"),
                RESET)) {
            assertThat(POLICY.permits(error, RetriedCall.of(effect)))
                    .as("%s", error)
                    .isFalse();
        }
    }

    @Test
    void aBulkThatWasAppliedInPartIsRepeatedOnlyIfThatDoesNoHarm() {
        var verdict = new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED);
        var partly = new BulkException(
                "insertMany", verdict, new BulkResult(2, 2, List.of(1L, 1L), Map.of(2, "refused")), RESET);
        var none =
                new BulkException("insertMany", verdict, new BulkResult(0, 0, List.of(), Map.of(0, "refused")), RESET);
        assertThat(POLICY.permits(partly, RetriedCall.of(Effect.NON_IDEMPOTENT)))
                .isFalse();
        assertThat(POLICY.permits(partly, RetriedCall.of(Effect.IDEMPOTENT))).isTrue();
        assertThat(POLICY.permits(none, RetriedCall.of(Effect.NON_IDEMPOTENT))).isTrue();
    }

    @Test
    void thePredicateForbidsAndNeverPermits() {
        var unknown = new OperationFailedException("query", new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN), RESET);
        RetryPolicy all = RetryPolicy.exponential().retryIf(error -> true).build();
        RetryPolicy none = RetryPolicy.exponential().retryIf(error -> false).build();
        assertThat(all.permits(unknown, RetriedCall.of(Effect.NON_IDEMPOTENT))).isFalse();
        assertThat(none.permits(unknown, RetriedCall.of(Effect.READ_ONLY))).isFalse();
    }

    @Test
    void errorsWithoutAVerdictAreTriedAgainAtTheCallersOwnRiskOnly() {
        RetryPolicy policy = RetryPolicy.exponential()
                .retryUnclassifiedAtOwnRisk(error -> true)
                .build();
        assertThat(policy.permits(RESET, RetriedCall.of(Effect.NON_IDEMPOTENT))).isTrue();
        assertThat(policy.permits(new PoolClosedException("db", "is closed"), RetriedCall.of(Effect.READ_ONLY)))
                .isFalse();
        assertThat(policy.permits(new InterruptedException(), RetriedCall.of(Effect.READ_ONLY)))
                .isFalse();
    }
}
