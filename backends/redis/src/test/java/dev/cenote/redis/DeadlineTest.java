package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.ping;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Each thing ends by its own deadline, and by no other. */
class DeadlineTest {
    private static final Duration GENEROUSLY_LATE = Duration.ofSeconds(2);
    private static final String RUNS_FOR_A_SECOND =
            "local from = redis.call('TIME'); repeat local now = redis.call('TIME') until"
                    + " (now[1] - from[1]) * 1000000 + now[2] - from[2] > 1000000; return 'done'";

    private final TestServer server = TestServers.shared(Product.REDIS);

    private RedisPoolBuilder builder() {
        return RedisPool.builder().uri(server.uri());
    }

    private static RedisPoolBuilder builder(FaultProxy proxy) {
        return RedisPool.builder().host(proxy.host()).port(proxy.port());
    }

    /** A script that the server runs for so long that its reply finds the caller waiting. */
    private static RedisOperation<RedisReply> slow(String script) {
        return RedisOperations.scripts().eval(RedisScript.of(script).readOnly(), List.of());
    }

    private static void assertOnTime(String what, Duration timeout, Runnable action) {
        long start = System.nanoTime();
        action.run();
        Duration late = Duration.ofNanos(System.nanoTime() - start).minus(timeout);
        System.out.printf("Redis: %s ended %d ms after its deadline%n", what, late.toMillis());
        assertThat(late).as("lateness of " + what).isBetween(Duration.ofMillis(-5), GENEROUSLY_LATE);
    }

    @Test
    void theConnectTimeoutDoesNotEndOperations() {
        RedisOperation<RedisReply> slow = slow(RUNS_FOR_A_SECOND);
        try (TestServer own = TestServers.start(Product.REDIS);
                RedisPool pool = RedisPool.builder()
                        .uri(own.uri())
                        .connectTimeout(Duration.ofMillis(500))
                        .build()) {
            pool.execute(ping());
            assertThat(pool.execute(slow)).returns("done", reply -> reply.text().orElseThrow());
            assertThat(pool.executeAsync(slow).join())
                    .returns("done", reply -> reply.text().orElseThrow());
        }
    }

    @Test
    void nativeCommandsAreGivenTheOperationTimeout() {
        Duration timeout = Duration.ofSeconds(17);
        try (RedisPool pool = builder().operationTimeout(timeout).build();
                var lease = pool.acquire()) {
            assertThat(lease.unwrap(StatefulRedisConnection.class).getTimeout()).isEqualTo(timeout);
        }
    }

    @Test
    void anOpenThatWasGivenUpDoesNotHarmTheNext() throws Exception {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
            var connector = builder(proxy).connector();
            try {
                proxy.slowConnect(Duration.ofMillis(700));
                assertThatThrownBy(() -> connector.open(Deadline.after(Duration.ofMillis(200))))
                        .isInstanceOf(Exception.class);
                RedisConnection opened = connector.open(Deadline.after(Duration.ofSeconds(10)));
                connector.validate(opened, Deadline.after(Duration.ofSeconds(10)));
                connector.close(opened);
            } finally {
                connector.shutdown();
            }
        }
    }

    @Test
    void connectingToASilentServerEndsByItsDeadlineAndLeavesNoChannel() {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
            proxy.silence();
            var connector = builder(proxy).connector();
            try {
                for (int i = 0; i < 3; i++) {
                    Duration timeout = Duration.ofMillis(300);
                    assertOnTime(
                            "connecting",
                            timeout,
                            () -> assertThatThrownBy(() -> connector.open(Deadline.after(timeout)))
                                    .satisfies(failure -> assertThat(
                                                    new RedisClassifier().classify(failure, Phase.CONNECT))
                                            .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED))));
                }
                assertThat(proxy.acceptedConnections()).isEqualTo(3);
                Awaitility.await("the given up channels are closed")
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> proxy.openConnections() == 0);
            } finally {
                connector.shutdown();
            }
        }
    }

    @Test
    void anExpiredDeadlineConnectsToNothing() {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
            var connector = builder(proxy).connector();
            assertThatThrownBy(() -> connector.open(Deadline.after(Duration.ZERO)))
                    .isInstanceOf(RedisCommandTimeoutException.class);
            connector.shutdown();
            assertThat(proxy.acceptedConnections()).isZero();
        }
    }

    @Test
    void aLateOperationMayHaveRunAndItsConnectionIsClosed() {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
                RedisPool pool = builder(proxy).build()) {
            try (var lease = pool.acquire()) {
                proxy.silence();
                Duration timeout = Duration.ofMillis(300);
                assertOnTime(
                        "SET",
                        timeout,
                        () -> assertThatThrownBy(() -> lease.execute(set("late", "yes"), Deadline.after(timeout)))
                                .isInstanceOfSatisfying(
                                        OperationFailedException.class,
                                        failure -> assertThat(failure.verdict())
                                                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN))));
            }
            proxy.heal();
            Awaitility.await("its channel is closed")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> proxy.openConnections() == 0);
            assertThat(pool.execute(get("late"))).as("it did run").contains("yes");
            pool.execute(RedisOperations.delete("late"));
        }
    }

    @Test
    void anInterruptKeepsTheFlagAndClosesTheConnection() throws Exception {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
                RedisPool pool = builder(proxy).build()) {
            pool.execute(ping());
            proxy.silence();
            var flag = new CompletableFuture<Boolean>();
            var waiting = new Thread(() -> {
                assertThatThrownBy(() -> pool.execute(ping()))
                        .isInstanceOfSatisfying(
                                OperationFailedException.class,
                                failure -> assertThat(failure.verdict().connection())
                                        .isEqualTo(ConnectionFate.EVICT));
                flag.complete(Thread.currentThread().isInterrupted());
            });
            waiting.start();
            Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            waiting.interrupt();
            assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> proxy.openConnections() == 0);
        }
    }

    @Test
    void blockingAThreadThatServesConnectionsIsRefusedAtOnceAndSendsNothing() {
        try (RedisPool pool = builder().build();
                Lease<RedisConnection> first = pool.acquire();
                Lease<RedisConnection> second = pool.acquire()) {
            CompletableFuture<String> nested =
                    first.executeAsync(slow(RUNS_FOR_A_SECOND)).thenApply(done -> second.execute(ping()));
            assertThatThrownBy(nested::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            OperationFailedException.class,
                            failure -> assertThat(failure.verdict())
                                    .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT)))
                    .hasMessageContaining("PING must not block")
                    .hasMessageContaining("use executeAsync, or give the callback an executor");
            assertThat(second.execute(ping())).isEqualTo("PONG");
        }
    }
}
