package dev.cenote.examples;

import static dev.cenote.redis.RedisOperations.delete;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.redis.RedisPool;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisExampleTest {
    private final RedisPool pool =
            RedisPool.builder().uri(TestServers.shared(Product.REDIS).uri()).build();

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void valueIsMadeOnce() {
        var made = new AtomicInteger();
        pool.execute(delete("page"));

        for (int i = 0; i < 3; i++) {
            assertThat(RedisExample.cached(pool, "page", () -> "made " + made.incrementAndGet()))
                    .isEqualTo("made 1");
        }
    }

    @Test
    void visitsAreCounted() {
        RedisExample.forget(pool, "home");

        assertThat(RedisExample.visit(pool, "home")).isEqualTo(1);
        assertThat(RedisExample.visit(pool, "home")).isEqualTo(2);
    }
}
