package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    /** A key and a certificate that signs itself, as keytool of the JDK makes them, in PEM. */
    private void certify(String alternativeName) throws Exception {
        Path store = folder.resolve("store.p12");
        Files.deleteIfExists(store);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        "redis",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "san=" + alternativeName,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(STORE_PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD);
        pem("key", "PRIVATE KEY", keys.getKey("redis", STORE_PASSWORD).getEncoded());
        pem("crt", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
    }

    private void pem(String file, String title, byte[] encoded) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + title + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + title
                        + "-----\n");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private TestServer start(int tlsPort) {
        return TestServers.start(
                Product.REDIS,
                ServerOptions.defaults()
                        .withArguments(
                                "--tls-port",
                                String.valueOf(tlsPort),
                                "--tls-cert-file",
                                folder.resolve("crt").toString(),
                                "--tls-key-file",
                                folder.resolve("key").toString(),
                                "--tls-ca-cert-file",
                                folder.resolve("crt").toString(),
                                "--tls-auth-clients",
                                "no"));
    }

    private static RedisPool pool(int port, String parameters) {
        return RedisPool.builder()
                .uri("rediss://127.0.0.1:" + port + parameters)
                .acquireTimeout(Duration.ofSeconds(2))
                .build();
    }

    private static void assertServes(int port, String parameters) {
        try (RedisPool pool = pool(port, parameters)) {
            assertThat(pool.execute(ping())).as(parameters).isEqualTo("PONG");
        }
    }

    private static void assertRefuses(int port, String parameters, String reason) {
        try (RedisPool pool = pool(port, parameters)) {
            assertThatThrownBy(pool::acquire)
                    .as(parameters)
                    .isInstanceOfSatisfying(
                            ConnectionFailedException.class,
                            failure -> assertThat(failure.verdict().call()).isEqualTo(CallFate.PERMANENT))
                    .satisfies(failure -> System.out.println("Redis: " + failure.getMessage()))
                    .hasStackTraceContaining(reason);
        }
    }

    @Test
    void aTrustedCertificateThatNamesTheHostIsTaken() throws Exception {
        certify("ip:127.0.0.1");
        int port = freePort();
        String ca = "caFile=" + folder.resolve("crt");
        try (TestServer server = start(port)) {
            assertThat(server.isRunning()).isTrue();
            assertServes(port, "?" + ca);
            assertServes(port, "?verifyPeer=full&" + ca);
            assertServes(port, "?verifyPeer=ca&" + ca);
            assertServes(port, "?verifyPeer=none");
            assertRefuses(port, "", "PKIX path building failed");
            assertRefuses(port, "?verifyPeer=ca", "PKIX path building failed");
        }
    }

    @Test
    void theDriversOptionsMayBeChangedFurther() throws Exception {
        certify("ip:127.0.0.1");
        int port = freePort();
        try (TestServer server = start(port);
                RedisPool pool = RedisPool.builder()
                        .uri("rediss://127.0.0.1:" + port)
                        .sslOptions(options -> options.trustManager(
                                        folder.resolve("crt").toFile())
                                .protocols("TLSv1.2"))
                        .build()) {
            assertThat(server.isRunning()).isTrue();
            assertThat(pool.execute(ping())).isEqualTo("PONG");
        }
        assertThatThrownBy(() -> RedisPool.builder().sslOptions(options -> {}).build())
                .hasMessage("verifyPeer, caFile and sslOptions must be given with TLS (rediss://), were without");
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedUnlessTheNameIsNotChecked() throws Exception {
        certify("dns:other.example");
        int port = freePort();
        String ca = "caFile=" + folder.resolve("crt");
        try (TestServer server = start(port)) {
            assertThat(server.isRunning()).isTrue();
            assertRefuses(port, "?" + ca, "No subject alternative names");
            assertServes(port, "?verifyPeer=ca&" + ca);
            assertServes(port, "?verifyPeer=none");
        }
    }

    @Test
    void aServerWithoutTlsIsAConnectFailureInTime() {
        TestServer plain = TestServers.shared(Product.REDIS);
        // To Redis a TLS greeting is the beginning of a command, of which it awaits the rest.
        try (RedisPool pool = pool(plain.port(), "?verifyPeer=none&pool.connectTimeout=500ms")) {
            assertThatThrownBy(pool::acquire).isInstanceOfSatisfying(AcquireTimeoutException.class, failure -> {
                System.out.println("Redis: " + failure.getMessage());
                assertThat(failure.lastConnectFailure()).isPresent();
            });
        }
    }
}
