package dev.cenote.redis;

import static dev.cenote.redis.RedisCollections.hdel;
import static dev.cenote.redis.RedisCollections.hexists;
import static dev.cenote.redis.RedisCollections.hget;
import static dev.cenote.redis.RedisCollections.hgetAll;
import static dev.cenote.redis.RedisCollections.hincrBy;
import static dev.cenote.redis.RedisCollections.hkeys;
import static dev.cenote.redis.RedisCollections.hlen;
import static dev.cenote.redis.RedisCollections.hmget;
import static dev.cenote.redis.RedisCollections.hset;
import static dev.cenote.redis.RedisCollections.llen;
import static dev.cenote.redis.RedisCollections.lpop;
import static dev.cenote.redis.RedisCollections.lpush;
import static dev.cenote.redis.RedisCollections.lrange;
import static dev.cenote.redis.RedisCollections.rpop;
import static dev.cenote.redis.RedisCollections.rpush;
import static dev.cenote.redis.RedisCollections.sadd;
import static dev.cenote.redis.RedisCollections.scard;
import static dev.cenote.redis.RedisCollections.sismember;
import static dev.cenote.redis.RedisCollections.smembers;
import static dev.cenote.redis.RedisCollections.srem;
import static dev.cenote.redis.RedisCollections.zadd;
import static dev.cenote.redis.RedisCollections.zcard;
import static dev.cenote.redis.RedisCollections.zincrBy;
import static dev.cenote.redis.RedisCollections.zrange;
import static dev.cenote.redis.RedisCollections.zrangeWithScores;
import static dev.cenote.redis.RedisCollections.zrank;
import static dev.cenote.redis.RedisCollections.zrem;
import static dev.cenote.redis.RedisCollections.zscore;
import static dev.cenote.redis.RedisOperations.decr;
import static dev.cenote.redis.RedisOperations.delete;
import static dev.cenote.redis.RedisOperations.exists;
import static dev.cenote.redis.RedisOperations.expire;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.incrBy;
import static dev.cenote.redis.RedisOperations.mget;
import static dev.cenote.redis.RedisOperations.mset;
import static dev.cenote.redis.RedisOperations.ping;
import static dev.cenote.redis.RedisOperations.publish;
import static dev.cenote.redis.RedisOperations.set;
import static dev.cenote.redis.RedisOperations.ttl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {
    private final TestServer server = TestServers.shared(Product.REDIS);
    private RedisPool pool;

    @BeforeAll
    void open() {
        pool = RedisPool.builder().uri(server.uri()).database(5).maxSize(2).build();
    }

    @AfterAll
    void close() {
        pool.close();
    }

    @BeforeEach
    void empty() {
        try (var lease = pool.acquire()) {
            lease.unwrap(RedisCommands.class).flushdb();
        }
    }

    private <R> R run(Operation<? super RedisConnection, R> operation) {
        return pool.execute(operation);
    }

    @Test
    void strings() {
        assertThat(run(get("k"))).isEmpty();
        assertThat(run(set("k", "v"))).isTrue();
        assertThat(run(get("k"))).contains("v");
        assertThat(run(mset(Map.of("a", "1", "b", "2")))).isTrue();
        assertThat(run(mget("a", "none", "b"))).containsExactly(Optional.of("1"), Optional.empty(), Optional.of("2"));
        assertThat(run(incr("n"))).isEqualTo(1);
        assertThat(run(incrBy("n", 41))).isEqualTo(42);
        assertThat(run(decr("n"))).isEqualTo(41);
        assertThat(run(set("grün", "Täuschung 🌊"))).isTrue();
        assertThat(run(get("grün"))).contains("Täuschung 🌊");
    }

    @Test
    void setWithExpiryAndCondition() {
        assertThat(run(set("k", "1", SetOptions.none().ifPresent()))).isFalse();
        assertThat(run(set("k", "1", SetOptions.none().ifAbsent().expireAfter(Duration.ofMinutes(1)))))
                .isTrue();
        assertThat(run(set("k", "2", SetOptions.none().ifAbsent()))).isFalse();
        assertThat(run(ttl("k")))
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60)));
        assertThat(run(set("k", "3", SetOptions.none().keepTtl()))).isTrue();
        assertThat(run(ttl("k"))).isPresent();
        assertThat(run(set("k", "4"))).isTrue();
        assertThat(run(ttl("k"))).isEmpty();
        assertThat(run(set("k", "5", SetOptions.none().expireAt(Instant.now().plusSeconds(3600)))))
                .isTrue();
        assertThat(run(ttl("k"))).isPresent();
        assertThatThrownBy(() -> SetOptions.none().expireAfter(Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("expiry must be > 0, was PT0S");
    }

    @Test
    void keys() {
        run(set("k", "v"));
        assertThat(run(exists("k", "none"))).isEqualTo(1);
        assertThat(run(expire("k", Duration.ofMinutes(1)))).isTrue();
        assertThat(run(expire("none", Duration.ofMinutes(1)))).isFalse();
        assertThat(run(ttl("k"))).isPresent();
        assertThat(run(delete("k", "none"))).isEqualTo(1);
        assertThat(run(exists("k"))).isZero();
        assertThatThrownBy(() -> delete())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keys must not be empty, was []");
    }

    @Test
    void theShortestExpiryDoesNotDeleteTheKey() {
        assertThat(Expiry.millis(Duration.ofNanos(1))).isEqualTo(1);
        assertThat(Expiry.millis(Duration.ofMillis(2))).isEqualTo(2);
        run(set("k", "v"));
        assertThat(run(expire("k", Duration.ofNanos(1)))).isTrue();
    }

    @Test
    void whatNeedsOneKeyNamesIt() {
        assertThat(delete("k").target()).contains("k");
        assertThat(delete("k", "l").target()).isEmpty();
        assertThatThrownBy(() -> mget("k", null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void asynchronousOnesFailTheirFutureAndNeverThrow() throws Exception {
        Execution<String> failing = new Execution<>() {
            @Override
            public CompletionStage<String> start(RedisConnection connection, Deadline deadline) {
                throw new IllegalArgumentException("made up");
            }

            @Override
            public String run(RedisConnection connection, Deadline deadline) {
                throw new IllegalArgumentException("made up");
            }

            @Override
            public CompletionStage<String> startAmongOthers(RedisConnection connection) {
                throw new IllegalArgumentException("made up");
            }

            @Override
            public Optional<String> whyAlone() {
                return Optional.empty();
            }
        };
        var facts = new RedisOperation.Facts("BROKEN", null, List.of(), Effect.READ_ONLY, RedisOperation.Lane.SHARED);
        RedisOperation<String> broken = new RedisOperation<>(facts, String.class, failing);
        var connector = RedisPool.builder().uri(server.uri()).connector();
        try {
            RedisConnection connection = connector.open(Deadline.after(Duration.ofSeconds(10)));
            assertThat(broken.executeAsync(connection, Deadline.none(), Runnable::run)
                            .toCompletableFuture())
                    .isCompletedExceptionally();
            connector.close(connection);
        } finally {
            connector.shutdown();
        }
    }

    @Test
    void hashes() {
        assertThat(run(hset("h", "a", "1"))).isTrue();
        assertThat(run(hset("h", "a", "2"))).isFalse();
        assertThat(run(hset("h", Map.of("b", "3", "c", "4")))).isEqualTo(2);
        assertThat(run(hget("h", "a"))).contains("2");
        assertThat(run(hget("h", "none"))).isEmpty();
        assertThat(run(hgetAll("h"))).isEqualTo(Map.of("a", "2", "b", "3", "c", "4"));
        assertThat(run(hmget("h", "c", "none"))).containsExactly(Optional.of("4"), Optional.empty());
        assertThat(run(hincrBy("h", "a", 5))).isEqualTo(7);
        assertThat(run(hexists("h", "a"))).isTrue();
        assertThat(run(hlen("h"))).isEqualTo(3);
        assertThat(run(hkeys("h"))).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(run(hdel("h", "a", "none"))).isEqualTo(1);
    }

    @Test
    void lists() {
        assertThat(run(rpush("l", "b", "c"))).isEqualTo(2);
        assertThat(run(lpush("l", "a"))).isEqualTo(3);
        assertThat(run(lrange("l", 0, -1))).containsExactly("a", "b", "c");
        assertThat(run(llen("l"))).isEqualTo(3);
        assertThat(run(lpop("l"))).contains("a");
        assertThat(run(rpop("l"))).contains("c");
        assertThat(run(rpop("l"))).contains("b");
        assertThat(run(lpop("l"))).isEmpty();
    }

    @Test
    void sets() {
        assertThat(run(sadd("s", "a", "b"))).isEqualTo(2);
        assertThat(run(sadd("s", "b"))).isZero();
        assertThat(run(smembers("s"))).containsExactlyInAnyOrder("a", "b");
        assertThat(run(sismember("s", "a"))).isTrue();
        assertThat(run(scard("s"))).isEqualTo(2);
        assertThat(run(srem("s", "a", "none"))).isEqualTo(1);
    }

    @Test
    void sortedSets() {
        assertThat(run(zadd("z", 2, "b"))).isTrue();
        assertThat(run(zadd("z", 1, "a"))).isTrue();
        assertThat(run(zadd("z", 3, "b"))).isFalse();
        assertThat(run(zrange("z", 0, -1))).containsExactly("a", "b");
        assertThat(run(zrangeWithScores("z", 0, -1))).containsExactly(new Scored<>("a", 1), new Scored<>("b", 3));
        assertThat(run(zscore("z", "b"))).contains(3.0);
        assertThat(run(zscore("z", "none"))).isEmpty();
        assertThat(run(zincrBy("z", 0.5, "b"))).isEqualTo(3.5);
        assertThat(run(zcard("z"))).isEqualTo(2);
        assertThat(run(zrank("z", "b"))).contains(1L);
        assertThat(run(zrank("z", "none"))).isEmpty();
        assertThat(run(zrem("z", "a"))).isEqualTo(1);
    }

    @Test
    void publishReachesSubscribers() throws Exception {
        assertThat(run(ping())).isEqualTo("PONG");
        assertThat(run(publish("news", "nobody hears"))).isZero();
        RedisClient client = RedisClient.create(server.uri());
        try (var subscriber = client.connectPubSub()) {
            var heard = new CompletableFuture<String>();
            subscriber.addListener(new RedisPubSubAdapter<String, String>() {
                @Override
                public void message(String channel, String message) {
                    heard.complete(channel + ": " + message);
                }
            });
            subscriber.sync().subscribe("news");
            assertThat(run(publish("news", "hello"))).isEqualTo(1);
            assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo("news: hello");
        } finally {
            client.shutdown();
        }
    }

    @Test
    void asynchronousOnesGiveTheSame() {
        assertThat(pool.executeAsync(set("k", "v")).join()).isTrue();
        assertThat(pool.executeAsync(get("k")).join()).contains("v");
        assertThat(pool.executeAsync(get("none")).join()).isEmpty();
    }

    @Test
    void whatTheServerWillNotDoIsTheCallersMistakeAndKeepsTheConnection() {
        run(set("k", "v"));
        run(rpush("l", "v"));
        for (Operation<RedisConnection, ?> wrong : List.<Operation<RedisConnection, ?>>of(
                get("l"),
                incr("l"),
                incrBy("l", 2),
                decr("l"),
                hset("k", "f", "v"),
                hset("k", Map.of("f", "v")),
                hget("k", "f"),
                hgetAll("k"),
                hmget("k", "f"),
                hdel("k", "f"),
                hincrBy("k", "f", 1),
                hexists("k", "f"),
                hlen("k"),
                hkeys("k"),
                lpush("k", "x"),
                rpush("k", "x"),
                lpop("k"),
                rpop("k"),
                lrange("k", 0, -1),
                llen("k"),
                sadd("k", "x"),
                srem("k", "x"),
                smembers("k"),
                sismember("k", "x"),
                scard("k"),
                zadd("k", 1, "x"),
                zrem("k", "x"),
                zrange("k", 0, -1),
                zrangeWithScores("k", 0, -1),
                zscore("k", "x"),
                zincrBy("k", 1, "x"),
                zcard("k"),
                zrank("k", "x"))) {
            assertThatThrownBy(() -> run(wrong))
                    .as(wrong.name())
                    .isInstanceOfSatisfying(OperationFailedException.class, failure -> {
                        assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
                        assertThat(failure.operation()).startsWith(wrong.name() + " ");
                    })
                    .hasMessageContaining("WRONGTYPE");
        }
        for (Operation<RedisConnection, ?> wrong : List.<Operation<RedisConnection, ?>>of(
                incr("k"), set("k", "v", SetOptions.none().expireAt(Instant.EPOCH)), zadd("z", Double.NaN, "x"))) {
            assertThatThrownBy(() -> run(wrong))
                    .as(wrong.name())
                    .isInstanceOfSatisfying(
                            OperationFailedException.class,
                            failure -> assertThat(failure.verdict())
                                    .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT)))
                    .hasMessageContaining("ERR ");
        }
        assertThat(pool.stats().closed()).as("no connection was closed for it").isEmpty();
    }

    @Test
    void effectsSayWhatMayRunTwice() {
        assertThat(get("k").effect()).isEqualTo(Effect.READ_ONLY);
        assertThat(set("k", "v").effect()).isEqualTo(Effect.IDEMPOTENT);
        assertThat(set("k", "v", SetOptions.none().ifAbsent()).effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(set("k", "v", SetOptions.none().ifPresent()).effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(set("k", "v", SetOptions.none().keepTtl()).effect()).isEqualTo(Effect.IDEMPOTENT);
        assertThat(List.of(
                        mset(Map.of("k", "v")),
                        delete("k"),
                        expire("k", Duration.ofSeconds(1)),
                        hset("k", "f", "v"),
                        hdel("k", "f"),
                        sadd("k", "m"),
                        srem("k", "m"),
                        zadd("k", 1, "m"),
                        zrem("k", "m")))
                .allSatisfy(operation -> assertThat(operation.effect()).isEqualTo(Effect.IDEMPOTENT));
        assertThat(List.of(
                        incr("k"),
                        incrBy("k", 2),
                        decr("k"),
                        hincrBy("k", "f", 1),
                        lpush("k", "v"),
                        rpush("k", "v"),
                        lpop("k"),
                        rpop("k"),
                        publish("c", "m"),
                        zincrBy("k", 1, "m")))
                .allSatisfy(operation -> assertThat(operation.effect()).isEqualTo(Effect.NON_IDEMPOTENT));
        assertThat(incr("k").idempotent().effect()).isEqualTo(Effect.IDEMPOTENT);
        assertThat(get("k").target()).contains("k");
        assertThat(get("k").resultType()).isEqualTo(Optional.class);
    }
}
