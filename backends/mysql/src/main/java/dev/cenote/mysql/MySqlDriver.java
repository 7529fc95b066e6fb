package dev.cenote.mysql;

import dev.cenote.protocols.errors.ConfigurationException;

/** Which driver connects. Either works against either server. */
public enum MySqlDriver {
    /** MySQL Connector/J. */
    MYSQL("com.mysql:mysql-connector-j"),
    /** MariaDB Connector/J. Against MySQL 8 without TLS it needs {@code allowPublicKeyRetrieval=true}. */
    MARIADB("org.mariadb.jdbc:mariadb-java-client");

    private final String artifact;

    MySqlDriver(String artifact) {
        this.artifact = artifact;
    }

    DriverAdapter adapter() {
        try {
            return this == MYSQL ? new ConnectorJAdapter() : new MariaDbAdapter();
        } catch (NoClassDefFoundError missing) {
            throw new ConfigurationException("driver " + this + " must be on the class path as " + artifact, missing);
        }
    }
}
