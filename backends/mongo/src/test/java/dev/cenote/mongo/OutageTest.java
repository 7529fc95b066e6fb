package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoOperationTimeoutException;
import de.bwaldvogel.mongo.MongoServer;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What servers do that fail: embedded ones, since a test may not stop a server it was given. */
class OutageTest {
    /** How late an end may be on a machine that has much else to do. */
    private static final Duration LATENESS = Duration.ofSeconds(3);

    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestServer server = TestServers.start(Product.MONGODB);

    @AfterEach
    void close() {
        server.close();
    }

    private static MongoPoolBuilder patient(String uri) {
        return MongoPool.builder().uri(uri).maxSize(2).connectTimeout(LONG).acquireTimeout(LONG);
    }

    /** What {@code call} throws, which must be by {@code deadline}. */
    private static Throwable failureBy(Duration deadline, Runnable call) {
        long start = System.nanoTime();
        Throwable failure = catchThrowable(call::run);
        Duration late = Duration.ofNanos(System.nanoTime() - start).minus(deadline);
        System.out.println("ended " + late.toMillis() + " ms after its deadline: " + failure);
        assertThat(late).isLessThan(LATENESS);
        return failure;
    }

    @Test
    void readOnASilentServerEndsByItsDeadline() {
        try (var pool = patient(server.uri()).build();
                var lease = pool.acquire()) {
            server.pause();
            var limit = Duration.ofMillis(500);
            Throwable failure = failureBy(limit, () -> lease.execute(find("users"), Deadline.after(limit)));
            assertThat(failure).isInstanceOf(OperationTimeoutException.class);
            assertThat(failure).cause().isInstanceOf(MongoOperationTimeoutException.class);
            assertThat(((OperationFailedException) failure).verdict())
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
            server.resume();
        }
    }

    @Test
    void writeOnASilentServerEndsByTheOperationTimeout() {
        var limit = Duration.ofMillis(500);
        try (var pool = patient(server.uri()).operationTimeout(limit).build()) {
            pool.execute(find("users"));
            server.pause();
            Throwable failure = failureBy(limit, () -> pool.execute(insertOne("users", new Document())));
            assertThat(failure).isInstanceOf(OperationTimeoutException.class);
            assertThat(((OperationFailedException) failure).verdict().call()).isEqualTo(CallFate.UNKNOWN);
            server.resume();
        }
    }

    @Test
    void connectingToASilentServerEndsByItsTimeout() {
        server.pause();
        var limit = Duration.ofMillis(500);
        try (var pool = patient(server.uri())
                .connectTimeout(limit)
                .acquireTimeout(limit)
                .build()) {
            Throwable failure = failureBy(limit, pool::acquire);
            assertThat(failure).isInstanceOf(AcquireTimeoutException.class);
            server.resume();
        }
    }

    @Test
    void poolServesAgainOnceASilentServerSpeaks() {
        try (var pool = patient(server.uri()).build()) {
            server.pause();
            assertThatThrownBy(() -> pool.execute(find("users"), Deadline.after(Duration.ofMillis(300))))
                    .isNotNull();
            server.resume();
            assertThat(pool.execute(find("users"))).isEmpty();
        }
    }

