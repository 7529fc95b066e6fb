package dev.cenote.spring.actuate;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Which meters the pools have. Not thread-safe. */
@ConfigurationProperties(prefix = "cenote.metrics", ignoreUnknownFields = false)
public class MetricsProperties {
    /** Whether pools have meters, where cenote-micrometer is on the class path. */
    private boolean enabled = true;

    /** Whether typed operations are measured, as db.client.operation.duration. */
    private boolean operations = true;

    /** Whether there are meters under the names of HikariCP too, as hikaricp.connections, for dashboards that exist. */
    private boolean hikariNames = false;

    /** For Spring. */
    public MetricsProperties() {}

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isOperations() {
        return operations;
    }

    public void setOperations(boolean operations) {
        this.operations = operations;
    }

    public boolean isHikariNames() {
        return hikariNames;
    }

    public void setHikariNames(boolean hikariNames) {
        this.hikariNames = hikariNames;
    }
}
