package dev.cenote.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.testkit.servers.TestServers.Product;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What options do to servers. */
class OptionsTest {
    private static TestServer start(Product product, ServerOptions options) {
        String reason = product.unavailable().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
        return TestServers.start(product, options);
    }

    @Test
    void postgresWithTlsPassesFullVerification() throws Exception {
        try (TestServer server = start(
                        Product.POSTGRES, ServerOptions.defaults().withTls().withPassword("it's"));
                Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?sslmode=verify-full&sslrootcert="
                                + server.certificate().orElseThrow(),
                        "postgres",
                        "it's");
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    @Test
    void redisWithTlsAnswersThoseWhoTrustItsCertificate() throws Exception {
        try (TestServer server = start(Product.REDIS, ServerOptions.defaults().withTls())) {
            assertThat(server.uri()).startsWith("rediss://");
            SSLContext context = trusting(server.certificate().orElseThrow());
            try (var socket = (SSLSocket) context.getSocketFactory().createSocket(server.host(), server.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII))
                        .isEqualTo("+PONG\r\n");
            }
            server.restart();
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void theStandInForMongoDbShowsTheCertificateThatWasAskedFor() throws Exception {
        try (TestServer server = start(Product.MONGODB, ServerOptions.defaults().withTls(ServerOptions.Tls.EXPIRED))) {
            assertThat(server.uri()).endsWith("?tls=true");
            SSLContext context = trusting(server.certificate().orElseThrow());
            try (var socket = (SSLSocket) context.getSocketFactory().createSocket(server.host(), server.port())) {
                socket.startHandshake();
                var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
                assertThatThrownBy(shown::checkValidity).isInstanceOf(CertificateExpiredException.class);
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
    void aServerWithoutTlsHasNoCertificate() {
        try (TestServer server = start(Product.REDIS, ServerOptions.defaults())) {
            assertThat(server.certificate()).isEmpty();
        }
    }

    @Test
    void optionsThatAProductDoesNotHaveAreRefused() {
        ServerOptions none = ServerOptions.defaults();
        assertThatThrownBy(() -> TestServers.create(Product.MONGODB, none.withPassword("secret")))
                .hasMessage("password must be empty for MongoDB's stand-in, was given");
        assertThatThrownBy(() -> TestServers.create(Product.MONGODB, none.withArguments("--quiet")))
                .hasMessage("arguments must be empty for MongoDB's stand-in, was [--quiet]");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(ServerOptions.defaults().withPassword("secret").withTls())
                .hasToString("ServerOptions[password ***, TLS, arguments []]");
    }
}
