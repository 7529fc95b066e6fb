package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.inc;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.updateMany;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.ledger.LedgerContract;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.HashMap;
import java.util.Map;

/** The stand-in forgets all when it crashes, so that here only the network and its pauses do harm. */
class MongoLedgerTest extends LedgerContract<MongoConnection, MongoPoolBuilder> {
    @Override
    protected Product product() {
        return Product.MONGODB;
    }

    @Override
    protected MongoPoolBuilder builder(String uri) {
        return MongoPool.builder().uri(uri);
    }

    @Override
    protected void prepare(ResilientPool<MongoConnection> pool, int counters) {
        for (int counter = 0; counter <= counters + 1; counter++) {
            pool.execute(
                    updateMany("counters", eq("_id", counter), inc("n", 0L)).upsert());
        }
    }

    /** An update of many, which the driver itself never tries again. */
    @Override
    protected Operation<MongoConnection, ?> increment(int counter) {
        return updateMany("counters", eq("_id", counter), inc("n", 1L));
    }

    @Override
    protected Operation<MongoConnection, ?> insert(String row) {
        return updateMany("ledger", eq("_id", row), inc("times", 1L)).upsert();
    }

    @Override
    protected Map<Integer, Long> counters(ResilientPool<MongoConnection> pool, int counters) {
        var values = new HashMap<Integer, Long>();
        pool.execute(find("counters")).forEach(counter -> values.put(counter.getInteger("_id"), counter.getLong("n")));
        return values;
    }

    @Override
    protected Map<String, Long> rows(ResilientPool<MongoConnection> pool) {
        var times = new HashMap<String, Long>();
        pool.execute(find("ledger")).forEach(row -> times.put(row.getString("_id"), row.getLong("times")));
        return times;
    }
}
