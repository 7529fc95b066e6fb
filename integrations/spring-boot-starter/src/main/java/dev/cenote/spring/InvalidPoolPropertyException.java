package dev.cenote.spring;

import dev.cenote.protocols.errors.ConfigurationException;

/** A pool of the starter's could not be made of its properties. The application's start-up report says what to change. */
public final class InvalidPoolPropertyException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    private final String prefix;

    /**
     * Of the properties under {@code prefix}.
     *
     * @param prefix such as {@code spring.datasource.cenote}
     * @param cause what is wrong with them
     */
    public InvalidPoolPropertyException(String prefix, ConfigurationException cause) {
        super(prefix + ": " + cause.getMessage(), cause);
        this.prefix = prefix;
    }

    /** Where the properties stand. */
    public String prefix() {
        return prefix;
    }
}
