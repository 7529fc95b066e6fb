package dev.cenote.dashboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one who watches. It holds so many messages; when more come, the oldest go, and the watcher is told
 * how many it missed. One that takes nothing for {@value #STUCK_SECONDS} s is left.
 */
final class Stream {
    private static final int MOST_MESSAGES = 24;
    private static final int STUCK_SECONDS = 15;

    private final LongSupplier nanoTime;
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private long missed;
    private boolean ended;
    private @Nullable Thread writer;
    /** When the write began that is under way; 0 is a time like any other, so that a flag says whether one is. */
    private long writingSinceNanos;

    private boolean writing;

    Stream(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void offer(byte[] message) {
        if (messages.size() == MOST_MESSAGES) {
            messages.removeFirst();
            missed++;
        }
        messages.addLast(message);
        notifyAll();
    }

    /** Writes what comes until the stream ends or its reader has gone; on this thread. */
    void write(OutputStream out) throws IOException {
        synchronized (this) {
            writer = Thread.currentThread();
        }
        try {
            for (byte[] next = next(); next.length > 0; next = next()) {
                out.write(next);
                out.flush();
            }
        } catch (InterruptedException ending) {
            // The thread ends its work here, and its executor clears the flag.
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                writer = null;
                writing = false;
            }
        }
    }

    /** The next message; an empty one at the end. */
    private synchronized byte[] next() throws InterruptedException {
        writing = false;
        while (messages.isEmpty() && !ended) {
            wait();
        }
        if (ended) {
            return new byte[0];
        }
        writing = true;
        writingSinceNanos = nanoTime.getAsLong();
        if (missed > 0) {
            byte[] told = ("event: missed\ndata: {\"messages\":" + missed + "}\n\n").getBytes(StandardCharsets.UTF_8);
            missed = 0;
            return told;
        }
        return messages.removeFirst();
    }

    /** Ends it if a write has hung for long: an interrupt closes the channel on which the writer is blocked. */
    synchronized void endIfStuck() {
        if (writing && nanoTime.getAsLong() - writingSinceNanos > STUCK_SECONDS * 1_000_000_000L) {
            end();
        }
    }

    synchronized void end() {
        ended = true;
        notifyAll();
        if (writing && writer != null) {
            writer.interrupt();
        }
    }
}
