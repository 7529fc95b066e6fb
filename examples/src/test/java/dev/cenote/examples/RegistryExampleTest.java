package dev.cenote.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.PoolRegistry;
import dev.cenote.Pools;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.redis.RedisPool;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryExampleTest {
    @Test
    void poolsAreOpenedByUriAndClosedTogether() {
        PoolRegistry registry = RegistryExample.open(Map.of(
                "cache",
                TestServers.shared(Product.REDIS).uri() + "?pool.maxSize=2",
                "orders",
                "postgres://localhost/shop?pool.maxSize=3"));
        Pool<?> orders = registry.get("orders");

        assertThat(RegistryExample.ping(registry)).isEqualTo("PONG");
        assertThat(RegistryExample.stats(registry))
                .extracting(PoolStats::maxSize)
                .containsExactly(2, 3);

        registry.close();
        assertThat(orders.stats().state()).isEqualTo(PoolState.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres, postgres",
        "postgresql, postgres",
        "mysql, mysql",
        "mariadb, mysql",
        "mongodb, mongo",
        "redis, redis"
    })
    void eachSchemeHasItsBackend(String scheme, String backend) {
        Class<?> type = switch (backend) {
            case "postgres" -> PostgresPool.class;
            case "mysql" -> MySqlPool.class;
            case "mongo" -> MongoPool.class;
            default -> RedisPool.class;
        };
        try (Pool<?> pool = Pools.open(scheme + "://localhost")) {
            assertThat(pool).isInstanceOf(type);
            assertThat(pool.name()).startsWith(backend + "-");
        }
    }

    @Test
    void unknownSchemeIsToldTogetherWithTheKnownOnes() {
        assertThatThrownBy(() -> Pools.open("cassandra://localhost"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("scheme must be one of [mariadb, mongodb, ")
                .hasMessageEndingWith("], was cassandra");
    }
}
