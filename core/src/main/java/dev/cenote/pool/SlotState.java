package dev.cenote.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The state word of a slot, alone on its cache lines. Whoever moves the word out of a resting state ({@link #EMPTY},
 * {@link #IDLE}) owns the slot until it moves it back, and may write the slot's other fields meanwhile: the word
 * publishes them.
 *
 * <pre>
 * from        to          by
 * EMPTY       CONNECTING  the supply, under the pool's lock
 * CONNECTING  LEASED      the connect attempt, for a waiter
 * CONNECTING  IDLE        the connect attempt, when nobody waits
 * CONNECTING  EMPTY       the connect attempt that failed, or the keeper that gave it up
 * IDLE        LEASED      an acquire (on the fast path without the lock)
 * IDLE        VALIDATING  an acquire that found it unused for long, or the keeper (keepalive)
 * IDLE        CLOSING     the keeper, clear, resize, close
 * LEASED      IDLE        a release when nobody waits
 * LEASED      LEASED      a release that hands it to a waiter
 * LEASED      CLOSING     a release of a connection that must not be used again
 * VALIDATING  as LEASED
 * CLOSING     EMPTY       the worker that closed the connection, or the keeper that gave it up
 * </pre>
 */
abstract class SlotState extends PaddingBefore {
    static final int EMPTY = 0;
    static final int CONNECTING = 1;
    static final int IDLE = 2;
    static final int LEASED = 3;
    static final int VALIDATING = 4;
    static final int CLOSING = 5;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(SlotState.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile int state;

    final int state() {
        return state;
    }

    /** Moves the word. Looks first: a compare-and-set that fails still takes the line from its owner. */
    final boolean move(int from, int to) {
        return state == from && STATE.compareAndSet(this, from, to);
    }

    /** Moves the word for the slot's owner; a full fence, so that the owner's next look at the gate comes after it. */
    final void moveTo(int to) {
        state = to;
    }
}
