package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.findOne;

import dev.cenote.protocols.Operation;
import dev.cenote.testkit.contracts.PoolContract;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import org.junit.jupiter.api.BeforeAll;

class MongoPoolContractTest extends PoolContract<MongoConnection, MongoPoolBuilder> {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServers.shared(Product.MONGODB);
    }

    @Override
    protected MongoPoolBuilder builder() {
        return MongoPool.builder().uri(server.uri());
    }

    @Override
    protected Operation<MongoConnection, ?> ping() {
        return findOne("nothing", eq("_id", 0));
    }
}
