package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.MongoServer;
import dev.cenote.protocols.errors.PoolException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS by the URI, against the stand-in with a certificate that signs itself. */
class TlsTest {
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private final ReplicaSetBackend backend = new ReplicaSetBackend();
    private final MongoServer server = new MongoServer(backend);
    private KeyStore keys;

    @BeforeEach
    void serve() throws Exception {
        keys = keys();
        server.enableSsl((PrivateKey) keys.getKey("mongo", STORE_PASSWORD), null, (X509Certificate)
                keys.getCertificate("mongo"));
        backend.serve(server);
    }

    @AfterEach
    void close() {
        server.shutdownNow();
    }

    private KeyStore keys() throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        "mongo",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
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
        return KeyStore.getInstance(store.toFile(), STORE_PASSWORD);
    }

    private SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("mongo", keys.getCertificate("mongo"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private MongoPoolBuilder builder(String options) {
        return MongoPool.builder()
                .uri(backend.uri() + "/?" + options)
                .connectTimeout(Duration.ofSeconds(5))
                .acquireTimeout(Duration.ofSeconds(10));
    }

    @Test
    void whoTrustsTheCertificateIsServed() throws Exception {
        SSLContext context = trusting();
        try (var pool = builder("tls=true")
                .settings(settings -> settings.applyToSslSettings(ssl -> ssl.context(context)))
                .build()) {
            assertThat(pool.execute(find("users"))).isEmpty();
        }
    }

    @Test
    void whoDoesNotIsToldSo() {
        try (var pool = builder("tls=true").build()) {
            assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(3)))
                    .isInstanceOf(PoolException.class)
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    void withoutTlsNothingIsServed() {
        try (var pool = builder("tls=false").build()) {
            assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(2))).isInstanceOf(PoolException.class);
        }
    }
}
