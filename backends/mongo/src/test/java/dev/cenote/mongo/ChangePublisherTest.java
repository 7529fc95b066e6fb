package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.insertOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.changestream.ChangeStreamDocument;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Change streams as reactive streams. */
class ChangePublisherTest {
    /** After a cut the driver finds its server again when its monitor looks, which on a busy machine takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String COLLECTION = "published";

    private final ChangingServer server = new ChangingServer();
    private final MongoPool pool = server.pool().build();

    /** Remembers all, asks for nothing by itself. */
    private static class Probe implements Flow.Subscriber<ChangeStreamDocument<Document>> {
        final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        final List<Integer> ids = new CopyOnWriteArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscribed.complete(subscription);
        }

        @Override
        public void onNext(ChangeStreamDocument<Document> change) {
            ids.add(change.getDocumentKey().get("_id").asInt32().getValue());
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            ended.complete(null);
        }
    }

    @AfterEach
    void close() {
        pool.close();
        server.close();
    }

    private Probe subscribed(Watch<Document> watch) {
        var probe = new Probe();
        pool.publisher(watch).subscribe(probe);
        probe.subscribed.join();
        return probe;
    }

    private void insert(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(id -> pool.execute(insertOne(COLLECTION, new Document("_id", id))));
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    private Watch<Document> watch() {
        pool.execute(MongoOperations.deleteMany(COLLECTION, new Document()));
        return Watch.collection(COLLECTION);
    }

    @Test
    void noMoreComesThanWasAskedFor() {
        Probe probe = subscribed(watch());
        insert(1, 20);
        assertThat(probe.ids).isEmpty();
        probe.subscribed.join().request(3);
        await().until(() -> probe.ids.size() == 3);
        probe.subscribed.join().request(1);
        await().until(() -> probe.ids.size() >= 4);
        assertThat(probe.ids).isEqualTo(numbers(1, 4));
        probe.subscribed.join().request(Long.MAX_VALUE);
        probe.subscribed.join().request(Long.MAX_VALUE);
        await().until(() -> probe.ids.size() >= 20);
        assertThat(probe.ids).isEqualTo(numbers(1, 20));
    }

    @Test
    void eachSubscriberHasAStreamOfItsOwn() {
        Watch<Document> watch = watch();
        Probe first = subscribed(watch);
        insert(1, 5);
        Probe second = subscribed(watch);
        insert(6, 10);
        first.subscribed.join().request(100);
        second.subscribed.join().request(100);
        await().until(() -> first.ids.size() == 10 && second.ids.size() == 5);
        assertThat(second.ids).isEqualTo(numbers(6, 10));
        assertThat(pool.changeStreams().open()).isEqualTo(2);
    }

    @Test
    void afterACancelNothingComesAndNothingIsKept() {
        Probe probe = subscribed(watch());
        probe.subscribed.join().request(2);
        insert(1, 2);
        await().until(() -> probe.ids.size() == 2);
        probe.subscribed.join().cancel();
        probe.subscribed.join().request(10);
        insert(3, 5);
        await().until(() -> pool.changeStreams().open() == 0);
        assertThat(probe.ids).isEqualTo(numbers(1, 2));
        assertThat(probe.ended).isNotDone();
    }

    @Test
    void thePoolsEndIsAnError() {
        Probe probe = subscribed(watch());
        probe.subscribed.join().request(1);
        pool.close();
        await().until(probe.ended::isDone);
        assertThat(probe.ended)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(PoolClosedException.class);
    }

    @Test
    void whatTheServerRefusesIsAnError() {
        Watch<Document> refused = watch().resumeAfter(new BsonDocument("_data", new BsonString("x")));
        Probe probe = subscribed(refused);
        probe.subscribed.join().request(1);
        await().until(probe.ended::isDone);
        assertThat(probe.ended)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(OperationFailedException.class);
    }

    @Test
    void aRequestOfNothingIsAnError() {
        Probe probe = subscribed(watch());
        probe.subscribed.join().request(0);
        await().until(probe.ended::isDone);
        assertThat(probe.ended)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalArgumentException.class)
                .withMessageContaining("changes must be >= 1, was 0");
    }

    @Test
    void whoThrowsHasCancelled() {
        var throwing = new Probe() {
            @Override
            public void onNext(ChangeStreamDocument<Document> change) {
                super.onNext(change);
                throw new IllegalStateException("no");
            }
        };
        pool.publisher(watch()).subscribe(throwing);
        throwing.subscribed.join().request(100);
        insert(1, 5);
        await().until(() -> pool.changeStreams().open() == 0);
        assertThat(throwing.ids).isEqualTo(List.of(1));
        assertThat(throwing.ended).isNotDone();
    }

    @Test
    void aCutBeforeAnythingWasReadLosesNothing() {
        Probe probe = subscribed(watch());
        insert(1, 10);
        server.proxy().cut();
        probe.subscribed.join().request(Long.MAX_VALUE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(probe.ids)
                        .as("%s, ended %s", pool.changeStreams(), probe.ended)
                        .isEqualTo(numbers(1, 10)));
    }

    @Test
    void aCutConnectionIsNotSeen() {
        Probe probe = subscribed(watch());
        probe.subscribed.join().request(Long.MAX_VALUE);
        for (int cut = 0; cut < 5; cut++) {
            insert(20 * cut + 1, 20 * cut + 10);
            server.proxy().cut();
            // The pool's own sockets were cut too, and a write must not be made twice by the test.
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> pool.execute(MongoOperations.find(COLLECTION)) != null);
            insert(20 * cut + 11, 20 * cut + 20);
        }
        // In the message of a failure: what came, and in what state the stream is.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(probe.ids)
                        .as("%s, ended %s", pool.changeStreams(), probe.ended)
                        .isEqualTo(numbers(1, 100)));
    }
}
