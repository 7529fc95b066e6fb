package dev.cenote.examples;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.mongo.MongoOperations;
import dev.cenote.mongo.MongoPool;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class QuickStartTest {
    private static final String URI = TestServers.shared(Product.MONGODB).uri();

    @Test
    void findsTheUserInEachWay() {
        try (var pool = MongoPool.builder().uri(URI).database("test").build()) {
            pool.execute(MongoOperations.deleteMany("users", eq("name", "test")));
            pool.execute(MongoOperations.insertOne("users", new Document("name", "test")));
        }

        assertThat(QuickStart.findThreeTimes(URI))
                .hasSize(3)
                .allSatisfy(user -> assertThat(user.orElseThrow()).containsEntry("name", "test"));
    }
}
