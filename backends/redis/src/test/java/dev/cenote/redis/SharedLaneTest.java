package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.delete;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.ping;
import static dev.cenote.redis.RedisOperations.scripts;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations that share a connection, beside leases that have one to themselves. */
class SharedLaneTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final TestServer server = TestServers.shared(Product.REDIS);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private FaultProxy proxy;

    @BeforeEach
    void open() {
        proxy = FaultProxy.before(server.host(), server.port());
    }

    @AfterEach
    void close() throws InterruptedException {
        proxy.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private RedisPoolBuilder builder() {
        return RedisPool.builder().host(proxy.host()).port(proxy.port()).maxSize(1);
    }

    /** A pool whose shared connections are there. */
    private static RedisPool ready(RedisPoolBuilder builder, int connections) {
        RedisPool pool = builder.build();
        untilReady(pool, connections);
        return pool;
    }

    private static void untilReady(RedisPool pool, int connections) {
        Awaitility.await("the shared connections are there")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(CenoteException.class)
                .until(() -> {
                    pool.execute(ping());
                    return pool.sharedLane().connections() == connections;
                });
    }

    /** Keeps the server busy for so long, and with it the shared connection. */
    private static RedisOperation<RedisReply> busy(Duration time) {
        String script = "local t = redis.call('TIME') local begin = t[1] * 1000000 + t[2]"
                + " while true do t = redis.call('TIME')"
                + " if t[1] * 1000000 + t[2] - begin > " + TimeUnit.NANOSECONDS.toMicros(time.toNanos())
                + " then return 1 end end";
        return scripts().eval(RedisScript.of(script), List.of());
    }

    private static void atRest(RedisPool pool) {
        Awaitility.await("nothing is under way")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(pool.sharedLane().inFlight()).isZero());
        Consistency.assertAtRest(pool);
    }

    @Test
    void manyCallersShareOneConnectionWhileTheOnlyLeaseIsHeld() throws Exception {
        try (RedisPool pool = ready(builder().acquireTimeout(SHORT), 1)) {
            pool.execute(delete("shared"));
            try (Lease<RedisConnection> held = pool.acquire()) {
                var callers = new ArrayList<Future<?>>();
                for (int i = 0; i < 8; i++) {
                    callers.add(threads.submit(() -> {
                        for (int call = 0; call < 250; call++) {
                            pool.execute(incr("shared"));
                        }
                    }));
                }
                for (Future<?> caller : callers) {
                    caller.get(30, TimeUnit.SECONDS);
                }
                assertThat(held.execute(get("shared"))).contains("2000");
                assertThat(proxy.openConnections()).isEqualTo(2);
            }
            assertThat(pool.sharedLane().executed()).isGreaterThanOrEqualTo(2000);
            atRest(pool);
        }
    }

    @Test
    void futuresShareToo() {
        try (RedisPool pool = ready(builder().acquireTimeout(SHORT), 1);
                Lease<RedisConnection> held = pool.acquire()) {
            pool.execute(delete("shared"));
            var futures = new ArrayList<CompletableFuture<Long>>();
            for (int i = 0; i < 500; i++) {
                futures.add(pool.executeAsync(incr("shared")));
            }
            futures.forEach(future -> future.orTimeout(30, TimeUnit.SECONDS).join());
            assertThat(held.execute(get("shared"))).contains("500");
        }
    }

    @Test
    void anOperationThatWantsItsOwnConnectionTakesALease() {
        try (RedisPool pool = ready(builder().acquireTimeout(SHORT), 1);
                Lease<RedisConnection> held = pool.acquire()) {
            assertThat(pool.execute(ping())).isEqualTo("PONG");
            assertThatThrownBy(() -> pool.execute(ping().exclusive())).isInstanceOf(AcquireTimeoutException.class);
            assertThatThrownBy(() -> pool.executeAsync(ping().exclusive()).join())
                    .hasCauseInstanceOf(AcquireTimeoutException.class);
        }
    }

    @Test
    void aTransactionTakesALease() {
        try (RedisPool pool = ready(builder().acquireTimeout(SHORT), 1);
                Lease<RedisConnection> held = pool.acquire()) {
            assertThatThrownBy(() -> pool.transaction(TransactionOptions.defaults(), tx -> tx.execute(get("a"))))
                    .isInstanceOf(AcquireTimeoutException.class);
        }
    }

    @Test
    void withoutSharedConnectionsEverythingTakesALease() {
        try (RedisPool pool =
                        builder().sharedConnections(0).acquireTimeout(SHORT).build();
                Lease<RedisConnection> held = pool.acquire()) {
            assertThat(held.execute(ping())).isEqualTo("PONG");
            assertThatThrownBy(() -> pool.execute(ping())).isInstanceOf(AcquireTimeoutException.class);
            assertThat(pool.sharedLane()).isEqualTo(new SharedLaneStats(0, 0, 0, 0));
        }
    }

    @Test
    void theNumberOfConnectionsIsTheUsersToChoose() {
        try (RedisPool pool = ready(builder().sharedConnections(3), 3)) {
            assertThat(pool.sharedLane().maxConnections()).isEqualTo(3);
            assertThat(proxy.openConnections()).isEqualTo(4);
        }
        assertThatThrownBy(() -> RedisPool.builder().sharedConnections(-1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sharedConnections must be >= 0, was -1");
        assertThatThrownBy(() -> RedisPool.builder().uri("redis://localhost?maxInFlight=0"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("maxInFlight must be >= 1, was 0");
    }

    @Test
    void pastTheMostUnderWayAnOperationTakesALease() {
        try (RedisPool pool = ready(builder().maxInFlight(1), 1)) {
            CompletableFuture<RedisReply> first = pool.executeAsync(busy(Duration.ofMillis(100)));
            long before = pool.sharedLane().executed();
            CompletableFuture<String> second = pool.executeAsync(ping());
            assertThat(pool.sharedLane().executed()).isEqualTo(before);
            assertThat(second.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo("PONG");
            assertThat(first.orTimeout(20, TimeUnit.SECONDS).join().number()).isEqualTo(1);
            atRest(pool);
        }
    }

    @Test
    void theServersErrorIsTheOperationsAlone() {
        try (RedisPool pool = ready(builder(), 1)) {
            pool.execute(set("text", "no number"));
            long before = pool.sharedLane().executed();
            OperationFailedException failure =
                    catchThrowableOfType(OperationFailedException.class, () -> pool.execute(incr("text")));
            assertThat(failure.verdict().call()).isEqualTo(CallFate.PERMANENT);
            assertThat(pool.execute(get("text"))).contains("no number");
            assertThat(pool.sharedLane().executed()).isEqualTo(before + 2);
        }
    }

    @Test
    void whatWasUnderWayOnALostConnectionIsNotSentAgain() {
        try (RedisPool pool = ready(builder(), 1)) {
            pool.execute(delete("count"));
            proxy.silence();
            CompletableFuture<Long> underWay = pool.executeAsync(incr("count"));
            proxy.cut();
            proxy.heal();
            assertThatThrownBy(() -> underWay.orTimeout(20, TimeUnit.SECONDS).join())
                    .hasCauseInstanceOf(OperationFailedException.class)
                    .satisfies(failure -> assertThat(((OperationFailedException) failure.getCause())
                                    .verdict()
                                    .call())
                            .isEqualTo(CallFate.UNKNOWN));
            untilReady(pool, 1);
            // Whether the server got it is not known; that it got it once at most is.
            assertThat(pool.execute(get("count"))).isIn(Optional.empty(), Optional.of("1"));
            atRest(pool);
        }
    }

    @Test
    void aConnectionLostWhileIdleHarmsNobody() {
        try (RedisPool pool = ready(builder().sharedConnections(2), 2)) {
            for (int round = 0; round < 20; round++) {
                proxy.cut();
                Awaitility.await("the cut is seen")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> proxy.openConnections() == 0);
                Consistency.until(pool, "the pool has seen it", stats -> true);
                untilServed(pool);
                untilReady(pool, 2);
            }
            atRest(pool);
        }
    }

    /** An idle connection of the pool that was cut may cost one call, as any pool does that validates after a time. */
    private static void untilServed(RedisPool pool) {
        Awaitility.await("it is served")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(OperationFailedException.class)
                .until(() -> pool.execute(ping()).equals("PONG"));
    }

    @Test
    void aSilentConnectionIsGivenUpAndTheCallersEndInTime() {
        try (RedisPool pool = ready(
                builder().operationTimeout(SHORT).validateTimeout(SHORT).validateAfterIdle(Duration.ofMillis(50)), 1)) {
            proxy.silence();
            assertThatThrownBy(() -> pool.execute(ping()))
                    .isInstanceOfAny(OperationTimeoutException.class, AcquireTimeoutException.class);
            Awaitility.await("it is given up")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> pool.sharedLane().connections() == 0);
            proxy.heal();
            Awaitility.await("it is served")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(RuntimeException.class)
                    .until(() -> pool.execute(ping()).equals("PONG"));
            untilReady(pool, 1);
            atRest(pool);
        }
    }

    @Test
    void aSlowOperationThatRunsOutOfTimeLeavesTheConnectionToTheOthers() {
        try (RedisPool pool = ready(builder().operationTimeout(SHORT), 1)) {
            long accepted = proxy.acceptedConnections();
            OperationTimeoutException late = catchThrowableOfType(
                    OperationTimeoutException.class, () -> pool.execute(busy(Duration.ofMillis(400))));
            assertThat(late.verdict().call()).isEqualTo(CallFate.UNKNOWN);
            Awaitility.await("the connection is proven again")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(RuntimeException.class)
                    .until(() -> {
                        long before = pool.sharedLane().executed();
                        pool.execute(ping());
                        return pool.sharedLane().executed() > before;
                    });
            assertThat(pool.sharedLane().connections()).isEqualTo(1);
            assertThat(proxy.acceptedConnections()).isLessThanOrEqualTo(accepted + 2);
            atRest(pool);
        }
    }

    @Test
    void clearReplacesTheConnectionAndLetsWhatIsUnderWayEnd() {
        try (RedisPool pool = ready(builder(), 1)) {
            CompletableFuture<RedisReply> underWay = pool.executeAsync(busy(Duration.ofMillis(100)));
            pool.clear();
            long before = pool.sharedLane().executed();
            assertThat(pool.execute(ping())).isEqualTo("PONG");
            assertThat(pool.sharedLane().executed()).isEqualTo(before);
            assertThat(underWay.orTimeout(20, TimeUnit.SECONDS).join().number()).isEqualTo(1);
            untilReady(pool, 1);
            atRest(pool);
        }
    }

    @Test
    void clearMayAbortWhatIsUnderWay() {
        try (RedisPool pool = ready(builder(), 1)) {
            proxy.silence();
            CompletableFuture<String> underWay = pool.executeAsync(ping());
            pool.clear(InUse.ABORTED);
            assertThatThrownBy(() -> underWay.orTimeout(20, TimeUnit.SECONDS).join())
                    .hasCauseInstanceOf(OperationFailedException.class);
            proxy.heal();
        }
    }

    @Test
    void aPausedPoolRefusesWhatItWouldShare() {
        try (RedisPool pool = ready(builder(), 1)) {
            pool.pause();
            assertThatThrownBy(() -> pool.execute(ping())).isInstanceOf(PoolPausedException.class);
            pool.ready();
            assertThat(pool.execute(ping())).isEqualTo("PONG");
            untilReady(pool, 1);
        }
    }

    @Test
    void aClosedPoolRefusesAndLetsWhatIsUnderWayEnd() {
        RedisPool pool = ready(builder(), 1);
        CompletableFuture<RedisReply> underWay = pool.executeAsync(busy(Duration.ofMillis(100)));
        pool.close();
        assertThatThrownBy(() -> pool.execute(ping())).isInstanceOf(PoolClosedException.class);
        assertThat(underWay.orTimeout(20, TimeUnit.SECONDS).join().number()).isEqualTo(1);
        Awaitility.await("no connection is left")
                .atMost(Duration.ofSeconds(20))
                .until(() -> proxy.openConnections() == 0);
    }

    @Test
    void drainAwaitsWhatIsUnderWayAndAbortsTheRest() {
        RedisPool patient = ready(builder(), 1);
        CompletableFuture<RedisReply> ends = patient.executeAsync(busy(Duration.ofMillis(100)));
        assertThat(patient.drain(Duration.ofSeconds(20))).isTrue();
        assertThat(ends.orTimeout(20, TimeUnit.SECONDS).join().number()).isEqualTo(1);

        RedisPool hurried = ready(builder(), 1);
        proxy.silence();
        CompletableFuture<String> silent = hurried.executeAsync(ping());
        assertThat(hurried.drain(Duration.ofMillis(50))).isFalse();
        assertThatThrownBy(() -> silent.orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(OperationFailedException.class);
        proxy.heal();
    }

    @Test
    void connectionsAreReplacedAtTheirMaximumLifetimeUnderLoadWithNoOperationFailing() throws Exception {
        try (RedisPool pool = ready(builder().maxLifetime(Duration.ofMillis(100)), 1)) {
            pool.execute(delete("count"));
            var done = new AtomicLong();
            long accepted = proxy.acceptedConnections();
            var callers = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                callers.add(threads.submit(() -> {
                    while (proxy.acceptedConnections() < accepted + 10) {
                        pool.execute(incr("count"));
                        done.incrementAndGet();
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get(30, TimeUnit.SECONDS);
            }
            assertThat(pool.execute(get("count"))).contains(String.valueOf(done.get()));
            atRest(pool);
        }
    }

    @Test
    void cuttingUnderLoadDoublesNothingAndLosesNothing() throws Exception {
        try (RedisPool pool = ready(builder().maxSize(4).sharedConnections(2), 2)) {
            pool.execute(delete("count"));
            var acknowledged = new AtomicLong();
            var unknown = new AtomicLong();
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                callers.add(threads.submit(() -> {
                    for (int call = 0; call < 1500; call++) {
                        try {
                            pool.execute(incr("count"));
                            acknowledged.incrementAndGet();
                        } catch (OperationFailedException failure) {
                            if (failure.verdict().call() == CallFate.UNKNOWN) {
                                unknown.incrementAndGet();
                            } else {
                                assertThat(failure.verdict().call()).isEqualTo(CallFate.NOT_EXECUTED);
                            }
                        }
                    }
                }));
            }
            while (callers.stream().anyMatch(caller -> !caller.isDone())) {
                long before = acknowledged.get();
                Awaitility.await()
                        .until(() -> acknowledged.get() > before + 300
                                || callers.stream().allMatch(Future::isDone));
                proxy.cut();
            }
            for (Future<?> caller : callers) {
                caller.get(30, TimeUnit.SECONDS);
            }
            untilServed(pool);
            long stored = Long.parseLong(pool.execute(get("count")).orElse("0"));
            assertThat(stored).isBetween(acknowledged.get(), acknowledged.get() + unknown.get());
            untilReady(pool, 2);
            atRest(pool);
        }
    }
}
