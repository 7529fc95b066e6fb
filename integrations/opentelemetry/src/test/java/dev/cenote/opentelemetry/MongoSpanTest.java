package dev.cenote.opentelemetry;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.insertOne;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.mongo.MongoConnection;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mongo.MongoPoolBuilder;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.Map;
import org.bson.Document;

class MongoSpanTest extends SpanContract<MongoConnection> {
    @Override
    Product product() {
        return Product.MONGODB;
    }

    @Override
    MongoPoolBuilder builder(String uri) {
        return MongoPool.builder().uri(uri);
    }

    @Override
    void prepare(ResilientPool<MongoConnection> pool) {
        pool.execute(dev.cenote.mongo.MongoOperations.deleteMany("secrets", eq("_id", SECRET)));
        pool.execute(insertOne("secrets", new Document("_id", SECRET)));
    }

    @Override
    Operation<MongoConnection, ?> good() {
        return findOne("secrets", eq("_id", SECRET));
    }

    @Override
    Operation<MongoConnection, ?> bad() {
        return insertOne("secrets", new Document("_id", SECRET));
    }

    @Override
    String title() {
        return "findOne secrets";
    }

    @Override
    Map<String, Object> described() {
        return Map.of(
                "db.system.name", "mongodb",
                "db.namespace", "test",
                "db.operation.name", "findOne",
                "db.collection.name", "secrets");
    }

    @Override
    String statusCode() {
        return "11000";
    }
}
