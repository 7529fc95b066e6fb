package dev.cenote.protocols.errors;

import org.jspecify.annotations.Nullable;

/** An option or URI is wrong. The message names the field, the rule and the value; passwords are masked. */
public class ConfigurationException extends CenoteException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
