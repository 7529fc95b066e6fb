package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.JdbcTarget;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlParametersTest {
    private static MySqlParameters of(MySqlDriver driver, Map<String, String> parameters) {
        var hosts = List.of(new HostAndPort("one", OptionalInt.empty()), new HostAndPort("two", OptionalInt.of(3307)));
        var target =
                new JdbcTarget(hosts, Optional.of("my shop"), Optional.of("app"), Optional.of("s3cret"), parameters);
        return MySqlParameters.of(target, driver.adapter());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MYSQL|sslMod|REQUIRED|parameter sslMod must be one that MySQL Connector/J knows, was not; near it are: ",
                "MYSQL|sslMode|BOGUS|parameter sslMode is wrong: ",
                "MYSQL|frobnicate|1|parameter frobnicate must be one that MySQL Connector/J knows, was not",
                "MYSQL|tcpKeepAlive|perhaps|parameter tcpKeepAlive is wrong: ",
                "MYSQL|autoReconnect|true|parameter autoReconnect is not the driver's to decide here: the pool replaces",
                "MYSQL|socketTimeout|1|parameter socketTimeout is not the driver's to decide here: set the pool's",
                "MARIADB|sslMod|trust|parameter sslMod must be one that MariaDB Connector/J knows, was not; near it are: ",
                "MARIADB|sslMode|bogus|a driver parameter is wrong: ",
                "MARIADB|pool|true|parameter pool is not the driver's to decide here: there is one pool here already",
            })
    void wrongParametersAreRefusedByName(MySqlDriver driver, String name, String value, String message) {
        assertThatThrownBy(() -> of(driver, Map.of(name, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void hostsAndDatabaseBecomeAddresses() {
        assertThat(of(MySqlDriver.MYSQL, Map.of()).addresses())
                .containsExactly("one:3306/my%20shop", "two:3307/my%20shop");
    }

    @Test
    void namesOfSessionVariablesAreRead() {
        assertThat(of(MySqlDriver.MYSQL, Map.of("sessionVariables", "wait_timeout=1, @@session.sql_mode='A,B'"))
                        .sessionVariables())
                .containsExactly("wait_timeout", "sql_mode");
    }

    @Test
    void passwordIsNeverShown() {
        assertThat(of(MySqlDriver.MARIADB, Map.of())).asString().doesNotContain("s3cret");
    }
}
