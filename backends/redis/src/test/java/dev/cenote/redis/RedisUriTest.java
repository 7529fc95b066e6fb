package dev.cenote.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.api.sync.RedisCommands;
import org.junit.jupiter.api.Test;

class RedisUriTest {
    @Test
    void everythingItSaysIsHeeded() {
        try (TestServer server =
                TestServers.start(Product.REDIS, ServerOptions.defaults().withPassword("s3cret"))) {
            String uri = "redis://default:s3cret@" + server.host() + ":" + server.port()
                    + "/7?clientName=shop&protocol=2&pool.maxSize=3&pool.name=orders";
            try (RedisPool pool = RedisPool.builder().uri(uri).build();
                    var lease = pool.acquire()) {
                String info = lease.unwrap(RedisCommands.class).clientInfo();
                assertThat(info).contains(" db=7 ", " name=shop ", " resp=2", " user=default ");
                assertThat(pool.name()).isEqualTo("orders");
                assertThat(pool.stats().maxSize()).isEqualTo(3);
            }
        }
    }

    @Test
    void whatIsWrongIsToldByName() {
        assertRefused("redis://h/x", "database must be a whole number, was x");
        assertRefused("redis://h/-1", "database must be >= 0, was -1");
        assertRefused("redis://h?protocol=4", "protocol must be 2 or 3, was 4");
        assertRefused("redis://h?timeout=5s", "parameter timeout is the pool's: give pool.connectTimeout");
        assertRefused("redis://h?db=3", "parameter db must be given as the path, as in redis://host/3");
        assertRefused("redis://h1,h2", "host must be one, were [h1, h2]");
        assertRefused("redis://u@h", "password must be given with user u, was not");
        assertRefused("redis://h?verifyPeer=none", "verifyPeer, caFile and sslOptions must be given with TLS");
        assertRefused("rediss://h?verifyPeer=maybe", "verifyPeer must be full, ca or none, was maybe");
        assertRefused("rediss://h?caFile=/no/such/file", "caFile must be a readable file, was /no/such/file");
        assertRefused("redis://h?clientName=a%20b", "clientName must be visible ASCII without spaces, was a b");
        assertRefused(
                "mongodb://h", "scheme must be one of [redis, redis-sentinel, rediss, rediss-sentinel], was mongodb");
        assertRefused("redis-sentinel://h", "parameter master must name what the sentinels watch, was not given");
        assertRefused("redis://h?master=m", "parameter master must be given with redis-sentinel:// or");
        assertRefused("redis://h?sentinelPassword=hush", "parameter sentinelPassword must be given with");
        assertThatThrownBy(() -> RedisPool.builder().port(7).sentinels("m", "h").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("host and port must not be given with sentinels, were :7");
        assertThatThrownBy(() -> RedisPool.builder().sentinels("m"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("addresses.size must be >= 1, was 0");
        assertThatThrownBy(() -> RedisPool.builder().sentinels("m", "h:x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("port must be a number, was x");
    }

    private static void assertRefused(String uri, String message) {
        assertThatThrownBy(() -> RedisPool.builder().uri(uri).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void passwordsAreShownNowhere() {
        RedisPoolBuilder builder = RedisPool.builder().uri("redis://u:hush-hush@127.0.0.1:1/0");
        try (RedisPool pool = builder.build()) {
            assertThat(builder.toString() + pool + pool.options() + pool.health())
                    .doesNotContain("hush-hush");
        }
        PoolUri sentinels = PoolUri.parse("redis-sentinel://h1,h2?master=m&sentinelPassword=hush-hush");
        assertThat(sentinels.toString()).doesNotContain("hush-hush");
    }
}
