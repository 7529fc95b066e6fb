package dev.cenote.redis;

import static dev.cenote.redis.RedisCollections.lpush;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.mget;
import static dev.cenote.redis.RedisOperations.ping;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.FreePort;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Servers that are not themselves, and commands that they refuse: what the first word of a real answer is read as. */
class RealRefusalsTest {
    private static final Verdict NOT_NOW = new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED);
    private static final Verdict REFUSED = new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);

    private final RedisClassifier classifier = new RedisClassifier();

    private static TestServer redis(String... arguments) {
        return TestServers.start(Product.REDIS, ServerOptions.defaults().withArguments(arguments));
    }

    private static RedisPool pool(String uri) {
        return RedisPool.builder()
                .uri(uri)
                .acquireTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static OperationFailedException failure(
            Lease<RedisConnection> lease, Operation<? super RedisConnection, ?> operation) {
        return catchThrowableOfType(OperationFailedException.class, () -> lease.execute(operation));
    }

    private void assertSays(String code, Verdict verdict, OperationFailedException failure) {
        assertThat(classifier.codes(failure)).as(failure.toString()).containsExactly(code);
        assertThat(failure.verdict()).isEqualTo(verdict);
    }

    @SuppressWarnings("unchecked")
    private static RedisCommands<String, String> driver(Lease<RedisConnection> lease) {
        return lease.unwrap(RedisCommands.class);
    }

    private static CommandArgs<String, String> words(String... words) {
        return new CommandArgs<>(StringCodec.UTF8).addValues(words);
    }

    @Test
    void commandsOnTheWrongTypeAreRefused() {
        try (RedisPool pool = pool(TestServers.shared(Product.REDIS).uri());
                Lease<RedisConnection> lease = pool.acquire()) {
            lease.execute(set("a string", "v"));
            assertSays("WRONGTYPE", REFUSED, failure(lease, lpush("a string", "v")));
            assertSays("ERR", REFUSED, failure(lease, incr("a string")));
        }
    }

    @Test
    void aUserWithoutPermissionIsRefused() {
        try (TestServer server = redis();
                RedisPool admin = pool(server.uri());
                Lease<RedisConnection> granting = admin.acquire()) {
            driver(granting)
                    .dispatch(
                            CommandType.ACL,
                            new StatusOutput<>(StringCodec.UTF8),
                            words("SETUSER", "reader", "on", ">right", "~*", "+@read", "+@connection"));
            try (RedisPool pool = pool(server.uri().replace("redis://", "redis://reader:right@"));
                    Lease<RedisConnection> lease = pool.acquire()) {
                assertSays("NOPERM", REFUSED, failure(lease, set("k", "v")));
            }
        }
    }

    @Test
    void tooFewReplicasIsNotNow() {
        try (TestServer server = redis("--min-replicas-to-write", "1");
                RedisPool pool = pool(server.uri());
                Lease<RedisConnection> lease = pool.acquire()) {
            assertSays("NOREPLICAS", NOT_NOW, failure(lease, set("k", "v")));
        }
    }

    @Test
    void aReplicaWithoutItsMasterIsNotNow() {
        try (TestServer server = redis("--replica-serve-stale-data", "no");
                RedisPool pool = pool(server.uri());
                Lease<RedisConnection> lease = pool.acquire()) {
            driver(lease).replicaof("127.0.0.1", FreePort.choose());
            assertSays("MASTERDOWN", NOT_NOW, failure(lease, get("k")));
        }
    }

    @Test
    void aServerThatReadsItsDataInIsNotNowAndLeftAlone() {
        try (TestServer server = redis(
                        "--enable-debug-command", "yes",
                        "--loading-process-events-interval-bytes", "1024");
                RedisPool pool = pool(server.uri());
                Lease<RedisConnection> loading = pool.acquire();
                Lease<RedisConnection> other = pool.acquire()) {
            for (int i = 0; i < 300; i++) {
                loading.execute(set("key" + i, "x".repeat(1_000)));
            }
            driver(loading).configSet("key-load-delay", "20000"); // microseconds, for each key
            var reload = loading.unwrap(RedisAsyncCommands.class)
                    .dispatch(CommandType.DEBUG, new StatusOutput<>(StringCodec.UTF8), words("RELOAD"));
            Awaitility.await().pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
                OperationFailedException failure = failure(other, get("key1"));
                assertThat(failure).isNotNull();
                assertSays("LOADING", NOT_NOW, failure);
                assertThat(classifier.pushBack(failure)).contains(Duration.ofMillis(200));
            });
            driver(other).configSet("key-load-delay", "0");
            assertThat(reload.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
            assertThat(other.execute(get("key1"))).isPresent();
        }
    }

    @Test
    void aClusterThatIsDownIsNotNowAndKeysOfSeveralSlotsAreRefused() {
        try (TestServer server = redis("--cluster-enabled", "yes");
                RedisPool pool = pool(server.uri());
                Lease<RedisConnection> lease = pool.acquire()) {
            assertSays("CLUSTERDOWN", NOT_NOW, failure(lease, get("k")));
            driver(lease)
                    .dispatch(
                            CommandType.CLUSTER,
                            new StatusOutput<>(StringCodec.UTF8),
                            words("ADDSLOTSRANGE", "0", "16383"));
            assertSays("CROSSSLOT", REFUSED, failure(lease, mget("a", "b")));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> failure(lease, get("k")) == null);
        }
    }

    @Test
    void whatScriptsAndTransactionsAreRefusedFor() {
        try (RedisPool pool = pool(TestServers.shared(Product.REDIS).uri());
                Lease<RedisConnection> lease = pool.acquire()) {
            RedisCommands<String, String> driver = driver(lease);
            for (String code : List.of("NOSCRIPT", "EXECABORT")) {
                Throwable said = catchThrowable(() -> {
                    if (code.equals("NOSCRIPT")) {
                        driver.evalsha("0".repeat(40), ScriptOutputType.STATUS);
                    } else {
                        driver.multi();
                        driver.dispatch(CommandType.GET, new StatusOutput<>(StringCodec.UTF8), words());
                        driver.exec();
                    }
                });
                assertThat(classifier.codes(said)).as("%s", said).containsExactly(code);
                assertThat(classifier.classify(said, Phase.EXECUTE)).isEqualTo(REFUSED);
            }
        }
    }

    @Test
    void aConnectionCutInMidReplyIsUnknown() {
        TestServer server = TestServers.shared(Product.REDIS);
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
                RedisPool pool = RedisPool.builder()
                        .host(proxy.host())
                        .port(proxy.port())
                        .build();
                Lease<RedisConnection> lease = pool.acquire()) {
            lease.execute(ping());
            proxy.cutMidReply();
            assertSays(
                    "RedisException",
                    new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN),
                    failure(lease, incr("cut in mid-reply")));
        }
    }
}
