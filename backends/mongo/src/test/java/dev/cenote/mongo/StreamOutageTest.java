package dev.cenote.mongo;

import static com.mongodb.client.model.Sorts.ascending;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams on a server that falls silent or crashes between two batches. */
class StreamOutageTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    private TestServer server;
    private MongoPool pool;

    @BeforeEach
    void open() {
        server = TestServers.start(Product.MONGODB);
        pool = MongoPool.builder()
                .uri(server.uri())
                .maxSize(1)
                .acquireTimeout(Duration.ofSeconds(30))
                .connectTimeout(Duration.ofSeconds(30))
                .operationTimeout(LIMIT)
                .resetTimeout(LIMIT)
                .build();
        fill();
    }

    private void fill() {
        pool.execute(insertMany(
                "numbers",
                IntStream.range(0, 25)
                        .mapToObj(number -> new Document("_id", number))
                        .toList()));
    }

    @AfterEach
    void close() {
        pool.close();
        server.close();
    }

    private static Find<Document> numbers() {
        return find("numbers").sort(ascending("_id")).batchSize(10);
    }

    private static Duration timed(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void fetchOnASilentServerEndsByTheOperationTimeout() {
        try (var lease = pool.acquire();
                var cursor = numbers().cursor(lease)) {
            server.pause();
            Duration took = timed(() -> assertThatThrownBy(() -> cursor.forEachRemaining(number -> {}))
                    .isInstanceOf(OperationTimeoutException.class)
                    .hasMessageStartingWith("getMore numbers"));
            assertThat(took).isLessThan(Duration.ofSeconds(10));
            assertThatThrownBy(cursor::hasNext).isInstanceOf(IllegalStateException.class);
        } finally {
            server.resume();
        }
        assertAtRest(pool);
    }

    @Test
    void leaseWithAnOpenCursorIsReturnedInTimeToASilentServer() {
        var lease = pool.acquire();
        numbers().cursor(lease).next();
        server.pause();
        try {
            assertThat(timed(lease::close)).isLessThan(Duration.ofSeconds(10));
        } finally {
            server.resume();
        }
        assertAtRest(pool);
    }

    @Test
    void streamOnAServerThatCrashesFailsAndGivesItsLeaseBack() {
        try (Stream<Document> stream = pool.stream(numbers())) {
            server.kill();
            assertThat(catchThrowable(() -> stream.forEach(number -> {})))
                    .isInstanceOf(OperationFailedException.class)
                    .hasMessageStartingWith("getMore numbers");
            until(pool, "the lease is back", stats -> stats.leased() == 0);
        }
        server.start();
        fill();
        assertThat(pool.stream(numbers())).hasSize(25);
        assertAtRest(pool);
    }

    @Test
    void publisherOnASilentServerTellsItsSubscriber() {
        var end = new CompletableFuture<Void>();
        pool.publisher(numbers()).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Document number) {
                if (number.getInteger("_id") == 5) {
                    server.pause();
                }
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                end.complete(null);
            }
        });
        assertThatThrownBy(() -> end.orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(OperationFailedException.class);
        server.resume();
        assertAtRest(pool);
    }
}
