package dev.cenote.pool;

import dev.cenote.protocols.events.CloseReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The state word of a slot, alone on its cache lines: a state, why the connection must go if it must, some marks, and the
 * number of the turn. Each lease is a turn, so that a lease that has ended can never be taken for the next one: all that
 * a holder may do begins with a compare-and-set that names its turn.
 *
 * <p>Whoever moves the word out of a resting state (EMPTY, IDLE, UNPROVEN) owns the slot until it moves it back, and may
 * write the slot's other fields meanwhile: the word publishes them.
 *
 * <pre>
 * from        to          by
 * EMPTY       CONNECTING  the supply, under the pool's lock
 * CONNECTING  RETURNING   the connect attempt that succeeded
 * CONNECTING  EMPTY       the connect attempt that failed, or whoever gave it up
 * IDLE        LEASED      an acquire (on the fast path without the lock); a turn begins
 * IDLE        RETURNING   the dispatcher, for a waiter
 * IDLE        UNPROVEN    the keeper, after validateAfterIdle
 * IDLE        VALIDATING  the keeper (keepalive)
 * IDLE        CLOSING     the keeper, clear, resize, close
 * UNPROVEN    VALIDATING  the dispatcher, for a waiter; the keeper (keepalive)
 * UNPROVEN    LEASED      a tryAcquire
 * UNPROVEN    CLOSING     as IDLE
 * LEASED      RUNNING     an operation begins
 * RUNNING     LEASED      it ends
 * RUNNING     ENDED       the lease ends first: the operation gives the slot back
 * LEASED      IDLE        a release on the fast path
 * LEASED      RETURNING   any other release; ENDED likewise
 * RETURNING   LEASED      handed to a waiter; a turn begins
 * RETURNING   IDLE        nobody waits; UNPROVEN after a long silence
 * RETURNING   CLOSING     it must not be used again
 * VALIDATING  RETURNING   it gave a sign of life
 * VALIDATING  CLOSING     it gave none
 * CLOSING     EMPTY       the worker that closed the connection, or whoever gave that up
 * </pre>
 */
abstract class SlotState extends PaddingBefore {
    static final int EMPTY = 0;
    static final int CONNECTING = 1;
    static final int IDLE = 2;
    /** Idle, but for so long that it must be validated before it is given out. */
    static final int UNPROVEN = 3;

    static final int LEASED = 4;
    /** Leased, and an operation runs on it. */
    static final int RUNNING = 5;
    /** The lease has ended, but an operation still runs on its connection. */
    static final int ENDED = 6;
    /** Between the end of a lease and what becomes of its connection. */
    static final int RETURNING = 7;

    static final int VALIDATING = 8;
    static final int CLOSING = 9;

    private static final int STATE_MASK = 0xF;
    private static final int DOOM_SHIFT = 4;
    private static final int DOOM_MASK = 0xF << DOOM_SHIFT;
    /** The lease began with a hand-off, and its use is measured. */
    static final int TIMED = 1 << 8;
    /** The lease has been held for so long that its connection must be validated unless it was used lately. */
    static final int AGED = 1 << 9;

    /** The connection is known to be broken, whatever the reason for which it will be closed. */
    static final int BROKEN = 1 << 10;
    /** Nobody was told of this acquire, so that nobody is told of the release. */
    static final int UNTOLD = 1 << 11;

    /** The lease is one of the few whose use is measured though it did not have to wait. */
    static final int SAMPLED = 1 << 12;

    private static final int MARKS = DOOM_MASK | TIMED | AGED | BROKEN | UNTOLD | SAMPLED;
    private static final int TURN_SHIFT = 13;
    private static final long TURN = 1L << TURN_SHIFT;

