package dev.cenote.mongo;

import static com.mongodb.client.model.Sorts.ascending;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams with demand. */
class PublisherTest {
    private static final CommandLog LOG = new CommandLog();

    private static MongoPool pool;

    @BeforeAll
    static void open() {
        pool = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("publishers")
                .maxSize(2)
                .settings(LOG::listen)
                .build();
        pool.execute(deleteMany("numbers", new Document()));
        pool.execute(insertMany(
                "numbers",
                IntStream.range(0, 25)
                        .mapToObj(number -> new Document("_id", number))
                        .toList()));
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @BeforeEach
    void clearLog() {
        LOG.clear();
    }

    @AfterEach
    void poolIsConsistent() {
        assertAtRest(pool);
    }

    private static Find<Document> numbers() {
        return find("numbers").sort(ascending("_id")).batchSize(10);
    }

    /** Takes what it asked for, and remembers how it ended. */
    private static class Taker<T> implements Flow.Subscriber<T> {
        final LinkedBlockingQueue<T> taken = new LinkedBlockingQueue<>();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(T item) {
            taken.add(item);
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }

        T take() throws InterruptedException {
            T item = taken.poll(20, TimeUnit.SECONDS);
            assertThat(item).isNotNull();
            return item;
        }
    }

    private static Taker<Document> subscribe(Find<Document> find) {
        var taker = new Taker<Document>();
        pool.publisher(find).subscribe(taker);
        return taker;
    }

    @Test
    void allThatIsAskedForComesInOrder() {
        var taker = subscribe(numbers());
        taker.subscription.request(Long.MAX_VALUE);
        taker.end.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(taker.taken)
                .extracting(document -> document.getInteger("_id"))
                .isEqualTo(IntStream.range(0, 25).boxed().toList());
    }

    @Test
    void nothingIsFetchedBeforeItIsAskedFor() throws InterruptedException {
        var taker = subscribe(numbers());
        assertThat(pool.stats().leased()).isZero();
        taker.subscription.request(3);
        for (int i = 0; i < 3; i++) {
            assertThat(taker.take().getInteger("_id")).isEqualTo(i);
        }
        assertThat(taker.taken).isEmpty();
        assertThat(LOG.named("getMore")).isEmpty();
        taker.subscription.request(7);
        for (int i = 3; i < 10; i++) {
            assertThat(taker.take().getInteger("_id")).isEqualTo(i);
        }
        assertThat(LOG.named("getMore")).isEmpty();
        taker.subscription.request(1);
        assertThat(taker.take().getInteger("_id")).isEqualTo(10);
        assertThat(LOG.named("getMore")).hasSize(1);
        taker.subscription.cancel();
    }

    @Test
    void leaseIsGivenBackWhenTheLastBatchHasCome() throws InterruptedException {
        var taker = subscribe(numbers().limit(5));
        taker.subscription.request(1);
        taker.take();
        until(pool, "the lease is back", stats -> stats.leased() == 0);
        assertThat(taker.end).isNotDone();
        taker.subscription.request(10);
        taker.end.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(taker.taken).hasSize(4);
    }

    @Test
    void cancelClosesTheCursorAndGivesTheLeaseBack() throws InterruptedException {
        var taker = subscribe(numbers());
        taker.subscription.request(1);
        taker.take();
        taker.subscription.cancel();
        until(pool, "the lease is back", stats -> stats.leased() == 0);
        assertThat(LOG.named("killCursors")).hasSize(1);
        taker.subscription.request(10);
        assertThat(taker.taken).isEmpty();
        assertThat(taker.end).isNotDone();
    }

    @Test
    void cancelBeforeALeaseWasHadWaitsForNone() {
        try (var first = pool.acquire();
                var second = pool.acquire()) {
            assertThat(first.connectionId()).isNotEqualTo(second.connectionId());
            var taker = subscribe(numbers());
            taker.subscription.request(1);
            until(pool, "it waits", stats -> stats.waiters() == 1);
            taker.subscription.cancel();
            until(pool, "it no longer waits", stats -> stats.waiters() == 0);
        }
    }

    @Test
    void cancelsAtAnyMomentLoseNoLease() {
        List<CompletableFuture<Void>> cancels = IntStream.range(0, 300)
                .mapToObj(number -> {
                    var taker = subscribe(numbers());
                    var cancel = CompletableFuture.runAsync(taker.subscription::cancel);
                    taker.subscription.request(1 + number % 25);
                    return cancel;
                })
                .toList();
        cancels.forEach(CompletableFuture::join);
    }

    @Test
    void requestFromWithinOnNextIsNoRecursion() {
        var depths = new ArrayList<Integer>();
        var taker = new Taker<Document>() {
            private int depth;

            @Override
            public void onNext(Document item) {
                depth++;
                depths.add(depth);
                subscription.request(1);
                depth--;
            }
        };
        pool.publisher(numbers()).subscribe(taker);
        taker.subscription.request(1);
        taker.end.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(depths).hasSize(25).containsOnly(1);
    }

    @Test
    void failureIsTheSubscribersToHear() {
        var taker = subscribe(find("numbers", Document.parse("{_id: {$nonsense: 1}}")));
        taker.subscription.request(1);
        assertThatThrownBy(() -> taker.end.orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(OperationFailedException.class);
    }

    @Test
    void demandMustBePositive() {
        var taker = subscribe(numbers());
        taker.subscription.request(0);
        assertThatThrownBy(() -> taker.end.orTimeout(20, TimeUnit.SECONDS).join())
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage("documents must be >= 1, was 0");
    }

    @Test
    void subscriberThatThrowsHasCancelled() {
        var taker = new Taker<Document>() {
            @Override
            public void onNext(Document item) {
                super.onNext(item);
                throw new IllegalStateException("no more");
            }
        };
        pool.publisher(numbers()).subscribe(taker);
        taker.subscription.request(5);
        until(pool, "the lease is back", stats -> stats.leased() == 0 && stats.acquired() > 0);
        until(pool, "one came", stats -> taker.taken.size() == 1);
    }

    @Test
    void closedPoolFailsItsSubscribers() {
        var closed = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .build();
        closed.close();
        var taker = new Taker<Document>();
        closed.publisher(numbers()).subscribe(taker);
        taker.subscription.request(1);
        assertThatThrownBy(() -> taker.end.orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(PoolClosedException.class);
    }

    @Test
    void eachSubscriberHasACursorOfItsOwn() {
        var publisher = pool.publisher(numbers());
        List<Taker<Document>> takers = List.of(new Taker<>(), new Taker<>(), new Taker<>(), new Taker<>());
        takers.forEach(publisher::subscribe);
        takers.forEach(taker -> taker.subscription.request(Long.MAX_VALUE));
        takers.forEach(taker -> taker.end.orTimeout(20, TimeUnit.SECONDS).join());
        assertThat(takers).allSatisfy(taker -> assertThat(taker.taken).hasSize(25));
    }
}
