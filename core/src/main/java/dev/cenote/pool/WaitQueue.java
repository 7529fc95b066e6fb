package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The waiters in order of arrival, what state the pool is in, and the gates that follow from both.
 *
 * <p>Written under the pool's lock. A waiter is queued, which closes the exit, before it looks for an idle slot; a release
 * makes its slot idle before it looks at the exit. Both are volatile, so that at least one of them sees the other: no
 * wake-up is lost.
 *
 * <p>While waiters are served in order, they close the entrance too, and a newcomer queues behind them. While passing is
 * allowed (see {@link Usage}), the entrance stays open, and so does the exit as long as a waiter that was woken to compete
 * has not looked yet: one is enough.
 */
final class WaitQueue<C extends Connection> {
    /** The pool is paused. */
    static final int PAUSED = 1;
    /** The pool is closed. */
    static final int CLOSED = 1 << 1;
    /** The pool takes no new callers, and waits for its leases to end. */
    static final int DRAINING = 1 << 2;
    /** More connections are open than a new, lower maxSize allows. */
    static final int SURPLUS = 1 << 3;
    /** Somebody wants to be told of each acquire and release, or has a say in them. */
    static final int WATCHED = 1 << 4;

    private static final int WAITERS = 1 << 5;

    /** What bars the way even to the slower path without the lock. */
    static final int REFUSING = PAUSED | CLOSED | DRAINING | WAITERS;

    final Gates gates = new Gates();

    private volatile int flags;
    private volatile int size;
    private boolean ordered = true;
    private @Nullable Waiter<C> competing;
    private @Nullable Waiter<C> head;
    private @Nullable Waiter<C> tail;

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written under the lock only
    void set(int flag, boolean on) {
        flags = on ? flags | flag : flags & ~flag;
        updateGates();
    }

    int size() {
        return size;
    }

    /** True if newcomers queue behind whoever waits. */
    boolean isOrdered() {
        return ordered;
    }

    void setOrdered(boolean ordered) {
        if (this.ordered != ordered) {
            this.ordered = ordered;
            updateGates();
        }
    }

    private void updateGates() {
        int now = flags;
        boolean anybody = size > 0;
        int entrance = now & (PAUSED | CLOSED | DRAINING | WATCHED) | (anybody && ordered ? WAITERS : 0);
        int exit = now & (CLOSED | DRAINING | SURPLUS | WATCHED)
                | (anybody && (ordered || competing == null) ? WAITERS : 0);
        if (gates.entrance != entrance) {
            gates.entrance = entrance;
        }
        if (gates.exit != exit) {
            gates.exit = exit;
        }
    }

    /** The one that waits longest, if anybody does. */
    @Nullable
    Waiter<C> first() {
        return head;
    }

    /** The one that was woken to compete and has not looked yet, if there is one. */
    @Nullable
    Waiter<C> competing() {
        return competing;
    }

    void setCompeting(@Nullable Waiter<C> waiter) {
        competing = waiter;
        updateGates();
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written under the lock only
    void add(Waiter<C> waiter) {
        waiter.previous = tail;
        if (tail == null) {
            head = waiter;
        } else {
            tail.next = waiter;
        }
        tail = waiter;
        waiter.queued = true;
        size++;
        updateGates();
    }

    /** Takes it out, if it is still in. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written under the lock only
    void remove(Waiter<C> waiter) {
        if (!waiter.queued) {
            return;
        }
        Waiter<C> before = waiter.previous;
        Waiter<C> after = waiter.next;
        if (before == null) {
            head = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.previous = before;
        }
        waiter.previous = null;
        waiter.next = null;
        waiter.queued = false;
        size--;
        if (competing == waiter) {
            competing = null;
        }
        updateGates();
    }

    /** Takes out the one that has waited longest. */
    @Nullable
    Waiter<C> poll() {
        Waiter<C> first = head;
        if (first != null) {
            remove(first);
        }
        return first;
    }

    /** Takes out all, longest first. */
    List<Waiter<C>> pollAll() {
        var all = new ArrayList<Waiter<C>>();
        for (Waiter<C> waiter = poll(); waiter != null; waiter = poll()) {
            all.add(waiter);
        }
        return all;
    }

    /** At most so many of them, longest first; they stay queued. */
    List<Waiter<C>> first(int most) {
        var some = new ArrayList<Waiter<C>>(Math.min(most, size));
        for (Waiter<C> waiter = head; waiter != null && some.size() < most; waiter = waiter.next) {
            some.add(waiter);
        }
        return some;
    }

    /** All of them, longest first; they stay queued. */
    List<Waiter<C>> all() {
        var all = new ArrayList<Waiter<C>>();
        for (Waiter<C> waiter = head; waiter != null; waiter = waiter.next) {
            all.add(waiter);
        }
        return all;
    }
}
