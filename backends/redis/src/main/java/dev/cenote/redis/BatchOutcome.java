package dev.cenote.redis;

import dev.cenote.protocols.errors.OperationFailedException;
import java.util.Optional;

/**
 * What became of one operation of a batch: it has a result or a failure.
 *
 * @param failure its verdict says whether it was executed: {@code NOT_EXECUTED} and {@code PERMANENT} were not, {@code
 *     UNKNOWN} may have been
 */
public record BatchOutcome<R>(
        RedisOperation<R> operation, Optional<R> result, Optional<OperationFailedException> failure) {
    /** True if it was executed, and told its result. */
    public boolean isExecuted() {
        return result.isPresent();
    }
}
