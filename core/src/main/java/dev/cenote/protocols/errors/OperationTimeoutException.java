package dev.cenote.protocols.errors;

import dev.cenote.protocols.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An operation had not ended by its deadline. */
public class OperationTimeoutException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final transient Duration ran;

    public OperationTimeoutException(String operation, Verdict verdict, Duration ran, @Nullable Throwable cause) {
        super(
                operation,
                verdict,
                operation + " had not ended by its deadline after " + ran.toMillis() + " ms (" + verdict.call() + ")"
                        + (cause == null ? "" : ": " + messageOf(cause)),
                cause);
        this.ran = ran;
    }

    /** How long ago its deadline had been set when it ended: the whole call where the deadline is the call's. */
    public Duration ran() {
        return ran;
    }
}
