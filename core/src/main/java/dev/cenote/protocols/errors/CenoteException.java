package dev.cenote.protocols.errors;

import org.jspecify.annotations.Nullable;

/** Root of all errors that Cenote raises. Unchecked. */
public class CenoteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CenoteException(String message) {
        super(message);
    }

    public CenoteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
