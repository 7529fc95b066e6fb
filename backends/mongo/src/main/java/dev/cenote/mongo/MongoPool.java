package dev.cenote.mongo;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Lease;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
     * The results of {@code source} as a stream that reads them in batches. Acquires a lease and opens the cursor, and so
     * blocks as {@link #acquire()} does; reading it blocks where a batch must be fetched, and throws what an operation
     * throws. The lease is held until the last batch has arrived, reading fails, or the stream is closed: close it, in a
     * try-with-resources. Sequential, and for one thread at a time.
     *
     * <pre>{@code
     * try (Stream<Document> users = pool.stream(find("users").batchSize(500))) {
     *   users.forEach(this::export);
     * }
     * }</pre>
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException if it is an aggregation that writes
     */
    public <T> Stream<T> stream(Streamable<T> source) {
        Lease<MongoConnection> lease = acquire();
        try {
            Cursor<T> cursor = Cursor.open(source, lease::execute, lease::close);
            return StreamSupport.stream(
                            Spliterators.spliteratorUnknownSize(cursor, Spliterator.ORDERED | Spliterator.NONNULL),
                            false)
                    .onClose(cursor::close);
        } catch (Throwable failure) {
            lease.close();
            throw failure;
        }
    }

    /**
     * A publisher of the results of {@code source}. Each subscriber has a cursor of its own: a lease is acquired, without a
     * thread that waits, when it first requests; a batch is fetched when all before it were taken and more is requested;
     * the lease is given back when the last batch has arrived, after a failure, or when it cancels. The subscriber is called
     * on threads of the pool, or on its own within {@code request}; it must not block for long. Blocks nobody.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException if it is an aggregation that writes
     */
    public <T> Flow.Publisher<T> publisher(Streamable<T> source) {
        OpenCursor.opening(source);
        return subscriber -> {
            Objects.requireNonNull(subscriber, "subscriber");
            subscriber.onSubscribe(new CursorSubscription<>(this, source, subscriber));
        };
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
