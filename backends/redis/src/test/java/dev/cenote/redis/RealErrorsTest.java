package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Errors that a real server was made to say. */
class RealErrorsTest {
    private static TestServer redis(String... arguments) {
        return TestServers.start(Product.REDIS, ServerOptions.defaults().withArguments(arguments));
    }

    private static RedisPool pool(TestServer server) {
        return RedisPool.builder()
                .uri(server.uri())
                .acquireTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static Verdict verdict(RedisPool pool, Operation<? super RedisConnection, ?> operation, String says) {
        OperationFailedException failure =
                catchThrowableOfType(OperationFailedException.class, () -> pool.execute(operation));
        assertThat(failure).hasMessageContaining(says);
        return failure.verdict();
    }

    @Test
    void outOfMemoryIsPermanentAndKeepsTheConnection() {
        try (TestServer server = redis("--maxmemory", "1mb");
                RedisPool pool = pool(server)) {
            assertThat(verdict(pool, set("k", "x".repeat(2_000_000)), "OOM"))
                    .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
        }
    }

    @Test
    void aReplicaDoesNotTakeWritesAndItsGenerationIsCleared() {
        try (TestServer master = redis();
                TestServer replica = redis("--replicaof", "127.0.0.1 " + master.port());
                RedisPool pool = pool(replica)) {
            Lease<RedisConnection> other = pool.acquire();
            assertThat(verdict(pool, set("k", "v"), "READONLY"))
                    .isEqualTo(new Verdict(ConnectionFate.CLEAR, CallFate.NOT_EXECUTED));
            assertThat(pool.stats().generation()).isEqualTo(1);
            other.close();
            Consistency.until(
                    pool,
                    "the older connection is closed too",
                    stats -> stats.closed().size() == 2);
        }
    }

    @Test
    void missingAndWrongPasswordsArePermanent() {
        try (TestServer server =
                TestServers.start(Product.REDIS, ServerOptions.defaults().withPassword("right"))) {
            for (String uri : new String[] {
                server.uri().replace(":right@", ""), server.uri().replace("right", "wrong")
            }) {
                try (RedisPool pool = RedisPool.builder().uri(uri).build()) {
                    ConnectionFailedException failure =
                            catchThrowableOfType(ConnectionFailedException.class, pool::acquire);
                    assertThat(failure.verdict().call()).isEqualTo(CallFate.PERMANENT);
                    assertThat(failure).hasMessageMatching(".*(NOAUTH|WRONGPASS).*");
                }
            }
        }
    }

    @Test
    void tooManyClientsIsWaitedOut() {
        List<String> failures = new CopyOnWriteArrayList<>();
        PoolListener listener = event -> {
            if (event instanceof PoolEvent.ConnectionFailed failed) {
                failures.add(failed.error() + " because of " + failed.error().getCause());
            }
        };
        try (TestServer server = redis("--maxclients", "1");
                RedisPool first = pool(server);
                RedisPool second =
                        RedisPool.builder().uri(server.uri()).listener(listener).build()) {
            Lease<RedisConnection> held = first.acquire();
            assertThatThrownBy(() -> second.acquire(Duration.ofSeconds(2))).isInstanceOf(AcquireTimeoutException.class);
            System.out.println("Redis: too many clients: " + Set.copyOf(failures));
            assertThat(failures)
                    .isNotEmpty()
                    .allSatisfy(failure -> assertThat(failure)
                            .as("by the server, or by us where the driver dropped what the server said")
                            .containsAnyOf("max number of clients", "too many clients"));
            held.invalidate();
            assertThat(second.execute(get("k"))).isEmpty();
        }
    }

    @Test
    void aScriptThatRunsForLongIsBusy() {
        try (TestServer server = redis("--busy-reply-threshold", "50");
                RedisPool pool = pool(server);
                Lease<RedisConnection> running = pool.acquire()) {
            var script = running.unwrap(io.lettuce.core.api.async.RedisAsyncCommands.class)
                    .eval("while true do end", io.lettuce.core.ScriptOutputType.STATUS);
            org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                OperationFailedException failure =
                        catchThrowableOfType(OperationFailedException.class, () -> pool.execute(get("k")));
                assertThat(failure).hasMessageContaining("BUSY ");
                assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED));
            });
            try (Lease<RedisConnection> killer = pool.acquire()) {
                killer.unwrap(RedisCommands.class).scriptKill();
            }
            assertThat(script.toCompletableFuture()).failsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void aCrashBeforeTheSendIsNotExecutedAndAfterItUnknown() {
        try (TestServer server = redis();
                RedisPool pool = pool(server);
                Lease<RedisConnection> one = pool.acquire();
                Lease<RedisConnection> two = pool.acquire()) {
            one.execute(get("k"));
            server.pause();
            var pending = two.executeAsync(set("k", "v"));
            server.kill();
            OperationFailedException after =
                    (OperationFailedException) org.assertj.core.api.Assertions.catchThrowable(pending::join)
                            .getCause();
            assertThat(after.verdict()).isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
            // The lease knows now; another finds out from the driver that nothing could be written.
            assertThatThrownBy(() -> two.execute(set("k", "v"))).isInstanceOf(StaleConnectionException.class);
            var driver = one.unwrap(io.lettuce.core.api.StatefulRedisConnection.class);
            org.awaitility.Awaitility.await().until(() -> !driver.isOpen());
            OperationFailedException before =
                    catchThrowableOfType(OperationFailedException.class, () -> one.execute(set("k", "v")));
            assertThat(before.verdict())
                    .as(before.toString())
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        }
    }
}
