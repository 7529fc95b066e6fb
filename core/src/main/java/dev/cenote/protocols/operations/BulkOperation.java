package dev.cenote.protocols.operations;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Operation;
import java.util.Optional;

/**
 * An operation of several parts that reports on each. A part that fails ends it with {@link
 * dev.cenote.protocols.errors.BulkException}, which says what was applied.
 */
public interface BulkOperation<C extends Connection> extends Operation<C, BulkResult> {
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

    @Override
    default Class<? super BulkResult> resultType() {
        return BulkResult.class;
    }
}
