package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeCommandTest {
    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"POSTGRES", "MARIADB", "REDIS", "MONGODB"})
    void tellsWhatIsThere(Product product) throws Exception {
        TestServer server = TestServers.shared(product);
        Invocation text = Invocation.of("probe", server.uri());
        assertThat(text.err()).isEmpty();
        assertThat(text.status()).isEqualTo(ExitStatus.OK);
        assertThat(text.out())
                .containsIgnoringCase("server       " + server.product())
                .contains("TLS          none")
                .contains("us in the median of 20")
                .contains("0 to 10, connecting at most 4 at a time");
        Invocation json = Invocation.of("probe", "--json", server.uri());
        JsonNode findings = new ObjectMapper().readTree(json.out());
        assertThat(findings.get("server").asText()).isEqualToIgnoringCase(server.product());
        assertThat(findings.get("version").asText()).isNotBlank();
        assertThat(findings.get("roundTripMinMicros").asLong()).isPositive();
    }

    @Test
    void aWrongPasswordIsOneLineWithoutIt() {
        try (TestServer redis = TestServers.start(
                        Product.REDIS, ServerOptions.defaults().withPassword("open-sesame"));
                TestServer postgres = TestServers.start(
                        Product.POSTGRES, ServerOptions.defaults().withPassword("open-sesame"))) {
            assertOneLine(redis.uri().replace("open-sesame", "wrong-one"), "WRONGPASS");
            assertOneLine(postgres.uri().replace("open-sesame", "wrong-one"), "password authentication failed");
            assertThat(Invocation.of("probe", redis.uri()).out())
                    .doesNotContain("open-sesame")
                    .contains("***");
        }
    }

    @Test
    void whatIsWrongIsToldInOneLine() {
        TestServer redis = TestServers.shared(Product.REDIS);
        assertOneLine("foo://somewhere", "scheme must be one of [mariadb, mongodb,");
        assertOneLine("no uri", "uri must start with scheme://");
        assertOneLine("postgres://u:wrong-one@127.0.0.1:99999/x", "port must be between 1 and 65535, was 99999");
        assertOneLine("redis://127.0.0.1:1", "Connection refused");
        assertOneLine(redis.uri() + "/99", "DB index is out of range");
        assertOneLine(redis.uri() + "?bogus=1", "parameter bogus is unknown");
        String strange = "postgres://u:wrong-one@" + redis.host() + ":" + redis.port() + "/x";
        assertOneLine(strange, "is there a postgres server at " + redis.host() + ":" + redis.port() + "?");
    }

    private static void assertOneLine(String uri, String message) {
        Invocation probe = Invocation.of("probe", uri);
        assertThat(probe.status()).as(uri).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(probe.out()).isEmpty();
        assertThat(probe.err().strip())
                .startsWith("cenote: ")
                .contains(message)
                .doesNotContain("\n")
                .doesNotContain("\tat ")
                .doesNotContain("wrong-one");
    }

    @Test
    void missingArgumentsAreAUsageError() {
        Invocation probe = Invocation.of("probe");
        assertThat(probe.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(probe.err()).contains("Missing required parameter: 'URI'").contains("Examples:");
    }
}
