package dev.cenote.cli.demo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.inc;
import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.mongo.MongoOperations.updateOne;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.mongo.MongoConnection;
import dev.cenote.protocols.Operation;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bson.Document;

/** MongoDB: a collection of ledgers, and one of notes. */
record MongoWorkload(String name, ResilientPool<MongoConnection> pool) implements Workload<MongoConnection> {
    private static final String LEDGER = "cenote_demo_ledger";
    private static final String NOTE = "cenote_demo_note";

    @Override
    public void prepare(int workers) {
        pool.execute(deleteMany(LEDGER, new Document()));
        pool.execute(deleteMany(NOTE, new Document()));
        for (int worker = 0; worker < workers; worker++) {
            pool.execute(insertOne(LEDGER, new Document("_id", worker).append("total", 0L)));
        }
    }

    @Override
    public Operation<MongoConnection, ?> increment(int worker) {
        return updateOne(LEDGER, eq("_id", worker), inc("total", 1L));
    }

    @Override
    public Operation<MongoConnection, ?> other(int worker, RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0 ->
                insertMany(
                        NOTE,
                        List.of(
                                new Document("worker", worker).append("text", "first"),
                                new Document("worker", worker).append("text", "second")));
            case 1 -> deleteMany(NOTE, eq("worker", worker));
            case 2 -> find(NOTE, eq("worker", worker));
            case 3 -> countDocuments(LEDGER, new Document());
            default -> findOne(LEDGER, eq("_id", worker));
        };
    }

    @Override
    public long stored() {
        return pool.execute(find(LEDGER, new Document())).stream()
                .mapToLong(ledger -> ledger.getLong("total"))
                .sum();
    }
}
