package dev.cenote.mongo;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Check;

/**
 * A pool for MongoDB.
 *
 * <pre>{@code
 * try (var pool = MongoPool.builder().uri("mongodb://localhost:27017").database("test").build()) {
 *   Optional<Document> user = pool.execute(findOne("users", eq("name", "test")));
 * }
 * }</pre>
 *
 * <p>It has one {@code MongoClient} of the driver, made on a thread of the pool when the first connection is opened, and
 * closed when the pool has been closed and its last lease has ended. The bounds hold for each server of the deployment.
 */
public final class MongoPool extends ResilientPool<MongoConnection> {
    private final MongoConnector connector;

    MongoPool(Parts<MongoConnection> parts, MongoConnector connector) {
        super(parts);
        this.connector = connector;
    }

    /** A builder with the default of each option. */
    public static MongoPoolBuilder builder() {
        return new MongoPoolBuilder();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The driver cannot change the bounds of a client, so that a {@code maxSize} above all earlier ones makes further
     * connections on a new client; the earlier client is closed with the last of its connections.
     */
    @Override
    public void resize(int minSize, int maxSize) {
        Check.sizes(minSize, maxSize);
        connector.allow(minSize, maxSize);
        super.resize(minSize, maxSize);
    }
}
