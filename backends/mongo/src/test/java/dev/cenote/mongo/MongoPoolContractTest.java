package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.findOne;

import dev.cenote.protocols.Operation;
import dev.cenote.testkit.contracts.PoolContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MongoPoolContractTest extends PoolContract<MongoConnection, MongoPoolBuilder> {
    private static Servers.Server server;

    @BeforeAll
    static void start() {
        server = Servers.any();
    }

    @AfterAll
    static void stop() {
        server.close();
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
