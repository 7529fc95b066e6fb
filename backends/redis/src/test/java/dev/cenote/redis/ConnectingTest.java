package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.protocols.Lease;
import dev.cenote.redis.pubsub.PubSubSignal.Message;
import dev.cenote.redis.pubsub.Subscription;
import dev.cenote.redis.pubsub.Topic;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of connection, that of a lease, the shared one and that of subscriptions, is opened as the options say. */
class ConnectingTest {
    private static final String PASSWORD = "h:u/s@h %hush";

    /** Patient, since the first connection of a JVM, and the first with TLS, take long on a busy machine. */
    private static RedisPoolBuilder builder() {
        return RedisPool.builder().acquireTimeout(Duration.ofSeconds(60)).connectTimeout(Duration.ofSeconds(30));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void addUser(TestServer server) {
        RedisPoolBuilder builder = builder().uri(server.uri());
        server.certificate().ifPresent(builder::caFile);
        try (RedisPool admin = builder.build();
                Lease<RedisConnection> lease = admin.acquire()) {
            driver(lease)
                    .aclSetuser(
                            "shop",
                            AclSetuserArgs.Builder.on()
                                    .addPassword(PASSWORD)
                                    .allKeys()
                                    .allChannels()
                                    .allCommands());
        }
    }

    @SuppressWarnings("unchecked")
    private static RedisCommands<String, String> driver(Lease<RedisConnection> lease) {
        return lease.unwrap(RedisCommands.class);
    }

    /** Opens one of each kind, uses them, and has the server say how it knows them. */
    private static void assertAllAre(RedisPool pool, String... fields) {
        Queue<Message<String>> heard = new ConcurrentLinkedQueue<>();
        try (pool;
                Subscription subscription = pool.pubSub().subscribe(heard::add, Topic.channel("connecting"));
                Lease<RedisConnection> lease = pool.acquire()) {
            Awaitility.await("the shared connection")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        pool.execute(ping());
                        return pool.sharedLane().connections() == 1;
                    });
            assertThat(driver(lease).publish("connecting", "hello")).isEqualTo(1);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> heard.size() == 1);
            assertThat(subscription.isActive()).isTrue();
            List<String> ours = driver(lease)
                    .clientList()
                    .lines()
                    .filter(client -> client.contains(" name=orders "))
                    .toList();
            assertThat(ours).hasSizeGreaterThanOrEqualTo(3); // a second lease may have opened the shared one
            assertThat(ours).anyMatch(client -> client.contains(" sub=1 "));
            assertThat(ours).allSatisfy(client -> assertThat(client + " ").contains(fields));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, false", "3, false", "2, true", "3, true"})
    void aUriSaysUserPasswordDatabaseNameProtocolAndTls(int protocol, boolean tls) {
        ServerOptions options = ServerOptions.defaults();
        try (TestServer server = TestServers.start(Product.REDIS, tls ? options.withTls() : options)) {
            addUser(server);
            String uri = (tls ? "rediss" : "redis") + "://shop:" + encoded(PASSWORD) + "@" + server.host() + ":"
                    + server.port() + "/5?clientName=orders&protocol=" + protocol
                    + server.certificate().map(file -> "&caFile=" + file).orElse("");
            assertAllAre(builder().uri(uri).build(), " db=5 ", " user=shop ", " resp=" + protocol + " ");
        }
    }

    @Test
    void soDoesABuilder() {
        try (TestServer server =
                TestServers.start(Product.REDIS, ServerOptions.defaults().withTls())) {
            addUser(server);
            assertAllAre(
                    builder()
                            .host(server.host())
                            .port(server.port())
                            .tls(true)
                            .caFile(server.certificate().orElseThrow())
                            .user("shop")
                            .password(PASSWORD)
                            .clientName("orders")
                            .database(5)
                            .protocol(2)
                            .build(),
                    " db=5 ",
                    " user=shop ",
                    " resp=2 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "3"})
    void thePasswordIsInNoErrorAndInNoLogWhetherItIsRightOrWrong(int protocol) {
        try (TestServer server = TestServers.start(Product.REDIS);
                Log log = new Log()) {
            addUser(server);
            for (String secret : List.of(PASSWORD, "wr0ng-" + PASSWORD)) {
                RedisPoolBuilder builder = builder()
                        .uri("redis://shop:" + encoded(secret) + "@" + server.host() + ":" + server.port())
                        .protocol(protocol)
                        .operationTimeout(Duration.ofSeconds(2));
                try (RedisPool pool = builder.build()) {
                    var said = new StringWriter();
                    for (Throwable failure : new Throwable[] {
                        catchThrowable(() -> pool.acquire().close()),
                        catchThrowable(() -> pool.pubSub().subscribe(message -> {}, Topic.channel("c")))
                    }) {
                        if (failure != null) {
                            failure.printStackTrace(new PrintWriter(said, true));
                        }
                    }
                    assertThat(said.toString().contains("WRONGPASS")).isEqualTo(!secret.equals(PASSWORD));
                    assertThat(said + " " + builder + pool + pool.options() + pool.health() + pool.stats())
                            .doesNotContain(PASSWORD, encoded(PASSWORD));
                }
            }
            assertThat(log.lines).isNotEmpty();
            assertThat(String.join("", log.lines)).doesNotContain(PASSWORD, encoded(PASSWORD));
        }
    }

    /**
     * What is logged by us, the driver and Netty at the level of debugging. Below that, the driver writes out what it sends
     * byte by byte.
     */
    private static final class Log extends Handler implements AutoCloseable {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final List<Logger> loggers =
                List.of(Logger.getLogger("dev.cenote"), Logger.getLogger("io.lettuce"), Logger.getLogger("io.netty"));

        Log() {
            setFormatter(new SimpleFormatter());
            loggers.forEach(logger -> {
                logger.setLevel(Level.FINE);
                logger.setUseParentHandlers(false);
                logger.addHandler(this);
            });
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(getFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            loggers.forEach(logger -> {
                logger.removeHandler(this);
                logger.setUseParentHandlers(true);
                logger.setLevel(null);
            });
        }
    }
}
