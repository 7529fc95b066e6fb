package dev.cenote.protocols.errors;

import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operation failed. The cause is the driver's exception; the verdict says what is known of the call. */
public class OperationFailedException extends CenoteException {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final Verdict verdict;
    private final @Nullable Duration pushBack;

    public OperationFailedException(String operation, Verdict verdict, @Nullable Throwable cause) {
        this(operation, verdict, cause, null);
    }

    /** With how long the server asked to be left alone, if it did. */
    public OperationFailedException(
            String operation, Verdict verdict, @Nullable Throwable cause, @Nullable Duration pushBack) {
        super(operation + " failed (" + verdict.call() + ")" + reason(cause), cause);
        this.operation = operation;
        this.verdict = verdict;
        this.pushBack = pushBack;
    }

    protected OperationFailedException(String operation, Verdict verdict, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.operation = operation;
        this.verdict = verdict;
        this.pushBack = null;
    }

    private static String reason(@Nullable Throwable cause) {
        return cause == null ? "" : ": " + messageOf(cause);
    }

    /** What the driver's error says, the passwords of URIs in it masked. */
    static String messageOf(Throwable cause) {
        return PoolUri.maskMessage(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    /** Name and target of the operation. */
    public String operation() {
        return operation;
    }

    /** What the backend's classifier said of the cause. */
    public Verdict verdict() {
        return verdict;
    }

    /** How long the server asked to be left alone, being overloaded or not yet serving; empty if it did not. */
    public Optional<Duration> pushBack() {
        return Optional.ofNullable(pushBack);
    }
}
