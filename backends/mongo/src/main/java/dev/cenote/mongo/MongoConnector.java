package dev.cenote.mongo;

import com.mongodb.client.MongoDatabase;
import dev.cenote.circuit.Circuit;
import dev.cenote.mongo.ClientFactory.Ears;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Deadline;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections that share one client of the driver. A connection counts as open when the server has answered a
 * ping through it, so that a server that is down, silent or of another kind fails the connect, as it does with every
 * other backend.
 */
final class MongoConnector implements Connector<MongoConnection> {
    private static final BsonDocument PING = new BsonDocument("ping", new BsonInt32(1));

    private final ClientFactory factory;
    private final String database;
    private final MongoEvents events = MongoEvents.ofPool();
    private final Ears ears = Ears.of(events);
    private final ReentrantLock lock = new ReentrantLock();
    private int minSize;
    private int maxSize;
    private @Nullable SharedClient current;

    MongoConnector(ClientFactory factory, String database, PoolOptions options) {
        this.factory = factory;
        this.database = database;
        this.minSize = options.minSize();
        this.maxSize = options.maxSize();
    }

    @Override
    public Database database() {
        return new Database("mongodb", factory.uri().firstServer(), Optional.of(database));
    }

    /** Who hears of the sockets and servers. */
    Ears ears() {
        return ears;
    }

    /** From now on the pool's listeners hear of them, and its circuit, if it has one. */
    void attach(PoolEngine<?> engine, Optional<Circuit> circuit) {
        circuit.ifPresent(ears.deployment()::guardedBy);
        events.attach(engine.name(), engine::tell);
    }

    @Override
    public MongoConnection open(Deadline deadline) throws Exception {
        SharedClient shared = retainCurrent(deadline);
        var connection = new MongoConnection(shared, shared.client().getDatabase(database));
        try {
            validate(connection, deadline);
            return connection;
        } catch (Throwable failure) {
            connection.close();
            throw failure;
        }
    }

    private SharedClient retainCurrent(Deadline deadline) throws InterruptedException, TimeoutException {
        if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("the name server had not answered by the deadline");
        }
        try {
            SharedClient shared = current;
            if (shared == null) {
                shared = new SharedClient(factory.create(minSize, maxSize, ears), maxSize, ears.sockets());
                current = shared;
            }
            shared.retain();
            return shared;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void validate(MongoConnection connection, Deadline deadline) {
        MongoDatabase within = connection.database(deadline);
        within.runCommand(PING, within.getReadPreference());
    }

    @Override
    public boolean needsReset(MongoConnection connection) {
        return connection.hasSession() || connection.hasCursors();
    }

    @Override
    public void reset(MongoConnection connection, Deadline deadline) {
        connection.closeCursors();
        connection.endSession();
    }

    @Override
    public void close(MongoConnection connection) {
        connection.close();
    }

    /** Lets nothing further begin on the connection; what runs in it ends by its own deadline, which the driver keeps. */
    @Override
    public void abort(MongoConnection connection) {
        connection.abort();
    }

    /** Lets that many connections be open; see {@link MongoPool#resize}. */
    void allow(int min, int max) {
        lock.lock();
        try {
            minSize = min;
            maxSize = max;
            if (current != null && max > current.maxSize()) {
                current.retire();
                current = null;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdown() {
        lock.lock();
        try {
            if (current != null) {
                current.retire();
                current = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
