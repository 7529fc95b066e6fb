package dev.cenote.protocols.operations;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Operation;
import java.util.Optional;

/**
 * An operation of several parts, some of which may be applied where others fail: then it ends with {@link
 * dev.cenote.protocols.errors.BulkException}, which says what was applied.
 *
 * @param <R> what it gives when all parts were applied
 */
public interface OperationOfParts<C extends Connection, R> extends Operation<C, R> {
    /** Number of parts. */
    int size();

    /** True if parts run in order and none runs after a failed one. */
    boolean isOrdered();

    /**
     * What was applied before {@code failure} ended it, read from the driver's exception; empty if the exception does not
     * tell. With it the failure becomes a {@link dev.cenote.protocols.errors.BulkException}.
     */
    default Optional<BulkResult> partialResult(Throwable failure) {
        return Optional.empty();
    }
}
