package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.Check;

/**
 * Who connects. Immutable.
 *
 * @param user the user
 * @param password the password; secret
 */
public record Credentials(String user, String password) {
    /**
     * Checks them.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException if the user is blank
     */
    public Credentials {
        Check.notBlank("user", user);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
