package dev.cenote.protocols.errors;

import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.operations.BulkResult;
import org.jspecify.annotations.Nullable;

/** Parts of a bulk operation failed. Says which parts were applied and which were not. */
public class BulkException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final transient BulkResult result;

    public BulkException(String operation, Verdict verdict, BulkResult result, @Nullable Throwable cause) {
        super(
                operation,
                verdict,
                operation + " failed in part (" + verdict.call() + "): " + result.applied() + " parts applied, failed "
                        + result.failures(),
                cause);
        this.result = result;
    }

    /** What became of each part. */
    public BulkResult result() {
        return result;
    }
}
