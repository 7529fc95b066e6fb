package dev.cenote.mongo;

import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.DeadlineExceededException;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Session;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Transactional;
import dev.cenote.protocols.errors.TransactionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A share of the driver's client that runs one operation at a time, with a session once one is asked for: by {@code
 * unwrap(Session.class)}, {@code unwrap(ClientSession.class)} or a transaction. Operations then take part in it until
 * the lease ends.
 *
 * <p>The driver chooses a socket for each command, so that a connection's operations need not share one; what must stay
 * together (a cursor, a transaction behind a router) the driver keeps together.
 */
public final class MongoConnection implements Transactional {
    private final SharedClient shared;
    private final MongoDatabase database;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean aborted;
    private final Set<OpenCursor<?>> cursors = ConcurrentHashMap.newKeySet();
    private @Nullable MongoSession session;
    private @Nullable Handle<?> lastUsed;

    MongoConnection(SharedClient shared, MongoDatabase database) {
        this.shared = shared;
        this.database = database;
    }

    // ---- what operations are made of

    /** The database, its commands to end by {@code deadline}. */
    MongoDatabase database(Deadline deadline) {
        return deadline.isLimited() && !isInTransaction()
                ? database.withTimeout(deadline.remainingMillis(Integer.MAX_VALUE), TimeUnit.MILLISECONDS)
                : database;
    }

    /**
     * A collection, its commands to end by {@code deadline}. The one that was used last is kept: to make one anew, with the
     * driver's checks of its name, is a good part of what this layer costs a small operation.
     */
    <T> MongoCollection<T> collection(String name, Class<T> type, Deadline deadline) {
        Handle<?> last = lastUsed;
        MongoCollection<T> collection;
        if (last != null && last.type == type && last.name.equals(name)) {
            @SuppressWarnings("unchecked") // by its type
            var same = (MongoCollection<T>) last.collection;
            collection = same;
        } else {
            collection = database.getCollection(name, type);
            lastUsed = new Handle<>(name, type, collection);
        }
        return deadline.isLimited() && !isInTransaction()
                ? collection.withTimeout(deadline.remainingMillis(Integer.MAX_VALUE), TimeUnit.MILLISECONDS)
                : collection;
    }

    /** What was used last. */
    private record Handle<T>(String name, Class<T> type, MongoCollection<T> collection) {}

    /** The driver forbids the commands of a transaction a time limit of their own: they share the transaction's. */
    private boolean isInTransaction() {
        MongoSession begun = session;
        return begun != null && begun.inTransaction();
    }

    /** The driver's session, if one was begun. */
    @Nullable
    ClientSession session() {
        MongoSession begun = session;
        return begun == null || begun.isClosed() ? null : begun.driver();
    }

    /**
     * Lets an operation begin.
     *
     * @throws TransactionException if it would write in a transaction that was told to read only
     * @throws MongoClientException if the connection was aborted
     */
    void admit(String operation, Effect effect) {
        if (aborted) {
            throw new MongoClientException("the connection has been aborted");
        }
        if (session != null && effect != Effect.READ_ONLY && session.isReadOnly()) {
            throw new TransactionException(operation + " may write, and the open transaction was told to read only");
        }
    }

    /** What a time-out of the driver's really was. */
    Exception explain(MongoTimeoutException late) {
        if (MongoClassifier.isWaitForSocket(late) && shared.isExhausted()) {
            return new SocketsExhaustedException(late);
        }
        boolean byDeadline = late instanceof MongoOperationTimeoutException && !MongoClassifier.isWaitForServer(late);
        // While it waits for a server, the driver gives up by the connect time-out too.
        return byDeadline ? new DeadlineExceededException(late) : late;
    }

    // ---- cursors

    void opened(OpenCursor<?> cursor) {
        cursors.add(cursor);
    }

    void forget(OpenCursor<?> cursor) {
        cursors.remove(cursor);
    }

    /** True while one is open that an operation of this connection opened. */
    boolean hasCursors() {
        return !cursors.isEmpty();
    }

    /** Closes those that were left open. */
    void closeCursors() {
        cursors.forEach(OpenCursor::close);
    }

    // ---- sessions and transactions

    boolean hasSession() {
        return session != null;
    }

    private MongoSession beginSession() {
        MongoSession begun = session;
        if (begun == null || begun.isClosed()) {
            begun = MongoSession.begin(shared.client());
            session = begun;
        }
        return begun;
    }

    /** Rolls back what is open and ends the session. */
    void endSession() {
        MongoSession ended = session;
        session = null;
        if (ended != null) {
            ended.close();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>What is left until {@code deadline} becomes the time limit of the transaction as a whole, since the driver has
     * one for all its commands; {@code commit} and {@code rollback} get as long again. A snapshot, which is what
     * {@code REPEATABLE_READ} asks for, is the strictest level there is.
     *
     * @throws dev.cenote.protocols.errors.SessionException if the server has no sessions, or is a standalone one, which
     *     has no transactions
     * @throws TransactionException if {@code options} asks for {@code SERIALIZABLE}
     */
    @Override
    public void begin(TransactionOptions options, Deadline deadline) {
        admit("begin", Effect.READ_ONLY);
        beginSession().beginTransaction(options, deadline);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where the fate of the commit is not known, asks again until the deadline, which does no harm: the server
     * commits a transaction once, however often it is told to.
     */
    @Override
    public void commit(Deadline deadline) {
        requireSession("commit").commit(deadline);
    }

    @Override
    public void rollback(Deadline deadline) {
        requireSession("roll back").rollback();
    }

    private MongoSession requireSession(String verb) {
        MongoSession begun = session;
        if (begun == null) {
            throw new TransactionException("cannot " + verb + ": no transaction was begun");
        }
        return begun;
    }

    // ---- the driver's objects

    /**
     * {@inheritDoc}
     *
     * <p>There are {@link MongoClient}, {@link MongoDatabase}, {@link ClientSession} and {@link Session}; the last two
     * begin the session. Whoever uses the client must not close it.
     *
     * @throws dev.cenote.protocols.errors.SessionException if a session is asked for and the server has none
     */
    @Override
    public <T> T unwrap(Class<T> type) {
        if (type == MongoClient.class) {
            return type.cast(shared.client());
        }
        if (type == MongoDatabase.class) {
            return type.cast(database);
        }
        if (type == ClientSession.class) {
            return type.cast(beginSession().driver());
        }
        if (type == Session.class) {
            return type.cast(beginSession());
        }
        throw new IllegalArgumentException(
                "type must be one of MongoClient, MongoDatabase, ClientSession, Session, was " + type.getName());
    }

    // ---- the end

    /** Lets nothing further begin. From any thread. */
    void abort() {
        aborted = true;
    }

    void close() {
        aborted = true;
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            closeCursors();
            endSession();
        } catch (MongoException ignored) {
            // The server forgets a cursor or a session that is not ended in good order.
        } finally {
            shared.release();
        }
    }
}
