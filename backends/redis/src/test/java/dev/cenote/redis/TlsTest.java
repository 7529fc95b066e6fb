package dev.cenote.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private final TestServer server =
            TestServers.start(Product.REDIS, ServerOptions.defaults().withTls());

    @AfterAll
    void close() {
        server.close();
    }

    private RedisPool pool(String scheme, String parameters) {
        return RedisPool.builder()
                .uri(scheme + "://" + server.host() + ":" + server.port() + parameters)
                .build();
    }

    private String certificate() {
        return server.certificate().orElseThrow().toString();
    }

    @Test
    void aTrustedCertificateIsAccepted() {
        try (RedisPool pool = pool("rediss", "?verifyPeer=ca&caFile=" + certificate())) {
            assertThat(pool.execute(RedisOperations.ping())).isEqualTo("PONG");
        }
        try (RedisPool pool = pool("rediss", "?verifyPeer=none")) {
            assertThat(pool.execute(RedisOperations.ping())).isEqualTo("PONG");
        }
    }

    @Test
    void anUntrustedCertificateIsRefusedAndSoIsPlainText() {
        for (RedisPool refused : new RedisPool[] {pool("rediss", ""), pool("redis", "")}) {
            try (RedisPool pool = refused) {
                assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(2)))
                        .isInstanceOfSatisfying(
                                AcquireTimeoutException.class,
                                failure ->
                                        assertThat(failure.lastConnectFailure()).isPresent());
            }
        }
    }
}
