package dev.cenote.protocols.errors;

import org.jspecify.annotations.Nullable;

/** A session is not supported by the server, or was used against its rules. */
public class SessionException extends CenoteException {
    private static final long serialVersionUID = 1L;

    public SessionException(String message) {
        super(message);
    }

    public SessionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
