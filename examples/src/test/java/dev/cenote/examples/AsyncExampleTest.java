package dev.cenote.examples;

import static dev.cenote.redis.RedisOperations.mset;
import static dev.cenote.redis.RedisOperations.ping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Lease;
import dev.cenote.redis.RedisConnection;
import dev.cenote.redis.RedisPool;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncExampleTest {
    private final RedisPool pool = RedisPool.builder()
            .uri(TestServers.shared(Product.REDIS).uri())
            .maxSize(1)
            .build();

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void valuesComeInTheOrderOfTheirKeys() {
        pool.execute(mset(Map.of("a", "1", "b", "2")));

        assertThat(AsyncExample.fetchAll(pool, List.of("b", "none", "a")).join())
                .containsExactly(Optional.of("2"), Optional.empty(), Optional.of("1"));
    }

    @Test
    void cancelledAcquireLeavesNoWaiterAndLosesNoConnection() {
        try (Lease<RedisConnection> only = pool.acquire()) {
            CompletableFuture<Lease<RedisConnection>> waiting = pool.acquireAsync();
            assertThat(only.isClosed()).isFalse();
            assertThat(pool.stats().waiters()).isEqualTo(1);

            assertThat(AsyncExample.giveUp(waiting)).isTrue();
            assertThat(pool.stats().waiters()).isZero();
        }
        assertThat(pool.execute(ping())).isEqualTo("PONG");
        Consistency.assertAtRest(pool);
    }

    @Test
    void leaseThatCameBeforeTheCancelIsClosed() {
        CompletableFuture<Lease<RedisConnection>> came = pool.acquireAsync();
        came.join();

        assertThat(AsyncExample.giveUp(came)).isFalse();
        assertThat(pool.stats().leased()).isZero();
    }
}
