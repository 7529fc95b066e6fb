package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.delete;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Deadline;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a holder leaves behind through the driver's own objects does not reach the next one. */
class SessionResetTest {
    private static final String KEY = "reset";

    private final TestServer server = TestServers.shared(Product.REDIS);

    private RedisPool pool() {
        return RedisPool.builder()
                .uri(server.uri())
                .maxSize(1)
                .resetTimeout(Duration.ofSeconds(2))
                .build();
    }

    @BeforeEach
    void empty() {
        try (RedisPool pool = pool()) {
            pool.execute(delete(KEY));
        }
    }

    /** A command of the server under a name that Lettuce does not know. */
    private record Keyword(String name) implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return name.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static void raw(RedisAsyncCommands<String, String> commands, String name, String... arguments) {
        var args = new CommandArgs<>(StringCodec.UTF8);
        for (String argument : arguments) {
            args.add(argument);
        }
        var unused = commands.dispatch(new Keyword(name), new StatusOutput<>(StringCodec.UTF8), args);
    }

    /** Leaves it behind; then the next holder must have a sound session. Gives the number of its connection. */
    @SuppressWarnings("unchecked")
    private long connectionAfter(Consumer<StatefulRedisConnection<String, String>> leave) {
        try (RedisPool pool = pool()) {
            try (var lease = pool.acquire()) {
                leave.accept(lease.unwrap(StatefulRedisConnection.class));
            }
            try (var next = pool.acquire()) {
                assertThat(next.execute(incr(KEY))).isEqualTo(1);
                assertThat(next.execute(get(KEY))).contains("1");
                StatefulRedisConnection<String, String> driver = next.unwrap(StatefulRedisConnection.class);
                driver.flushCommands();
                assertThat(driver.sync().get(KEY)).isEqualTo("1");
                assertThat(driver.getTimeout()).isEqualTo(Duration.ofSeconds(30));
                assertThat(driver.sync().clientInfo())
                        .contains(" flags=N ", " db=0 ", " sub=0 ", " psub=0 ", " multi=-1 ", " resp=3", " name= ");
                return next.connectionId();
            }
        }
    }

    @Test
    @Tag("oldest-lettuce")
    void watchMultiSelectAndTimeoutAreUndoneInPlace() {
        assertThat(connectionAfter(driver -> driver.sync().watch(KEY))).isEqualTo(1);
        empty();
        assertThat(connectionAfter(driver -> {
                    driver.sync().multi();
                    driver.sync().set(KEY, "99");
                }))
                .isEqualTo(1);
        empty();
        assertThat(connectionAfter(driver -> driver.sync().select(3))).isEqualTo(1);
        empty();
        assertThat(connectionAfter(driver -> driver.setTimeout(Duration.ofMillis(7))))
                .isEqualTo(1);
    }

    @Test
    void aTransactionThatTheDriverKnowsNothingOfClosesTheConnection() {
        assertThat(connectionAfter(driver -> raw(driver.async(), "multi"))).isEqualTo(2);
    }

    @Test
    void repliesTurnedOffCloseTheConnection() {
        assertThat(connectionAfter(driver -> raw(driver.async(), "client", "reply", "off")))
                .isEqualTo(2);
        empty();
        assertThat(connectionAfter(driver -> raw(driver.async(), "client", "reply", "skip")))
                .isEqualTo(2);
    }

    @Test
    void subscriptionsAnotherProtocolAndMonitorCloseTheConnection() {
        assertThat(connectionAfter(driver -> raw(driver.async(), "subscribe", "news")))
                .isEqualTo(2);
        empty();
        assertThat(connectionAfter(driver -> raw(driver.async(), "monitor"))).isEqualTo(2);
    }

