package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One attempt to open a connection. Used under the pool's lock, but for what never changes. */
final class ConnectAttempt<C extends Connection> {
    final long id;
    final long generation;
    final long startedNanos;
    final long giveUpNanos;

    /** The place for its connection; null once it was taken for another attempt or the attempt was given up. */
    @Nullable
    Slot<C> slot;

    /** What looks whether it hangs. */
    @Nullable
    Future<?> patience;

    /** A connection that this one is to replace, with its id. */
    @Nullable
    Slot<C> expiring;

    long expiringId;

    /** True once it has ended, whichever way, or was given up. */
    boolean over;

    /** True once its connection has been put into the pool. */
    boolean serves;

    /** The thread that is within the connector, under the monitor of this. */
    private @Nullable Thread opener;

    private boolean interrupted;

    ConnectAttempt(long id, long generation, long startedNanos, long giveUpNanos) {
        this.id = id;
        this.generation = generation;
        this.startedNanos = startedNanos;
        this.giveUpNanos = giveUpNanos;
    }

    /** This thread enters the connector. */
    synchronized void enter() {
        opener = Thread.currentThread();
    }

    /** This thread has left the connector; an interrupt that was meant for that is taken back. */
    synchronized void leave() {
        opener = null;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    /** Frees a thread that hangs in the connector, if it heeds interrupts. */
    synchronized void interrupt() {
        if (opener != null) {
            interrupted = true;
            opener.interrupt();
        }
    }
}
