package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.events.CloseReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The place in the pool that holds one connection. Its fields belong to whoever owns the slot; see {@link SlotState}. */
final class Slot<C extends Connection> extends PaddingAfter {
    private static final VarHandle LEASE;
    private static final VarHandle TASK;

    static {
        try {
            LEASE = MethodHandles.lookup().findVarHandle(Slot.class, "lease", LeaseHandle.class);
            TASK = MethodHandles.lookup().findVarHandle(Slot.class, "task", Task.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** The connection; volatile because the keeper may abort it while its owner is blocked in it. */
    volatile @Nullable C connection;

    long connectionId;
    long generation;

    /** Coarse times. */
    long lastUsedNanos;

    long lastAliveNanos;
    long replaceAtNanos;
    long expiresAtNanos;

    /** True once a replacement was asked for. */
    boolean replacing;

    /** Who holds it; read by reports. Written with release order: a full fence would cost every acquire. */
    @SuppressWarnings("unused") // by LEASE
    private @Nullable LeaseHandle<?> lease;

    /** Why it must be closed when its holder returns it; set by the holder and by the keeper. */
    volatile @Nullable CloseReason doom;

    /** What is being done on it in the background, so that the keeper can give that up. */
    volatile @Nullable Task task;

    /** Counters of the owner's: a shared one would cost a contended write for each acquire. */
    long acquired;

    long released;

    /**
     * Something that may hang: opening, validating, resetting or closing. An attempt that finds its task taken off the slot
     * must clean up after itself and touch nothing. Told apart by identity.
     */
    static final class Task {
        final Kind kind;
        final long startedNanos;
        final long giveUpNanos;

        Task(Kind kind, long startedNanos, long giveUpNanos) {
            this.kind = kind;
            this.startedNanos = startedNanos;
            this.giveUpNanos = giveUpNanos;
        }
    }

    /** What a task does. */
    enum Kind {
        CONNECT,
        VALIDATE,
        RESET,
        CLOSE
    }

    @Nullable
    LeaseHandle<?> lease() {
        return (LeaseHandle<?>) LEASE.getAcquire(this);
    }

    void lease(@Nullable LeaseHandle<?> holder) {
        LEASE.setRelease(this, holder);
    }

    /**
     * Takes the task off the slot; false if somebody else has. Whoever takes it off decides what becomes of the slot: the
     * worker that has done it, or the keeper that gives it up. So nothing is aborted that has been handed on already.
     */
    boolean claim(Task done) {
        return TASK.compareAndSet(this, done, null);
    }

    /** The connection, for the slot's owner. */
    C open() {
        C current = connection;
        if (current == null) {
            throw new IllegalStateException("slot holds no connection");
        }
        return current;
    }

    /** True if a holder, the keeper or an error has ended this connection's life. */
    boolean isDoomed() {
        return doom != null;
    }

    void doom(CloseReason reason) {
        if (doom == null) {
            doom = reason;
        }
    }
}
