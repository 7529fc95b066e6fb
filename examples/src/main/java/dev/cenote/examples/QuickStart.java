package dev.cenote.examples;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.findOne;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.mongo.MongoPool;
import dev.cenote.retry.RetryPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.bson.Document;

/** The example of the README: one pool, three ways to run an operation. */
public final class QuickStart {
    private QuickStart() {}

    /** Finds the same user three times in the database at {@code uri}: by a lease, by the pool, and without blocking. */
    public static List<Optional<Document>> findThreeTimes(String uri) {
        // begin README
        try (var pool = MongoPool.builder()
                .uri(uri)
                .database("test")
                .minSize(1)
                .maxSize(10)
                .retry(RetryPolicy.exponential().maxRetries(3).build())
                .circuitBreaker(CircuitBreaker.builder().failureThreshold(5).build())
                .build()) {

            Optional<Document> first;
            try (var lease = pool.acquire()) { // exclusive until close() returns it
                first = lease.execute(findOne("users", eq("name", "test")));
            }

            // acquire, run and release in one, with retry and circuit breaker
            Optional<Document> again = pool.execute(findOne("users", eq("name", "test")));

            // without blocking; closing the pool does not wait for it
            CompletionStage<Optional<Document>> later = pool.executeAsync(findOne("users", eq("name", "test")));
            // end README
            return List.of(first, again, later.toCompletableFuture().join());
        }
    }
}
