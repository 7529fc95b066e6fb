package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.hashes;
import static dev.cenote.redis.RedisOperations.keys;
import static dev.cenote.redis.RedisOperations.lists;
import static dev.cenote.redis.RedisOperations.mset;
import static dev.cenote.redis.RedisOperations.sets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole scans, as streams and publishers. */
@Tag("oldest-lettuce")
class ScanTest {
    private static final int MANY = 1_000;

    private final TestServer server = TestServers.shared(Product.REDIS);
    private final AtomicInteger steps = new AtomicInteger();
    private RedisPool pool;

    @BeforeEach
    void open() {
        pool = RedisPool.builder().uri(server.uri()).database(10).maxSize(1).build();
        pool.execute(RedisOperations.command("FLUSHDB"));
        pool.execute(mset(IntStream.range(0, MANY).boxed().collect(Collectors.toMap(i -> "key:" + i, i -> "v"))));
    }

    @AfterEach
    void close() {
        Consistency.assertAtRest(pool);
        pool.close();
    }

    private RedisOperation<ScanPage<String>> step(ScanCursor at) {
        steps.incrementAndGet();
        return keys().scan(at, ScanOptions.matching("key:*").count(50));
    }

    @Test
    void aStreamFindsAll() {
        try (Stream<String> found = RedisScan.stream(pool, this::step)) {
            assertThat(found.collect(Collectors.toSet())).hasSize(MANY).contains("key:0", "key:999");
        }
        assertThat(steps.get()).isGreaterThan(10);
    }

    @Test
    void aStreamReadsOnlyAsMuchAsIsAskedForAndHoldsNoConnection() {
        try (Stream<String> found = RedisScan.stream(pool, this::step)) {
            var iterator = found.iterator();
            iterator.next();
            int before = steps.get();
            assertThat(before).isLessThanOrEqualTo(2);
            pool.acquire().close();
        }
        try (Stream<String> found = RedisScan.stream(pool, this::step)) {
            steps.set(0);
            var iterator = found.iterator();
            iterator.next();
            found.close();
            int left = 0;
            while (iterator.hasNext()) {
                iterator.next();
                left++;
            }
            assertThat(left).as("closed").isLessThanOrEqualTo(1);
        }
    }

    @Test
    void elementsOfOneKeyAreStreamedToo() {
        pool.execute(sets().sadd(
                        "s", IntStream.range(0, MANY).mapToObj(String::valueOf).toArray(String[]::new)));
        try (Stream<String> found = RedisScan.stream(
                pool, at -> sets().sscan("s", at, ScanOptions.all().count(100)))) {
            assertThat(found.distinct().count()).isEqualTo(MANY);
        }
        pool.execute(hashes().hset("h", Map.of("a", "1", "b", "2")));
        try (Stream<Map.Entry<String, String>> found =
                RedisScan.stream(pool, at -> hashes().hscan("h", at, ScanOptions.all()))) {
            assertThat(found.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                    .isEqualTo(Map.of("a", "1", "b", "2"));
        }
        assertThatThrownBy(() ->
                        sets().sscan("s", ScanCursor.start(), ScanOptions.all().type("set")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("type must not be set when the elements of a key are scanned, was set");
    }

    @Test
    void aStepThatFailsEndsTheStream() {
        pool.execute(lists().rpush("l", "a"));
        try (Stream<String> found = RedisScan.stream(pool, at -> sets().sscan("l", at, ScanOptions.all()))) {
            assertThatThrownBy(found::toList)
                    .isInstanceOf(OperationFailedException.class)
                    .hasMessageContaining("WRONGTYPE");
        }
    }

    private static final class Reader implements Flow.Subscriber<String> {
        final ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
        final CompletableFuture<Set<String>> end = new CompletableFuture<>();
        private final AtomicInteger inside = new AtomicInteger();
        private final long first;
        private final long more;
        volatile Flow.Subscription subscription;

        Reader(long first, long more) {
            this.first = first;
            this.more = more;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (first != 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(String element) {
            if (inside.incrementAndGet() != 1) {
                end.completeExceptionally(new AssertionError("two calls at once, or one within another"));
            }
            found.add(element);
            if (more > 0) {
                subscription.request(more);
            }
            inside.decrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(Set.copyOf(found));
        }
    }

    @Test
    void aPublisherFindsAll() throws Exception {
        for (Reader reader : List.of(new Reader(Long.MAX_VALUE, 0), new Reader(1, 1), new Reader(7, 3))) {
            RedisScan.publisher(pool, this::step).subscribe(reader);
            assertThat(reader.end.get(20, TimeUnit.SECONDS)).hasSize(MANY);
        }
    }

    @Test
    void aPublisherGivesNoMoreThanIsAskedFor() throws Exception {
        var reader = new Reader(0, 0);
        RedisScan.publisher(pool, this::step).subscribe(reader);
        assertThat(steps).as("nothing is asked for").hasValue(0);
        reader.subscription.request(5);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> reader.found.size() == 5);
        int soFar = steps.get();
        pool.execute(RedisOperations.ping());
        assertThat(reader.found).hasSize(5);
        assertThat(steps).hasValue(soFar);
        reader.subscription.cancel();
        reader.subscription.request(Long.MAX_VALUE);
        pool.execute(RedisOperations.ping());
        assertThat(reader.found).hasSize(5);
        assertThat(reader.end).isNotDone();
    }

    @Test
    void aPublisherEndsWithTheErrorOfAStepOrOfItsReader() {
        pool.execute(lists().rpush("l", "a"));
        var failing = new Reader(1, 1);
        RedisScan.publisher(pool, at -> sets().sscan("l", at, ScanOptions.all()))
                .subscribe(failing);
        assertThatThrownBy(() -> failing.end.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("WRONGTYPE");
        var mistaken = new Reader(-1, 0);
        RedisScan.publisher(pool, this::step).subscribe(mistaken);
        assertThatThrownBy(() -> mistaken.end.get(20, TimeUnit.SECONDS)).hasStackTraceContaining("request must be > 0");
    }
}
