package dev.cenote.spring.jdbc;

import dev.cenote.protocols.errors.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** Where to connect by {@code spring.datasource.*}, where no service connection says so: Boot's own go with its own data source. */
final class ConnectionDetailsOfProperties implements JdbcConnectionDetails {
    private final DataSourceProperties properties;

    ConnectionDetailsOfProperties(DataSourceProperties properties) {
        this.properties = properties;
    }

    @Override
    public @Nullable String getUsername() {
        return properties.determineUsername();
    }

    @Override
    public @Nullable String getPassword() {
        return properties.determinePassword();
    }

    @Override
    public String getJdbcUrl() {
        return properties.determineUrl();
    }

    /**
     * The one that is named, or that goes with the URL.
     *
     * @throws ConfigurationException if it is named and is not there
     */
    @Override
    public String getDriverClassName() {
        String named = properties.getDriverClassName();
        if (named == null || !StringUtils.hasText(named)) {
            return properties.determineDriverClassName();
        }
        if (!ClassUtils.isPresent(named, properties.getClassLoader())) {
            throw new ConfigurationException("driverClassName must be a class on the class path, was " + named);
        }
        return named;
    }
}
