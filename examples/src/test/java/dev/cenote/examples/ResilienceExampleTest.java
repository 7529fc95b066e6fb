package dev.cenote.examples;

import static dev.cenote.redis.RedisOperations.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.redis.RedisPool;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResilienceExampleTest {
    private final CircuitBreaker circuit = CircuitBreaker.builder()
            .failureThreshold(1)
            .resetTimeout(Duration.ofHours(1))
            .build();

    @Test
    void restartedServerIsReachedByARetry() {
        try (TestServer server = TestServers.start(Product.REDIS);
                RedisPool pool = ResilienceExample.pool(
                        server.uri(),
                        CircuitBreaker.builder().failureThreshold(50).build())) {
            assertThat(pool.execute(ping())).isEqualTo("PONG");

            server.restart();

            assertThat(pool.execute(ping())).isEqualTo("PONG");
        }
    }

    @Test
    void callsFailAtOnceWhileTheServerIsDown() {
        try (TestServer server = TestServers.start(Product.REDIS);
                RedisPool pool = ResilienceExample.pool(server.uri(), circuit)) {
            assertThat(pool.execute(ping())).isEqualTo("PONG");

            server.kill();

            assertThatThrownBy(() -> pool.execute(ping())).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> pool.execute(ping())).isInstanceOf(CircuitOpenException.class);
            assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        }
    }

    @Test
    void callOfOnesOwnIsTriedAgain() throws Exception {
        var attempts = new AtomicInteger();
        CircuitBreaker patient = CircuitBreaker.builder().failureThreshold(10).build();

        String result = ResilienceExample.guarded(
                () -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IOException("not yet");
                    }
                    return "done";
                },
                patient);

        assertThat(result).isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void callOfOnesOwnStopsAtItsLastRetry() {
        CircuitBreaker patient = CircuitBreaker.builder().failureThreshold(10).build();

        assertThatThrownBy(() -> ResilienceExample.guarded(
                        () -> {
                            throw new IOException("never");
                        },
                        patient))
                .isInstanceOfSatisfying(
                        RetriesExhaustedException.class,
                        error -> assertThat(error.attempts()).hasSize(4));
    }
}
