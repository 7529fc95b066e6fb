package dev.cenote.mongo;

import com.mongodb.client.model.changestream.ChangeStreamDocument;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Lease;
import java.time.Duration;
import java.util.List;
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
    private final ChangeStreams changes;

    MongoPool(Parts<MongoConnection> parts, MongoConnector connector, ChangeStreams changes) {
        super(parts);
        this.connector = connector;
        this.changes = changes;
        connector.attach(parts.engine(), parts.circuit());
    }

    /** A builder with the default of each option. */
    public static MongoPoolBuilder builder() {
        return new MongoPoolBuilder();
    }

    // ---- what is below it

    /**
     * The driver's sockets for leases, by server, in the order of their addresses; empty before the first connection. The
     * pool's {@link #stats()} count leases: with one server, what is in use here is what runs an operation there. Does not
     * block.
     */
    public List<ServerSockets> sockets() {
        return connector.ears().sockets().snapshot();
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
     * <p>Also down while the driver's monitors can reach no server, and degraded while a replica set has no primary.
     */
    @Override
    public Health health() {
        return connector.ears().deployment().health(super.health());
    }

    // ---- change streams

    /**
     * Opens a change stream; what happens once this has returned will be heard. It has a socket of its own, beside the
     * {@code maxSize} of the leases, and one of the pool's workers reads it. Pausing, clearing and resizing the pool do not
     * concern it; closing and draining end it. Blocks for a round trip, by the operation time-out, and is not tried again.
     *
     * @throws dev.cenote.protocols.errors.OperationFailedException if the server refuses, or none answers
     * @throws TooManyChangeStreamsException if as many are open as {@link MongoPoolBuilder#maxChangeStreams} says
     * @throws dev.cenote.protocols.errors.PoolClosedException if the pool was closed
     */
    public <T> ChangeStream<T> watch(Watch<T> watch) {
        return changes.open(Watch.valid(watch));
    }

    /**
     * A publisher that opens a stream of its own for each subscriber, as {@link #watch} does. {@code onSubscribe} comes once
     * the server has opened it; all comes on one of the pool's workers, which the subscriber may block. No more is read than
     * it has asked for and what a batch brings. The stream completes after an invalidation, and fails as {@link
     * ChangeStream#next()} does. After a cancel nothing more comes; the server hears of it within {@link Watch#maxAwait}, and
     * so does the subscriber of the end of the pool.
     */
    public <T> Flow.Publisher<ChangeStreamDocument<T>> publisher(Watch<T> watch) {
        return changes.publisher(Watch.valid(watch));
    }

    /** How many change streams are open, and on what sockets. Does not block, unless one is being opened for the first time. */
    public ChangeStreamStats changeStreams() {
        return changes.stats();
    }

    // ---- its life

    /**
     * {@inheritDoc}
     *
     * <p>The driver cannot change the bounds of a client. So a {@code maxSize} above all earlier ones makes further
     * connections on a new client; the earlier client is closed, with its sockets, when the last of its connections has
     * gone: until then {@link #sockets()} has those of both. A smaller {@code maxSize} bounds the leases, and with them the
     * sockets in use, at once; sockets that are idle above it go by {@code idleTimeout}. A new {@code minSize} holds for
     * what the pool keeps open at once, for the driver's sockets only from the next client on.
     */
    @Override
    public void resize(int minSize, int maxSize) {
        Check.sizes(minSize, maxSize);
        connector.allow(minSize, maxSize);
        super.resize(minSize, maxSize);
    }

    /** {@inheritDoc} Change streams are ended first: they would go on for ever. */
    @Override
    public boolean drain(Duration timeout) {
        changes.close();
        return super.drain(timeout);
    }

    /** {@inheritDoc} Change streams end too. */
    @Override
    public void close() {
        changes.close();
        super.close();
    }
}
