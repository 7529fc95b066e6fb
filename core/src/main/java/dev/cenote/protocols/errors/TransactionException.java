package dev.cenote.protocols.errors;

import org.jspecify.annotations.Nullable;

/** A transaction was used against its rules, or could not be ended as asked. */
public class TransactionException extends CenoteException {
    private static final long serialVersionUID = 1L;

    public TransactionException(String message) {
        super(message);
    }

    public TransactionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
