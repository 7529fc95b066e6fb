package dev.cenote.mongo;

import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.CenoteException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Reads documents in batches, on the lease that it was opened on; see {@link Streamable}. Used by one thread at a time, the
 * one that uses the lease. The lease may run other operations while it is open.
 *
 * @param <T> what a document becomes
 */
public final class Cursor<T> implements Iterator<T>, AutoCloseable {
    /** Where its operations run. */
    interface Runner {
        <R> R execute(Operation<? super MongoConnection, R> operation);
    }

    private final OpenCursor<T> open;
    private final Runner runner;
    private final Runnable whenEnded;
    private Iterator<T> batch;
    private boolean ended;
    private boolean closed;

    private Cursor(OpenCursor<T> open, Runner runner, Runnable whenEnded) {
        this.open = open;
        this.runner = runner;
        this.whenEnded = whenEnded;
        this.batch = open.first().iterator();
        endIfExhausted();
    }

    /** Runs {@code whenEnded} as soon as the server is no longer asked, however that comes. */
    static <T> Cursor<T> open(Streamable<T> source, Runner runner, Runnable whenEnded) {
        return new Cursor<>(runner.execute(OpenCursor.opening(source)), runner, whenEnded);
    }

    /**
     * True if there is another document. Blocks where that must be fetched.
     *
     * @throws dev.cenote.protocols.errors.OperationFailedException if fetching fails; the cursor is closed then
     * @throws dev.cenote.protocols.errors.LeaseClosedException if it must fetch, and the lease has ended
     * @throws IllegalStateException if the cursor was closed
     */
    @Override
    public boolean hasNext() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
        while (!batch.hasNext() && !ended) {
            fetch();
        }
        return batch.hasNext();
    }

    /**
     * The next document.
     *
     * @throws NoSuchElementException if there is none; else as {@link #hasNext}
     */
    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the cursor is exhausted");
        }
        return batch.next();
    }

    private void fetch() {
        try {
            batch = runner.execute(open.more()).iterator();
        } catch (Throwable failure) {
            close();
            throw failure;
        }
        endIfExhausted();
    }

    private void endIfExhausted() {
        if (open.isClosed()) {
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            whenEnded.run();
        }
    }

    /** Closes the cursor, which may take a round trip to the server. Harmless when repeated. Does not throw. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        batch = Collections.emptyIterator();
        try {
            if (!open.isClosed()) {
                runner.execute(open.ending());
            }
        } catch (CenoteException ignored) {
            // The lease has ended, and the cursor with it; or it is broken, and the server forgets the cursor by
            // itself.
        } finally {
            end();
        }
    }
}
