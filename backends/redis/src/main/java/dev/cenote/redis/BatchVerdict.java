package dev.cenote.redis;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.util.List;
import java.util.Optional;

/**
 * What the failures within a batch mean for the whole. To run the whole again is safe only if no operation that writes was
 * executed, or may have been.
 */
final class BatchVerdict {
    private BatchVerdict() {}

    /** Empty if the batch has not failed as a whole: each failure is that of its own operation alone. */
    static Optional<Verdict> of(BatchResult result) {
        List<Verdict> failures = result.failed().stream()
                .map(outcome -> outcome.failure().orElseThrow().verdict())
                .toList();
        ConnectionFate connection =
                failures.stream().map(Verdict::connection).max(Enum::compareTo).orElse(ConnectionFate.KEEP);
        boolean unknown = failures.stream().anyMatch(verdict -> verdict.call() == CallFate.UNKNOWN);
        boolean notNow = failures.size() == result.outcomes().size()
                && failures.stream().allMatch(verdict -> verdict.call() == CallFate.NOT_EXECUTED);
        if (connection == ConnectionFate.KEEP && !unknown && !notNow) {
            return Optional.empty();
        }
        return Optional.of(new Verdict(connection, call(result, failures, unknown)));
    }

    private static CallFate call(BatchResult result, List<Verdict> failures, boolean unknown) {
        List<BatchOutcome<?>> writes = result.outcomes().stream()
                .filter(outcome -> outcome.operation().effect() != Effect.READ_ONLY)
                .toList();
        boolean maybeWritten = writes.stream().anyMatch(BatchVerdict::mayHaveRun);
        if (unknown) {
            return maybeWritten || writes.isEmpty() ? CallFate.UNKNOWN : CallFate.NOT_EXECUTED;
        }
        if (failures.stream().noneMatch(verdict -> verdict.call() == CallFate.NOT_EXECUTED)) {
            return CallFate.PERMANENT;
        }
        return maybeWritten ? CallFate.UNKNOWN : CallFate.NOT_EXECUTED;
    }

    private static boolean mayHaveRun(BatchOutcome<?> outcome) {
        return outcome.failure()
                .map(failure -> failure.verdict().call() == CallFate.UNKNOWN)
                .orElse(true);
    }
}
