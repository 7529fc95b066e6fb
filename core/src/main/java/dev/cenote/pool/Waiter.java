package dev.cenote.pool;

import dev.cenote.pool.jfr.AcquireEvent;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A caller queued in acquire. One word holds its outcome, so that a hand-off, a failure, a time-out, an interrupt and a
 * cancel cannot both win: whoever moves it from waiting decides.
 */
abstract class Waiter<C extends Connection> {
    private static final Object GONE = new Object();
    private static final VarHandle OUTCOME;

    static {
        try {
            OUTCOME = MethodHandles.lookup().findVarHandle(Waiter.class, "outcome", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Null while waiting; else the slot given, what makes the failure, or {@link #GONE}. */
    private volatile @Nullable Object outcome;

    final Thread thread;
    final long startedNanos;

    /** When it gives up. */
    final Deadline deadline;

    /** Links of the queue, under the pool's lock. */
    @Nullable
    Waiter<C> previous;

    @Nullable
    Waiter<C> next;

    boolean queued;

    /** True once it was woken to look for an idle connection, beside newcomers; until it looks. */
    volatile boolean awake;

    /** True if it asks on behalf of the pool itself, and so may wait while others may not. */
    boolean isProbe;

    /** How often it was woken so in vain; under the pool's lock. */
    int losses;

    /** For the flight recorder, while it wants to know of waits. */
    final @Nullable AcquireEvent flight = AcquireEvent.begun();

    Waiter(Thread thread, long startedNanos, Deadline deadline) {
        this.thread = thread;
        this.startedNanos = startedNanos;
        this.deadline = deadline;
    }

    /** Gives it the slot. False if it has an outcome already: then the slot is the giver's still. */
    final boolean give(Slot<C> slot) {
        return OUTCOME.compareAndSet(this, null, slot);
    }

    /**
     * Ends its wait with a failure, which it makes itself, so that the stack is its own. False if it has an outcome
     * already.
     */
    final boolean fail(Supplier<? extends RuntimeException> failure) {
        return OUTCOME.compareAndSet(this, null, failure);
    }

    /** Leaves. False if it has an outcome already, which it must then take. */
    final boolean leave() {
        return OUTCOME.compareAndSet(this, null, GONE);
    }

    final boolean isWaiting() {
        return outcome == null;
    }

    /** True once it has left, and so has no outcome to take. */
    final boolean hasLeft() {
        return outcome == GONE;
    }

    /** The slot given, or null if there is none (yet). */
    @SuppressWarnings("unchecked")
    final @Nullable Slot<C> slot() {
        return outcome instanceof Slot ? (Slot<C>) outcome : null;
    }

    /** The failure; only asked for when there is an outcome and no slot. */
    final RuntimeException failure() {
        return outcome instanceof Supplier<?> failure
                ? (RuntimeException) failure.get()
                : new IllegalStateException("waiter has no outcome");
    }

    /** True if it has a thread of its own that can look for an idle connection when woken. */
    abstract boolean canCompete();

    /** True if it watches its deadline itself; else the dispatcher's alarm wakes it. */
    abstract boolean watchesDeadline();

    /** Tells it that it has an outcome, or should look at its deadline. Called outside the pool's lock. */
    abstract void wake();
}