    private static final CloseReason[] REASONS = CloseReason.values();
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(SlotState.class, "word", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile long word;

    // ---- reading a word

    static int state(long word) {
        return (int) word & STATE_MASK;
    }

    /** Number of the turn, which is the number of leases that the slot has given. */
    static long turn(long word) {
        return word >>> TURN_SHIFT;
    }

    /** Those bits of a word which are {@code bits} of its turn. */
    static long turns(long bits) {
        return bits << TURN_SHIFT;
    }

    /** Why the connection must be closed when its holder returns it, or null if it need not. */
    static @Nullable CloseReason doom(long word) {
        int doom = (int) word & DOOM_MASK;
        return doom == 0 ? null : REASONS[(doom >>> DOOM_SHIFT) - 1];
    }

    static boolean isDoomed(long word) {
        return (word & DOOM_MASK) != 0;
    }

    /** The word with a mark that its connection must be closed for that reason. */
    static long doomed(long word, CloseReason reason) {
        return (word & ~DOOM_MASK) | (long) (reason.ordinal() + 1) << DOOM_SHIFT;
    }

    /** True in the states in which a holder has it. */
    static boolean isHeld(long word) {
        int state = state(word);
        return state >= LEASED && state <= ENDED;
    }

    /** True in the states in which a connection is there and nobody uses it. */
    static boolean isIdle(long word) {
        int state = state(word);
        return state == IDLE || state == UNPROVEN;
    }

    static boolean isHeldOrIdle(long word) {
        return isHeld(word) || isIdle(word);
    }

    /** The same turn in another state, without its marks. */
    static long in(int state, long word) {
        return (word & ~(STATE_MASK | MARKS)) | state;
    }

    /** The lease that follows on {@code word}: the next turn. */
    static long nextLease(long word) {
        return in(LEASED, word) + TURN;
    }

    // ---- the word

    final long word() {
        return word;
    }

    final int state() {
        return state(word);
    }

    /** Moves the word. Looks first: a compare-and-set that fails still takes the line from its owner. */
    final boolean move(long from, long to) {
        return word == from && WORD.compareAndSet(this, from, to);
    }

    /** Moves the slot from one state to another, with its turn; false if it is in none such. */
    final boolean moveState(int from, int to) {
        long now = word;
        return state(now) == from && WORD.compareAndSet(this, now, in(to, now));
    }

    /** Takes the slot out of rest, idle or unproven, to another state; false if it does not rest so. */
    final boolean moveIdle(int to) {
        return moveState(IDLE, to) || moveState(UNPROVEN, to);
    }

    /** Moves the word for the slot's owner; a full fence, so that the owner's next look at the gates comes after it. */
    final void set(long to) {
        word = to;
    }

    /** As {@link #set}, to another state of the same turn. */
    final void setState(int to) {
        word = in(to, word);
    }

    /**
     * Moves the state of a lease that its holder still has, marks kept. False if the turn is over or in another state.
     *
     * @param lease a word of that turn
     */
    final boolean moveLease(long lease, int from, int to) {
        for (long now = word; turn(now) == turn(lease) && state(now) == from; now = word) {
            if (WORD.compareAndSet(this, now, now - from + to)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Marks the connection of a lease as one that must be closed on return. The first reason stays, but an error is told
     * before the end of a lifetime. False if that turn is over, and so nothing was marked.
     *
     * @param lease a word of that turn
     */
    final boolean doom(long lease, CloseReason reason) {
        for (long now = word; turn(now) == turn(lease) && isHeld(now); now = word) {
            boolean keeps = isDoomed(now) && !(reason == CloseReason.ERROR && doom(now) == CloseReason.EXPIRED);
            long marked = keeps ? now : doomed(now, reason);
            if (reason == CloseReason.ERROR) {
                marked |= BROKEN;
            }
            if (marked == now || WORD.compareAndSet(this, now, marked)) {
                return true;
            }
        }
        return false;
    }

    /** Puts a mark on a lease; does nothing once the turn is over. */
    final void mark(long lease, int mark) {
        for (long now = word; turn(now) == turn(lease) && isHeld(now) && (now & mark) == 0; now = word) {
            if (WORD.compareAndSet(this, now, now | mark)) {
                return;
            }
        }
    }
}
