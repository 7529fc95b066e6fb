package dev.cenote.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Session;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.SessionException;
import dev.cenote.protocols.errors.TransactionException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.bson.BsonBinary;
import org.bson.BsonDocument;

/** The driver's session, and the transaction that is open in it. Used by one thread at a time. */
final class MongoSession implements Session {
    /** The server gave up by the time limit it was sent. */
    private static final int MAX_TIME_EXPIRED = 50;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final MongoClient client;
    private final ClientSession driver;
    private boolean readOnly;
    private boolean closed;

    private MongoSession(MongoClient client, ClientSession driver) {
        this.client = client;
        this.driver = driver;
    }

    /**
     * Begins a session. Asks no server: the driver knows what they can do.
     *
     * @throws SessionException if a server has none
     */
    static MongoSession begin(MongoClient client) {
        find(client, server -> server.getLogicalSessionTimeoutMinutes() == null).ifPresent(server -> {
            throw new SessionException("the server " + server.getAddress() + " has no sessions");
        });
        return new MongoSession(client, client.startSession());
    }

    private static Optional<ServerDescription> find(MongoClient client, Predicate<ServerDescription> predicate) {
        ClusterDescription deployment = client.getClusterDescription();
        return deployment.getServerDescriptions().stream()
                .filter(server ->
                        server.isOk() && (server.isPrimary() || server.isStandAlone() || server.isShardRouter()))
                .filter(predicate)
                .findFirst();
    }

    void beginTransaction(TransactionOptions options, Deadline deadline) {
        find(client, ServerDescription::isStandAlone).ifPresent(server -> {
            throw new SessionException("transactions want a replica set or a sharded cluster, and the server "
                    + server.getAddress() + " stands alone");
        });
        var builder = com.mongodb.TransactionOptions.builder();
        options.isolation().ifPresent(level -> builder.readConcern(readConcern(level)));
        if (deadline.isLimited()) {
            builder.timeout((long) deadline.remainingMillis(Integer.MAX_VALUE), TimeUnit.MILLISECONDS);
        }
        driver.startTransaction(builder.build());
        readOnly = options.readOnly();
    }

    private static ReadConcern readConcern(TransactionOptions.Isolation level) {
        return switch (level) {
            case READ_UNCOMMITTED -> ReadConcern.LOCAL;
            case READ_COMMITTED -> ReadConcern.MAJORITY;
            case REPEATABLE_READ -> ReadConcern.SNAPSHOT;
            case SERIALIZABLE ->
                throw new TransactionException(
                        "isolation must be at most REPEATABLE_READ with MongoDB, was SERIALIZABLE");
        };
    }

    void commit(Deadline deadline) {
        while (true) {
            try {
                driver.commitTransaction();
                return;
            } catch (MongoException failure) {
                if (!mayAskAgain(failure)
                        || deadline.isExpired()
                        || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
                LockSupport.parkNanos(Math.min(PAUSE_NANOS, deadline.remainingNanos()));
            }
        }
    }

    /** A commit that ran out of time is not repeated: the driver would give it as long again. */
    private static boolean mayAskAgain(MongoException failure) {
        return failure.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
                && !(failure instanceof MongoTimeoutException)
                && failure.getCode() != MAX_TIME_EXPIRED;
    }

    void rollback() {
        driver.abortTransaction();
    }

    boolean inTransaction() {
        return driver.hasActiveTransaction();
    }

    /** True while a transaction is open that was told to read only. */
    boolean isReadOnly() {
        return readOnly && inTransaction();
    }

    ClientSession driver() {
        return driver;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String id() {
        BsonDocument identifier = driver.getServerSession().getIdentifier();
        if (identifier.get("id") instanceof BsonBinary binary) {
            return binary.asUuid().toString();
        }
        return identifier.toJson();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type != ClientSession.class) {
            throw new IllegalArgumentException("type must be ClientSession, was " + type.getName());
        }
        return type.cast(driver);
    }

    /** Rolls back what is open, and ends it. */
    @Override
    public void close() {
        closed = true;
        driver.close();
    }
}