    @Test
    @Tag("oldest-lettuce")
    void aNameTrackingAndExemptionFromEvictionAreUndoneInPlace() {
        assertThat(connectionAfter(driver -> driver.sync().clientSetname("mine")))
                .isEqualTo(1);
        empty();
        assertThat(connectionAfter(driver -> driver.sync()
                        .clientTracking(TrackingArgs.Builder.enabled().bcast().prefixes("cart:"))))
                .isEqualTo(1);
        empty();
        assertThat(connectionAfter(driver -> raw(driver.async(), "client", "no-evict", "on")))
                .isEqualTo(1);
    }

    @Test
    @SuppressWarnings("unchecked")
    void aConnectionsOwnNameComesBack() {
        try (RedisPool pool = RedisPool.builder()
                .uri(server.uri())
                .maxSize(1)
                .clientName("shop")
                .build()) {
            try (var lease = pool.acquire()) {
                lease.unwrap(StatefulRedisConnection.class).sync().clientSetname("mine");
            }
            try (var next = pool.acquire()) {
                assertThat(next.unwrap(StatefulRedisConnection.class).sync().clientGetname())
                        .isEqualTo("shop");
                assertThat(next.connectionId()).isEqualTo(1);
            }
        }
    }

    @Test
    void commandsThatWereNeverFlushedAreNeverSent() {
        assertThat(connectionAfter(driver -> {
                    driver.setAutoFlushCommands(false);
                    var unused = driver.async().set(KEY, "99");
                    driver.setAutoFlushCommands(true);
                }))
                .isEqualTo(2);
        empty();
        assertThat(connectionAfter(driver -> {
                    driver.setAutoFlushCommands(false);
                    var unused = driver.async().set(KEY, "99");
                }))
                .isEqualTo(2);
    }

    @Test
    void listenersHearNothingOfTheNextHolder() {
        var heard = new AtomicInteger();
        assertThat(connectionAfter(driver -> driver.addListener(message -> heard.incrementAndGet())))
                .isEqualTo(2);
        assertThat(heard).hasValue(0);
    }

    @Test
    @SuppressWarnings("unchecked")
    void aHolderThatClosedTheDriversConnectionHarmsNobody() {
        assertThat(connectionAfter(StatefulRedisConnection::close)).isEqualTo(2);
    }

    @Test
    void typedOperationsNeedNoReset() throws Exception {
        var connector = RedisPool.builder().uri(server.uri()).connector();
        try {
            var deadline = Deadline.after(Duration.ofSeconds(10));
            RedisConnection connection = connector.open(deadline);
            assertThat(set(KEY, "v").execute(connection, deadline)).isTrue();
            assertThat(connector.needsReset(connection)).isFalse();
            connection.unwrap(RedisAsyncCommands.class);
            assertThat(connector.needsReset(connection)).isTrue();
            connector.reset(connection, deadline);
            assertThat(connector.needsReset(connection)).isFalse();
            connector.close(connection);
        } finally {
            connector.shutdown();
        }
    }

    @Test
    @Tag("oldest-lettuce")
    void anExemptionFromTouchingIsUndoneInPlace() throws Exception {
        var exempt = new AtomicBoolean(true);
        // Redis has it since 7.2.
        try (var newer = new AnsweringServer(asked -> switch (String.join(" ", asked)) {
            case "HELLO 3" -> "%1\r\n+proto\r\n:3\r\n";
            case "CLIENT INFO" ->
                "+db=0 sub=0 psub=0 multi=-1 user=default name= flags=" + (exempt.get() ? "T" : "N") + "\r\n";
            case "CLIENT NO-TOUCH OFF" -> {
                exempt.set(false);
                yield "+OK\r\n";
            }
            default -> "+OK\r\n";
        })) {
            var connector =
                    RedisPool.builder().host("127.0.0.1").port(newer.port()).connector();
            try {
                RedisConnection connection = connector.open(Deadline.after(Duration.ofSeconds(10)));
                connector.reset(connection, Deadline.after(Duration.ofSeconds(10)));
                connector.close(connection);
            } finally {
                connector.shutdown();
            }
        }
        assertThat(exempt).isFalse();
    }
}
