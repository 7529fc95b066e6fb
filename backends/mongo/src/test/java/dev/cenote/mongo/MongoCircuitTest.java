package dev.cenote.mongo;

import com.mongodb.client.model.Filters;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.contracts.CircuitContract;
import dev.cenote.testkit.servers.TestServers.Product;

class MongoCircuitTest extends CircuitContract<MongoConnection, MongoPoolBuilder> {
    @Override
    protected Product product() {
        return Product.MONGODB;
    }

    @Override
    protected MongoPoolBuilder builder(String uri) {
        return MongoPool.builder().uri(uri);
    }

    @Override
    protected Operation<MongoConnection, ?> ping() {
        return MongoOperations.findOne("nothing", Filters.eq("_id", 0));
    }
}
