package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Operation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The place in the pool that holds one connection. Its fields belong to whoever owns the slot (see {@link SlotState});
 * reports read them without owning it, and so may see the next holder's beside the last one's.
 */
final class Slot<C extends Connection> extends PaddingAfter {
    private static final VarHandle TASK;

    static {
        try {
            TASK = MethodHandles.lookup().findVarHandle(Slot.class, "task", Task.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    final PoolCore<C> core;

    /** The connection; null while the slot is empty or connecting. */
    volatile @Nullable Member<C> member;

    /** Times by the coarse clock: of the lease's begin, of the last return, of the last sign of life. */
    long leasedNanos;

    long lastUsedNanos;
    long lastAliveNanos;

    /** By the precise clock: when a measured use began. */
    long measuredFromNanos;

    /** Who holds it. A lease of the same thread finds it there: written only when it changes. */
    @Nullable
    Thread holder;

    /** Where it was acquired, for the turn {@link #siteTurn}. */
    @Nullable
    StackTraceElement @Nullable [] site;

    long siteTurn;

    /** The turn that was last given to a future, and so is no thread's own; a report may see it late. */
    long futureTurn;

    /** The turn in which the driver's own object was last asked for. */
    volatile long unwrappedTurn;

    /** What ran on it last, in the turn {@link #operationTurn}. */
    volatile @Nullable Operation<?, ?> lastOperation;

    volatile long operationTurn;

    /** What runs on it, while the state says so. */
    volatile @Nullable Execution<C> execution;

    /** The transaction that was begun last, by whichever lease. */
    @Nullable
    LeaseTransaction<C> transaction;

    /** The uses that the connection told of when the keeper looked last, and when that changed; the keeper's. */
    long usesSeen;

    volatile long usesChangedNanos;

    /** The turns that were last reported as a leak and as slow use; the keeper's. */
    long leakTurn;

    long slowTurn;

    /** True once a replacement was asked for; under the pool's lock. */
    boolean replacing;

    /** What is being done on it in the background, so that the keeper can give that up. */
    volatile @Nullable Task task;

    Slot(PoolCore<C> core) {
        this.core = core;
    }

    /**
     * Something that may hang: validating, resetting or closing. An attempt that finds its task taken off the slot must
     * touch nothing. Told apart by identity.
     */
    static final class Task {
        final Kind kind;
        final long begunNanos;
        final long giveUpNanos;

        Task(Kind kind, long begunNanos, long giveUpNanos) {
            this.kind = kind;
            this.begunNanos = begunNanos;
            this.giveUpNanos = giveUpNanos;
        }
    }

    /** What a task does. */
    enum Kind {
        VALIDATE,
        RESET,
        CLOSE
    }

    /**
     * Takes the task off the slot; false if somebody else has. Whoever takes it off decides what becomes of the slot: the
     * worker that has done it, or the keeper that gives it up. So nothing is aborted that has been handed on already.
     */
    boolean claim(Task done) {
        return TASK.compareAndSet(this, done, null);
    }

    /** The connection, for the slot's owner. */
    Member<C> open() {
        Member<C> current = member;
        if (current == null) {
            throw new IllegalStateException("slot holds no connection");
        }
        return current;
    }
}
