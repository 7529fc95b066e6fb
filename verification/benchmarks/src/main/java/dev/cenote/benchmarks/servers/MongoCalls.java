package dev.cenote.benchmarks.servers;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.mongo.FindOne;
import dev.cenote.mongo.MongoOperations;
import dev.cenote.mongo.MongoPool;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;

/** {@code findOne} by key of a document that is there. */
final class MongoCalls {
    private static final String DATABASE = "benchmark";
    private static final String COLLECTION = "users";
    private static final Bson KEY = eq("_id", 1);

    /** That of the pool's operations, which the driver keeps for it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private MongoCalls() {}

    private static MongoPool open(String uri) {
        prepare(uri);
        return MongoPool.builder()
                .uri(uri)
                .database(DATABASE)
                .minSize(ServerCalls.SIZE)
                .maxSize(ServerCalls.SIZE)
                .operationTimeout(TIMEOUT)
                .build();
    }

    /** The pool acquires, runs and releases. */
    static Subject execute(String uri) {
        MongoPool pool = open(uri);
        FindOne<Document> find = MongoOperations.findOne(COLLECTION, KEY);
        return new ServerCall(() -> pool.execute(find).orElseThrow(), pool);
    }

    /** The caller does. */
    static Subject lease(String uri) {
        MongoPool pool = open(uri);
        FindOne<Document> find = MongoOperations.findOne(COLLECTION, KEY);
        return new ServerCall(
                () -> {
                    try (var lease = pool.acquire()) {
                        return lease.execute(find).orElseThrow();
                    }
                },
                pool);
    }

    /** The bare driver with the same sockets, and a deadline for each call, as the pool gives it one. */
    static Subject driver(String uri) {
        return driver(uri, settings(uri).timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The bare driver with the same sockets and no deadline. */
    static Subject driverWithoutDeadline(String uri) {
        return driver(uri, settings(uri));
    }

    private static MongoClientSettings.Builder settings(String uri) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToConnectionPoolSettings(
                        pool -> pool.minSize(ServerCalls.SIZE).maxSize(ServerCalls.SIZE));
    }

    private static Subject driver(String uri, MongoClientSettings.Builder settings) {
        prepare(uri);
        MongoClient client = MongoClients.create(settings.build());
        MongoCollection<Document> users = client.getDatabase(DATABASE).getCollection(COLLECTION);
        return new ServerCall(() -> Objects.requireNonNull(users.find(KEY).first()), client);
    }

    private static void prepare(String uri) {
        try (MongoClient client = MongoClients.create(uri)) {
            MongoCollection<Document> users = client.getDatabase(DATABASE).getCollection(COLLECTION);
            users.drop();
            users.insertOne(new Document("_id", 1).append("name", "somebody").append("age", 42));
        }
    }
}
