package dev.cenote.protocols.errors;

import dev.cenote.protocols.PoolUri;
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

    /**
     * What an exception and its causes say, each thing once: drivers like to hide "wrong password" two causes below
     * "unable to connect". Passwords of URIs in it are masked.
     */
    public static String describe(Throwable error) {
        var text = new StringBuilder();
        for (Throwable at = error; at != null; at = at.getCause()) {
            String message = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
            if (at.getCause() != null && message.equals(at.getCause().toString())) {
                continue; // a wrapper that only quotes its cause, class name and all
            }
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
        }
        return PoolUri.maskMessage(text.toString());
    }
}
