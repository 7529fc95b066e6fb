package dev.cenote.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.redis.RedisConnection;
import dev.cenote.redis.RedisPool;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.RedisCommandTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a driver reports by itself has no code of the server's: classifiers then give the name of its class. */
class DriverErrorTest extends MetricsFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theNameOfADriversClassIsNoStatusCode() throws Exception {
        String uri = TestServers.shared(Product.REDIS).uri();
        try (var pool = RedisPool.builder()
                        .uri(uri)
                        .name("orders")
                        .acquireTimeout(PATIENCE)
                        .connectTimeout(PATIENCE)
                        .build();
                var metrics = PoolMetrics.bind(pool, registry)) {
            assertThatThrownBy(() -> pool.execute(new Silence())).isNotNull();
            assertThat(pool.codes(new RedisCommandTimeoutException())).containsExactly("RedisCommandTimeoutException");
            assertThat(scrape(metrics)
                            .value(
                                    "db_client_operation_duration_seconds_count",
                                    "db_response_status_code",
                                    "",
                                    "error_type",
                                    RedisCommandTimeoutException.class.getName()))
                    .isEqualTo(1);
        }
    }

    /** A command that is not answered. */
    private static final class Silence implements Operation<RedisConnection, String> {
        @Override
        public String name() {
            return "silence";
        }

        @Override
        public Optional<String> target() {
            return Optional.empty();
        }

        @Override
        public Effect effect() {
            return Effect.NON_IDEMPOTENT;
        }

        @Override
        public Class<String> resultType() {
            return String.class;
        }

        @Override
        public String execute(RedisConnection connection, Deadline deadline) {
            throw new RedisCommandTimeoutException();
        }
    }
}
