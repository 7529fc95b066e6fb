package dev.cenote.spring.jdbc;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
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

    /** One that was named is checked by the data source, which says what is wrong with it. */
    @Override
    public String getDriverClassName() {
        String named = properties.getDriverClassName();
        return named != null && StringUtils.hasText(named) ? named : properties.determineDriverClassName();
    }
}
