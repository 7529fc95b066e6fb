package dev.cenote.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How pools end with the application. Not thread-safe. */
@ConfigurationProperties(prefix = "cenote.shutdown", ignoreUnknownFields = false)
public class ShutdownProperties {
    /** How long the pools wait in all, from when the web server has stopped, for leases to end; then what still runs on them is aborted. */
    private Duration timeout = Duration.ofSeconds(20);

    /** For Spring. */
    public ShutdownProperties() {}

    public Duration getTimeout() {
        return timeout;
    }

    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }
}
