package dev.cenote.protocols.errors;

import dev.cenote.protocols.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The connection failed while a transaction was committed: nobody knows whether the commit took effect. Never retried;
 * look at the data before anything else is done.
 */
public class CommitUnknownException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    public CommitUnknownException(Verdict verdict, @Nullable Throwable cause) {
        super(
                "commit",
                verdict,
                "commit may or may not have taken effect (COMMIT_UNKNOWN)"
                        + (cause == null ? "" : ": " + messageOf(cause)),
                cause);
    }
}
