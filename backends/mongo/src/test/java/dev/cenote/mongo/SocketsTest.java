package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.testkit.faults.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver's sockets beside the pool's leases, on one node. */
class SocketsTest {
    private static final int SIZE = 4;

    /** Holds each find until it is let go. */
    private static final class HoldingBackend extends ReplicaSetBackend {
        private final AtomicInteger held = new AtomicInteger();
        private final Semaphore passes = new Semaphore(0);

        @Override
        public Document handleMessage(MongoMessage message) {
            if (commandOf(message).equals("find")) {
                held.incrementAndGet();
                passes.acquireUninterruptibly();
                held.decrementAndGet();
            }
            return super.handleMessage(message);
        }
    }

    private final HoldingBackend backend = new HoldingBackend();
    private final MongoServer server = backend.serve();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        backend.passes.release(1_000_000);
        for (Thread thread : threads) {
            thread.join();
        }
        server.shutdownNow();
    }

    private MongoPoolBuilder builder() {
        return MongoPool.builder().uri(backend.uri()).maxSize(SIZE).validateAfterIdle(Duration.ofMinutes(1));
    }

    private void start(Runnable body) {
        var thread = new Thread(body);
        threads.add(thread);
        thread.start();
    }

    private static ServerSockets only(MongoPool pool) {
        assertThat(pool.sockets()).hasSize(1);
        return pool.sockets().get(0);
    }

    /** Each connection is opened by a ping through a socket: once they are open, only leases use any. */
    private static void fill(MongoPool pool) {
        List<Lease<MongoConnection>> leases = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            leases.add(pool.acquire());
        }
        leases.forEach(Lease::close);
    }

    @Test
    void aLeaseThatExecutesHasASocketAndOneThatDoesNotHasNone() {
        try (var pool = builder().build()) {
            assertThat(pool.sockets()).isEmpty();
            fill(pool);
            for (int executing = 1; executing <= SIZE; executing++) {
                int expected = executing;
                start(() -> pool.execute(find("users")));
                await().until(() -> backend.held.get() == expected);
                assertThat(only(pool).inUse()).isEqualTo(executing);
                assertThat(pool.stats().leased()).isEqualTo(executing);
            }
            start(() -> pool.execute(find("users")));
            await().until(() -> pool.stats().waiters() == 1);
            assertThat(only(pool).inUse()).isEqualTo(SIZE);
            assertThat(only(pool).waiting())
                    .as("who has a lease waits for no socket")
                    .isZero();
            backend.passes.release(SIZE + 1);
            await().until(() -> pool.stats().leased() == 0);
            try (var idle = pool.acquire()) {
                assertThat(only(pool).inUse()).isZero();
                assertThat(idle.isClosed()).isFalse();
            }
            assertThat(only(pool).open()).isBetween(1, SIZE);
            assertAtRest(pool);
        }
    }

    @Test
    void underLoadNoMoreSocketsAreInUseThanLeasesExecute() throws InterruptedException {
        backend.passes.release(1_000_000);
        try (var pool = builder().build()) {
            fill(pool);
            var begun = new AtomicLong();
            var ended = new AtomicLong();
            var stopped = new AtomicBoolean();
            for (int i = 0; i < 4 * SIZE; i++) {
                start(() -> {
                    while (!stopped.get()) {
                        try (var lease = pool.acquire()) {
                            begun.incrementAndGet();
                            lease.execute(find("users"));
                            ended.incrementAndGet();
                        }
                    }
                });
            }
            int most = 0;
            try {
                while (ended.get() < 5_000) {
                    // In this order, what executed as the sockets were counted is never more than the difference.
                    long over = ended.get();
                    ServerSockets sockets = only(pool);
                    long executing = begun.get() - over;
                    assertThat((long) sockets.inUse()).isBetween(0L, executing);
                    assertThat(sockets.inUse()).isLessThanOrEqualTo(SIZE);
                    assertThat(sockets.open() + sockets.connecting()).isLessThanOrEqualTo(SIZE);
                    most = Math.max(most, sockets.inUse());
                }
            } finally {
                stopped.set(true);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.println("most sockets in use at a time: " + most + " of " + SIZE);
            assertThat(only(pool).inUse()).isZero();
            assertThat(only(pool).waiting()).isZero();
            assertThat(most).isGreaterThan(1);
            assertAtRest(pool);
        }
    }

    @Test
    void aBrokenSocketIsCountedByItsReason() {
        backend.passes.release(1_000_000);
        try (var proxy = FaultProxy.before("127.0.0.1", server.getLocalAddress().getPort());
                var pool = builder().uri("mongodb://127.0.0.1:" + proxy.port()).build()) {
            pool.execute(find("users"));
            ServerSockets before = only(pool);
            assertThat(before.created()).isPositive();
            assertThat(before.closed()).isEmpty();
            proxy.cut();
            catchThrowable(() -> pool.execute(find("users")));
            await().untilAsserted(() -> {
                assertThat(only(pool).closed().keySet())
                        .containsAnyOf(CloseReason.ERROR, CloseReason.STALE)
                        .doesNotContain(CloseReason.IDLE, CloseReason.POOL_CLOSED);
                assertThat(only(pool).cleared()).isPositive();
            });
            await().ignoreExceptions().until(() -> pool.execute(find("users")).isEmpty());
            ServerSockets after = only(pool);
            long closed =
                    after.closed().values().stream().mapToLong(Long::longValue).sum();
            assertThat(after.created() - closed).isEqualTo(after.open() + after.connecting());
            assertThat(after.inUse()).isZero();
        }
    }

    @Test
    void listenersHearOfSocketsBesideLeases() {
        backend.passes.release(1_000_000);
        var events = new ConcurrentLinkedQueue<PoolEvent>();
        var pool = builder().name("heard").listener(events::add).build();
        pool.execute(find("users"));
        pool.close();
        await().until(() -> events.stream().anyMatch(MongoEvent.SocketClosed.class::isInstance));
        assertThat(events.stream()
                        .filter(MongoEvent.class::isInstance)
                        .map(event -> event.getClass().getSimpleName()))
                .containsSubsequence("SocketsReady", "SocketCreated", "SocketReady", "SocketClosed");
        assertThat(events).allSatisfy(event -> assertThat(event.pool()).isEqualTo("heard"));
        assertThat(events).filteredOn(MongoEvent.SocketClosed.class::isInstance).allSatisfy(event -> {
            var closed = (MongoEvent.SocketClosed) event;
            assertThat(closed.reason()).isEqualTo(CloseReason.POOL_CLOSED);
            assertThat(closed.server().getPort())
                    .isEqualTo(server.getLocalAddress().getPort());
        });
        await().until(() -> pool.sockets().isEmpty());
    }

    @Test
    void aGrownPoolHasTheSocketsOfTwoClientsUntilTheFirstHasNoConnection() {
        backend.passes.release(1_000_000);
        try (var pool = builder().maxSize(1).build();
                var first = pool.acquire()) {
            first.execute(find("users"));
            assertThat(only(pool).open()).isEqualTo(1);
            pool.resize(0, 2);
            try (var second = pool.acquire()) {
                second.execute(find("users"));
                // The new client has a bound of its own.
                assertThat(only(pool).open()).isBetween(2, 3);
            }
            first.invalidate();
            await().until(() -> only(pool).closed().getOrDefault(CloseReason.POOL_CLOSED, 0L) == 1);
            assertThat(pool.execute(find("users"))).isEmpty();
        }
    }

    @Test
    void socketsThatOthersUseUpAreNotTheServersFault() {
        var circuit = CircuitBreaker.builder().failureThreshold(1).build();
        try (var pool = builder().maxSize(1).circuitBreaker(circuit).build();
                var lease = pool.acquire()) {
            MongoClient client = lease.unwrap(MongoClient.class);
            start(() -> client.getDatabase("test").getCollection("users").find().first());
            await().until(() -> backend.held.get() == 1);
            var failure = catchThrowableOfType(
                    OperationFailedException.class,
                    () -> lease.execute(find("users"), Deadline.after(Duration.ofMillis(300))));
            System.out.println("exhausted: " + failure);
            assertThat(failure).cause().isInstanceOf(SocketsExhaustedException.class);
            assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED));
            assertThat(circuit.state().isClosed()).isTrue();
        }
    }
}