    @Test
    void poolServesAgainAfterACrashAndARestart() {
        try (var pool = patient(server.uri()).build()) {
            pool.execute(insertOne("users", new Document("_id", 1)));
            server.kill();
            assertThatThrownBy(
                            () -> pool.execute(findOne("users", eq("_id", 1)), Deadline.after(Duration.ofSeconds(2))))
                    .isNotNull();
            server.start();
            assertThat(pool.execute(find("users"))).isEmpty();
            assertThat(pool.stats().size()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void crashUnderLoadLosesNoConnection() throws Exception {
        try (var pool = patient(server.uri()).maxSize(4).build()) {
            var stopped = new AtomicBoolean();
            var successes = new AtomicLong();
            var failures = new AtomicLong();
            List<Thread> callers = IntStream.range(0, 12)
                    .mapToObj(number -> new Thread(() -> {
                        while (!stopped.get()) {
                            Throwable failure = catchThrowable(() -> pool.execute(find("users")));
                            (failure == null ? successes : failures).incrementAndGet();
                        }
                    }))
                    .toList();
            try {
                callers.forEach(Thread::start);
                await().until(() -> successes.get() > 0);
                server.kill();
                await().until(() -> failures.get() > 0);
                server.start();
                successes.set(0);
                await().atMost(Duration.ofSeconds(30)).until(() -> successes.get() > 0);
            } finally {
                stopped.set(true);
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertAtRest(pool);
        }
    }

    @Test
    void refusedConnectIsToldAtOnce() throws Exception {
        int port = freePort();
        var events = new LinkedBlockingQueue<Throwable>();
        try (var pool = patient("mongodb://127.0.0.1:" + port)
                .minSize(1)
                .listener(event -> {
                    if (event instanceof PoolEvent.ConnectionFailed failed) {
                        events.add(failed.error());
                    }
                })
                .build()) {
            Throwable failure = events.poll(10, TimeUnit.SECONDS);
            assertThat(failure)
                    .isInstanceOf(NoServerAnswersException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("Connection refused");
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(300)))
                    .isInstanceOf(PoolException.class)
                    .hasMessageContaining("Connection refused");
        }
    }

    @Test
    void operationOnAServerThatIsDownIsNotExecuted() {
        try (var pool = patient(server.uri()).build();
                var first = pool.acquire();
                var lease = pool.acquire()) {
            server.kill();
            // The first finds the socket dead; from the second on the driver knows that no server is there.
            catchThrowable(() -> first.execute(insertOne("users", new Document())));
            var failure = catchThrowableOfType(
                    OperationFailedException.class, () -> lease.execute(insertOne("users", new Document())));
            assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
            assertThat(failure).cause().isInstanceOf(NoServerAnswersException.class);
        }
    }

    @Test
    void serverOfAnotherKindIsNamedAsSuch() throws Exception {
        try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var answering = new Thread(() -> answerAsRedis(other));
            answering.setDaemon(true);
            answering.start();
            try (var pool =
                    patient("mongodb://127.0.0.1:" + other.getLocalPort()).build()) {
                assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(2)))
                        .isInstanceOf(PoolException.class)
                        .hasMessageContaining("does not speak MongoDB's protocol");
            }
        }
    }

    private static void answerAsRedis(ServerSocket listening) {
        try {
            while (true) {
                try (Socket socket = listening.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("-ERR unknown command, with args beginning with: \r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                }
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    @Test
    void transactionOnASilentServerEndsByItsTimeLimit() {
        var limit = Duration.ofMillis(500);
        try (var set = new SilencedReplicaSet();
                var pool = patient(set.uri()).operationTimeout(limit).build();
                var lease = pool.acquire()) {
            lease.begin(TransactionOptions.defaults());
            set.proxy.silence();
            Throwable failure = failureBy(limit, () -> lease.execute(find("users")));
            assertThat(failure).isInstanceOf(OperationFailedException.class);
            assertThat(((OperationFailedException) failure).verdict().connection())
                    .isEqualTo(ConnectionFate.EVICT);
            set.proxy.heal();
        }
    }

    @Test
    void commitOnASilentServerIsUnknown() {
        var limit = Duration.ofMillis(500);
        try (var set = new SilencedReplicaSet();
                var pool = patient(set.uri()).operationTimeout(limit).build();
                var lease = pool.acquire()) {
            var transaction = lease.begin(TransactionOptions.defaults());
            lease.execute(insertOne("users", new Document()));
            set.proxy.silence();
            Throwable failure = failureBy(limit, transaction::commit);
            assertThat(failure).isInstanceOf(OperationFailedException.class);
            assertThat(((OperationFailedException) failure).verdict())
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN));
            set.proxy.heal();
        }
    }

    @Test
    void credentialsThatTheServerRefusesEndAnAcquireAtOnce() {
        try (var pool = patient(server.uri()).user("ann").password("s3cret").build()) {
            assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(20)))
                    .isInstanceOf(ConnectionFailedException.class)
                    .hasMessageContaining("ann")
                    .message()
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void interruptEndsAnOperation() throws Exception {
        try (var pool = patient(server.uri()).build();
                var first = pool.acquire();
                var lease = pool.acquire()) {
            server.kill();
            catchThrowable(() -> first.execute(find("users")));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> lease.execute(find("users"))).isInstanceOf(OperationFailedException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A replica set behind a proxy that can fall silent. */
    private static final class SilencedReplicaSet implements AutoCloseable {
        private final ReplicaSetBackend backend = new ReplicaSetBackend();
        private final MongoServer server = backend.serve();
        private final FaultProxy proxy =
                FaultProxy.before("127.0.0.1", server.getLocalAddress().getPort());

        String uri() {
            return "mongodb://" + proxy.host() + ":" + proxy.port();
        }

        @Override
        public void close() {
            proxy.close();
            server.shutdownNow();
        }
    }
}
