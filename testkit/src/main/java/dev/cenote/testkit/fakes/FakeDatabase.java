package dev.cenote.testkit.fakes;

import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory that does as a test says, and the connector to it. It counts what is open and notices what must
 * not be: two users of one connection, use of a closed one, a dirty one given out. Thread-safe.
 */
public final class FakeDatabase implements Connector<FakeConnection> {
    private static final long POLL_NANOS = 5_000_000;

    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger opening = new AtomicInteger();
    private final AtomicInteger mostOpening = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final List<String> transactions = new CopyOnWriteArrayList<>();
    private final Set<FakeConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private final AtomicInteger validations = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();
    private final AtomicInteger shutdowns = new AtomicInteger();

    private volatile boolean undoing;
    private volatile boolean committingByItself;
    private volatile boolean silent;
    private volatile boolean deaf;
    private volatile boolean hangingConnects;
    private volatile boolean stranded;
    private volatile @Nullable Throwable resetFailure;
    private volatile @Nullable Exception connectFailure;

    /** From now on no reply comes, until {@code false}; connecting still succeeds. */
    public void silent(boolean silent) {
        this.silent = silent;
    }

    /** As {@link #silent}, and the connector ignores deadlines too: only an abort frees a caller. */
    public void deaf(boolean deaf) {
        this.deaf = deaf;
        this.silent = deaf;
    }

    /** From now on opening a connection hangs, deadlines ignored, until {@code false}. */
    public void hangConnects(boolean hang) {
        this.hangingConnects = hang;
        this.stranded = false;
    }

    /** What hangs in opening a connection goes on hanging, until {@link #hangConnects} with false; new ones do not. */
    public void strandConnects() {
        this.stranded = true;
        this.hangingConnects = false;
    }

    /** From now on opening a connection fails so; with null it succeeds again. */
    public void failConnects(@Nullable Exception failure) {
        this.connectFailure = failure;
    }

    /** From now on opening a connection is refused. */
    public void refuse() {
        failConnects(new ConnectException("connection refused"));
    }

    /** From now on restoring a session fails, until {@code false}. */
    public void failResets(boolean fail) {
        this.resetFailure = fail ? new IOException("reset refused") : null;
    }

    /** From now on restoring a session throws that, until {@link #failResets(boolean)} with false. */
    public void failResets(Error failure) {
        this.resetFailure = failure;
    }

    /** The server dies: every open connection breaks, and connecting is refused until {@link #failConnects} with null. */
    public void crash() {
        refuse();
        open.forEach(FakeConnection::end);
        open.clear();
    }

    /** Whether what an open transaction has done is undone for certain when its connection is lost. */
    public void undoesWhatIsLost(boolean undoing) {
        this.undoing = undoing;
    }

    /** Whether what an open transaction has done may have been committed already. */
    public void commitsByItself(boolean committingByItself) {
        this.committingByItself = committingByItself;
    }

    boolean isUndoing() {
        return undoing;
    }

    boolean isCommittingByItself() {
        return committingByItself;
    }

    /** What was begun, committed and rolled back, in order. */
    public List<String> transactions() {
        return List.copyOf(transactions);
    }

    void tell(String step) {
        transactions.add(step);
    }

    /** Connections open now. */
    public int open() {
        return open.size();
    }

    /** Most connections that were ever open or opening at once. */
    public int mostOpen() {
        return mostOpen.get();
    }

    /** Connections being opened now, by callers that may have been given up. */
    public int opening() {
        return opening.get();
    }

    /** Most connections that were ever opening at once. */
    public int mostOpening() {
        return mostOpening.get();
    }

    /** Connections opened since the start, or begun to be. */
    public long opened() {
        return numbers.get();
    }

    /** Number of validations. */
    public int validations() {
        return validations.get();
    }

    /** Number of resets. */
    public int resets() {
        return resets.get();
    }

    /** Number of times the connector was shut down. */
    public int shutdowns() {
        return shutdowns.get();
    }

    /** What happened that must not happen; empty if all is well. */
    public Set<String> faults() {
        return faults;
    }

    @Override
    public FakeConnection open(Deadline deadline) throws Exception {
        var connection = new FakeConnection(this, numbers.incrementAndGet());
        int now = opening.incrementAndGet();
        mostOpening.accumulateAndGet(now, Math::max);
        mostOpen.accumulateAndGet(now + open.size(), Math::max);
        try {
            if (hangingConnects) {
                do {
                    connection.awaitEnd(POLL_NANOS);
                } while (hangingConnects || stranded);
            }
            Exception failure = connectFailure;
            if (failure != null) {
                throw failure;
            }
            open.add(connection);
            return connection;
        } finally {
            opening.decrementAndGet();
        }
    }

    @Override
    public void validate(FakeConnection connection, Deadline deadline) throws Exception {
        validations.incrementAndGet();
        connection.talk(deadline);
    }

    @Override
    public boolean needsReset(FakeConnection connection) {
        return connection.isDirty();
    }

    @Override
    public void reset(FakeConnection connection, Deadline deadline) throws Exception {
        resets.incrementAndGet();
        connection.talk(deadline);
        Throwable failure = resetFailure;
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof Exception exception) {
            throw exception;
        }
        connection.clean();
    }

    @Override
    public void close(FakeConnection connection) {
        connection.end();
        open.remove(connection);
    }

    @Override
    public void abort(FakeConnection connection) {
        connection.end();
        open.remove(connection);
    }

    @Override
    public void shutdown() {
        shutdowns.incrementAndGet();
        if (!open.isEmpty()) {
            faults.add("shut down while " + open.size() + " connections were open");
        }
    }

    void answer(FakeConnection connection, Deadline deadline) throws IOException, InterruptedException {
        while (silent && !connection.isEnded()) {
            if (!deaf && deadline.isExpired()) {
                throw new java.net.SocketTimeoutException("read timed out");
            }
            connection.awaitEnd(POLL_NANOS);
        }
        if (connection.isEnded()) {
            throw new IOException("connection reset");
        }
    }

    void reportSharing(long number) {
        faults.add("connection " + number + " was used by two at once");
    }
}
