package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.ServerOptions.Tls;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What probe tells of TLS where a server's protocol or driver has its own way with it. */
class ProbeTlsTest {
    private static TestServer start(Product product, Tls certificate) {
        String reason = product.unavailable().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
        return TestServers.start(product, ServerOptions.defaults().withTls(certificate));
    }

    private static JsonNode json(String uri) throws Exception {
        Invocation probe = Invocation.of("probe", "--json", uri);
        assertThat(probe.err()).isEmpty();
        return new ObjectMapper().readTree(probe.out());
    }

    private static void assertUnreachable(String uri, String... words) {
        Invocation probe = Invocation.of("probe", uri);
        assertThat(probe.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(probe.err().strip())
                .startsWith("cenote: cannot connect to ")
                .contains(words)
                .doesNotContain("\n");
    }

    @Test
    void mariaDbsCertificateIsShown() throws Exception {
        try (TestServer server = start(Product.MARIADB, Tls.VALID)) {
            Invocation text = Invocation.of("probe", "--strict", server.uri() + "?sslMode=trust");
            assertThat(text.status()).as(text.err()).isEqualTo(ExitStatus.OK);
            assertThat(text.out())
                    .contains("TLS          TLSv1.", "certificate  CN=localhost", "signed by itself")
                    .contains("use sslMode=verify-full");
            JsonNode checked = json(server.uri() + "?sslMode=verify-full&serverSslCert="
                    + server.certificate().orElseThrow());
            assertThat(checked.at("/certificate/hostMatches").asBoolean()).isTrue();
            assertThat(checked.get("advice").toString()).doesNotContain("use sslMode");
            assertUnreachable(server.uri(), "the server's certificate is signed by itself");
        }
    }

    @Test
    void mariaDbsExpiredCertificateIsWarnedOf() {
        try (TestServer server = start(Product.MARIADB, Tls.EXPIRED)) {
            Invocation text = Invocation.of("probe", "--strict", server.uri() + "?sslMode=trust");
            assertThat(text.status()).as(text.err()).isEqualTo(ExitStatus.FAILED);
            assertThat(text.out()).contains("WARNING  certificate     It has expired on ");
        }
    }

    @Test
    void mySqlsCertificateForAnotherHostIsWarnedOf() {
        try (TestServer server = start(Product.MYSQL, Tls.OF_ANOTHER_HOST)) {
            Invocation text = Invocation.of("probe", "--strict", server.uri() + "?sslMode=REQUIRED");
            assertThat(text.status()).as(text.err()).isEqualTo(ExitStatus.FAILED);
            assertThat(text.out())
                    .contains("certificate  CN=db.example", "use sslMode=VERIFY_IDENTITY")
                    .contains("WARNING  certificate     It is not for 127.0.0.1 but for db.example");
            assertUnreachable(
                    server.uri() + "?sslMode=VERIFY_IDENTITY",
                    "the server's certificate is for db.example, not for 127.0.0.1, is signed by itself");
        }
    }

    @Test
    void mongoDbsCertificateIsShownToOneWhoTrustsIt() throws Exception {
        try (TestServer server = start(Product.MONGODB, Tls.VALID)) {
            assertUnreachable(server.uri(), "the server's certificate is signed by itself");
            SSLContext before = SSLContext.getDefault();
            SSLContext.setDefault(trusting(server.certificate().orElseThrow()));
            try {
                JsonNode found = json(server.uri());
                assertThat(found.get("tls").asText()).isEqualTo("on");
                assertThat(found.at("/certificate/hostMatches").asBoolean()).isTrue();
                assertThat(found.at("/certificate/trustedByJava").asBoolean()).isFalse();
                assertThat(Invocation.of("probe", server.uri() + "&tlsInsecure=true")
                                .out())
                        .contains("not fully, checked: use", "tlsInsecure=false");
            } finally {
                SSLContext.setDefault(before);
            }
        }
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void anExpiredCertificateIsNamedWhereTheDriverRefusesIt() {
        try (TestServer server = start(Product.MONGODB, Tls.EXPIRED)) {
            assertUnreachable(server.uri(), "the server's certificate has expired on ");
        }
    }

    @Test
    void tlsThatIsMissingOnOneSideIsNamed() {
        String mariaDb = TestServers.shared(Product.MARIADB).uri();
        assertUnreachable(mariaDb.replace("sslMode=disable", "sslMode=trust"), "the server offers no TLS");
        assertUnreachable(TestServers.shared(Product.POSTGRES).uri() + "?sslmode=require", "the server offers no TLS");
        assertUnreachable(
                TestServers.shared(Product.MONGODB).uri() + "?tls=true", "the server does not answer a TLS handshake");
        try (TestServer mongoDb = start(Product.MONGODB, Tls.VALID);
                TestServer redis = start(Product.REDIS, Tls.VALID)) {
            assertUnreachable(mongoDb.uri().replace("?tls=true", ""), "the server speaks TLS: use tls=true");
            assertUnreachable(redis.uri().replace("rediss:", "redis:"), "the server speaks TLS: use the scheme rediss");
        }
    }
}
