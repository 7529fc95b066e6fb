package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How connections begin and end, and what is left of them. */
@Tag("oldest-lettuce")
class ConnectionLifeTest {
    private final TestServer server = TestServers.shared(Product.REDIS);
    private final RedisClassifier classifier = new RedisClassifier();

    private static RedisPoolBuilder builder(FaultProxy proxy) {
        return RedisPool.builder().host(proxy.host()).port(proxy.port());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static long driverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(IoThread.class::isInstance)
                .filter(Thread::isAlive)
                .count();
    }

    @Test
    void aPoolConnectsToNothingAndHasNoThreadOfTheDriversUntilItIsUsed() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> driverThreads() == 0);
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
            builder(proxy).build().close();
            builder(proxy).connector().shutdown();
            assertThat(proxy.acceptedConnections()).isZero();
            assertThat(driverThreads()).isZero();
        }
    }

    @Test
    void aClosedPoolLeavesNoChannelAndNoThread() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> driverThreads() == 0);
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
            try (RedisPool pool = builder(proxy).maxSize(3).build();
                    Lease<RedisConnection> one = pool.acquire();
                    Lease<RedisConnection> two = pool.acquire()) {
                one.execute(ping());
                two.invalidate();
                pool.execute(ping());
                assertThat(driverThreads()).isPositive();
            }
            Awaitility.await("no channel is left")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> proxy.openConnections() == 0);
            Awaitility.await("no thread is left").atMost(Duration.ofSeconds(20)).until(() -> driverThreads() == 0);
        }
    }

    @Test
    void nothingIsOpenedAfterTheEnd() throws Exception {
        RedisConnector connector = RedisPool.builder().uri(server.uri()).connector();
        connector.close(connector.open(soon()));
        connector.shutdown();
        assertThatThrownBy(() -> connector.open(soon())).isInstanceOf(RedisException.class);
    }

    @Test
    void abortFreesWhoeverIsBlockedAndWhatWasSentMayHaveRun() throws Exception {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
            RedisConnector connector = builder(proxy).connector();
            try {
                RedisConnection connection = connector.open(soon());
                proxy.silence();
                var blocked = new CompletableFuture<Throwable>();
                var thread = new Thread(() ->
                        blocked.complete(catchThrowable(() -> incr("aborted").execute(connection, soon()))));
                thread.start();
                Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
                connector.abort(connection);
                connector.abort(connection);
                Throwable failure = blocked.get(10, TimeUnit.SECONDS);
                assertThat(classifier.classify(failure, Phase.EXECUTE))
                        .as(failure.toString())
                        .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
                Throwable later = catchThrowable(() -> incr("aborted").execute(connection, soon()));
                assertThat(classifier.classify(later, Phase.EXECUTE))
                        .as(later.toString())
                        .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
                connector.close(connection);
            } finally {
                connector.shutdown();
            }
        }
    }

    @Test
    void aConnectionThatTheServerEndedIsNotUsedAgain() {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
                RedisPool pool = builder(proxy).maxSize(1).build();
                Lease<RedisConnection> lease = pool.acquire()) {
            assertThat(lease.execute(get("none"))).isEmpty();
            proxy.cut();
            assertThatThrownBy(() -> lease.execute(ping())).isInstanceOf(OperationFailedException.class);
            lease.close();
            assertThat(pool.execute(ping())).isEqualTo("PONG");
        }
    }

    @Test
    void aUserWhoMayNotPingStillHasLiveConnections() throws Exception {
        try (TestServer own = TestServers.start(Product.REDIS)) {
            try (RedisPool admin = RedisPool.builder().uri(own.uri()).build();
                    Lease<RedisConnection> lease = admin.acquire()) {
                lease.unwrap(RedisCommands.class)
                        .aclSetuser(
                                "shop",
                                AclSetuserArgs.Builder.on()
                                        .addPassword("pw")
                                        .allKeys()
                                        .allCommands()
                                        .removeCommand(CommandType.PING));
            }
            RedisConnector connector = RedisPool.builder()
                    .host(own.host())
                    .port(own.port())
                    .user("shop")
                    .password("pw")
                    .connector();
            try {
                RedisConnection connection = connector.open(soon());
                assertThatThrownBy(() -> ping().execute(connection, soon())).hasMessageContaining("NOPERM");
                connector.validate(connection, soon());
                assertThat(get("k").execute(connection, soon())).isEmpty();
                connector.close(connection);
            } finally {
                connector.shutdown();
            }
        }
    }

    @Test
    void anotherKindOfServerIsAPermanentErrorThatSaysSo() throws Exception {
        try (var web = new AnsweringServer(asked -> "HTTP/1.1 400 Bad Request\r\n\r\n");
                RedisPool pool =
                        RedisPool.builder().host("127.0.0.1").port(web.port()).build()) {
            assertThatThrownBy(pool::acquire)
                    .isInstanceOfSatisfying(
                            ConnectionFailedException.class,
                            failure -> assertThat(failure.verdict().call()).isEqualTo(CallFate.PERMANENT))
                    .hasMessageContaining(
                            "redis://127.0.0.1:" + web.port() + "/0 does not speak the protocol of Redis");
        }
    }

    @Test
    void aReplyThatCannotBeReadIsUnknownAndEvicts() throws Exception {
        for (String unreadable : List.of("?what\r\n", ":twelve\r\n", ":12\r\n")) {
            try (var strange = new AnsweringServer(asked -> switch (asked.get(0)) {
                case "HELLO" -> "%1\r\n+proto\r\n:3\r\n";
                case "GET" -> unreadable;
                default -> "+PONG\r\n";
            })) {
                RedisConnector connector = RedisPool.builder()
                        .host("127.0.0.1")
                        .port(strange.port())
                        .connector();
                try {
                    RedisConnection connection = connector.open(Deadline.after(Duration.ofSeconds(10)));
                    Throwable failure =
                            catchThrowable(() -> get("k").execute(connection, Deadline.after(Duration.ofSeconds(10))));
                    System.out.printf("Redis: %s is %s%n", unreadable.strip(), failure);
                    assertThat(failure).isNotInstanceOf(RedisCommandTimeoutException.class);
                    assertThat(classifier.classify(failure, Phase.EXECUTE))
                            .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
                    connector.close(connection);
                } finally {
                    connector.shutdown();
                }
            }
        }
    }
}
