package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.JdbcTarget;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresParametersTest {
    private static PostgresParameters of(String name, String value) {
        return PostgresParameters.of(target(Optional.of("shop"), Map.of(name, value)));
    }

    private static JdbcTarget target(Optional<String> database, Map<String, String> parameters) {
        var hosts = List.of(new HostAndPort("one", OptionalInt.empty()), new HostAndPort("::1", OptionalInt.of(6000)));
        return new JdbcTarget(hosts, database, Optional.of("app user"), Optional.of("s3cret"), parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sslmod|require|parameter sslmod must be one that pgjdbc knows, was not; near it are: ",
                "frobnicate|1|parameter frobnicate must be one that pgjdbc knows, was not",
                "sslmode|requir|parameter sslmode must be one of [",
                "tcpKeepAlive|yes|parameter tcpKeepAlive must be one of [true, false], was yes",
                "prepareThreshold|five|parameter prepareThreshold must be a whole number, was five",
                "socketTimeout|5|parameter socketTimeout is not the driver's to decide here: set the pool's operationTimeout",
            })
    void wrongParametersAreRefusedByName(String name, String value, String message) {
        assertThatThrownBy(() -> of(name, value))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void goodParametersReachTheDriver() {
        assertThat(of("sslmode", "require").properties()).containsEntry("sslmode", "require");
    }

    @Test
    void databaseIsTheUsersByDefault() {
        assertThat(PostgresParameters.of(target(Optional.empty(), Map.of())).url())
                .isEqualTo("jdbc:postgresql://one:5432,[::1]:6000/app%20user");
    }

    @Test
    void passwordIsNeverShown() {
        assertThat(PostgresParameters.of(target(Optional.of("shop"), Map.of())))
                .asString()
                .doesNotContain("s3cret");
        assertThat(target(Optional.of("shop"), Map.of("sslpassword", "s3cret")))
                .asString()
                .doesNotContain("s3cret");
    }

    @Test
    void schemeOfAnotherBackendIsRefused() {
        assertThatThrownBy(() -> PostgresPool.builder().uri(PoolUri.parse("redis://localhost")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("scheme must be one of [")
                .hasMessageEndingWith("], was redis");
    }

    @Test
    void passwordAmongTheParametersIsRefused() {
        assertThatThrownBy(() -> PostgresPool.builder().uri("postgres://localhost/?password=s3cret"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("parameter password must stand before the host, as in scheme://user:password@host");
    }
}
