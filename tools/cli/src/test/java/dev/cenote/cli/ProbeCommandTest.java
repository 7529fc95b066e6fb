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
    void aCertificateIsShown() throws Exception {
        try (TestServer postgres = TestServers.start(
                        Product.POSTGRES, ServerOptions.defaults().withTls());
                TestServer redis = TestServers.start(
                        Product.REDIS, ServerOptions.defaults().withTls())) {
            Invocation text = Invocation.of("probe", postgres.uri() + "?sslmode=require");
            assertThat(text.out())
                    .contains("TLS          TLSv1.")
                    .contains("certificate  CN=localhost", "signed by itself")
                    .contains("note     tls", "use sslmode=verify-full");
            String uri = redis.uri() + "?caFile=" + redis.certificate().orElseThrow();
            JsonNode found = new ObjectMapper()
                    .readTree(Invocation.of("probe", "--json", uri).out());
            JsonNode certificate = found.get("certificate");
            assertThat(certificate.get("protocol").asText()).startsWith("TLSv1.");
            assertThat(certificate.get("hostMatches").asBoolean()).isTrue();
            assertThat(certificate.get("trustedByJava").asBoolean()).isFalse();
            assertThat(certificate.get("validUntil").asText()).isNotBlank();
        }
    }

    @Test
    void strictEndsWithOneOnlyWhereThereIsAWarning() {
        String uri = TestServers.shared(Product.POSTGRES).uri();
        assertThat(Invocation.of("probe", "--strict", uri).status()).isEqualTo(ExitStatus.OK);
        Invocation tooLarge = Invocation.of("probe", "--strict", uri + "?pool.maxSize=5000");
        assertThat(tooLarge.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(tooLarge.out()).contains("WARNING  maxSize", "pool.maxSize=5000 is more than there can be");
        assertThat(Invocation.of("probe", uri + "?pool.maxSize=5000").status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void whatAServerTellsIsJson() throws Exception {
        JsonNode postgres = json(Product.POSTGRES);
        assertThat(postgres.get("role").asText()).isEqualTo("primary");
        assertThat(postgres.get("acceptsWrites").asBoolean()).isTrue();
        assertThat(postgres.get("maxConnections").asInt()).isPositive();
        assertThat(postgres.get("connectionsInUse").asInt()).isPositive();
        assertThat(postgres.get("connectMicros").asLong()).isPositive();
        JsonNode mariadb = json(Product.MARIADB);
        assertThat(mariadb.get("idleTimeoutMillis").asLong()).isEqualTo(28_800_000);
        assertThat(mariadb.get("maxConnections").asInt()).isPositive();
        JsonNode redis = json(Product.REDIS);
        assertThat(redis.get("maxConnections").asInt()).isPositive();
        assertThat(redis.get("clockAheadMillis").isNumber()).isTrue();
        assertThat(json(Product.MONGODB).get("role").asText()).isNotBlank();
    }

    private static JsonNode json(Product product) throws Exception {
        return new ObjectMapper()
                .readTree(Invocation.of(
                                "probe", "--json", TestServers.shared(product).uri())
                        .out());
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
        assertThat(probe.err()).contains("Missing required parameter: 'URI'", "Try 'cenote probe --help'.");
    }
}
