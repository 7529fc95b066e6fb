package dev.cenote.testkit.fakes;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Transactional;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection to a {@link FakeDatabase}. Notices when two use it at once. */
public final class FakeConnection implements Transactional {
    private final FakeDatabase database;
    private final long number;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean dirty;
    private volatile boolean transaction;

    FakeConnection(FakeDatabase database, long number) {
        this.database = database;
        this.number = number;
    }

    /** Number of the connection at the database, from 1. */
    public long number() {
        return number;
    }

    /** True once it was closed or aborted. */
    public boolean isEnded() {
        return ended.getCount() == 0;
    }

    /** True if its session was changed and not restored. */
    public boolean isDirty() {
        return dirty || transaction;
    }

    /** True while a transaction is open. */
    public boolean isInTransaction() {
        return transaction;
    }

    /** Changes its session. */
    public void makeDirty() {
        dirty = true;
    }

    void clean() {
        dirty = false;
        transaction = false;
    }

    boolean end() {
        boolean first = !isEnded();
        ended.countDown();
        return first;
    }

    /** Asks the database something: answers at once, or as long as the database is silent not before it is aborted. */
    void talk(Deadline deadline) throws IOException, InterruptedException {
        if (!busy.compareAndSet(false, true)) {
            database.reportSharing(number);
        }
        try {
            database.answer(this, deadline);
        } finally {
            busy.set(false);
        }
    }

    /** Blocks until it is ended or the time is over; true if ended. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            dirty = true;
            return type.cast(this);
        }
        throw new IllegalArgumentException("type must be FakeConnection, was " + type.getName());
    }

    @Override
    public void begin(TransactionOptions options, Deadline deadline) throws Exception {
        talk(deadline);
        database.tell("begin");
        transaction = true;
    }

    @Override
    public void commit(Deadline deadline) throws Exception {
        talk(deadline);
        database.tell("commit");
        transaction = false;
    }

    @Override
    public void rollback(Deadline deadline) throws Exception {
        talk(deadline);
        database.tell("rollback");
        transaction = false;
    }

    @Override
    public String toString() {
        return "FakeConnection[" + number + "]";
    }
}
