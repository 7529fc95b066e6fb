package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The waiters in order of arrival, and the gate: one word that is zero when an acquire or a release may take the fast
 * path, because nobody waits and the pool is in its ordinary state.
 *
 * <p>All but {@link #gate()} is called under the pool's lock. A waiter is queued, which raises the gate, before it looks
 * for an idle slot; a release makes its slot idle before it looks at the gate. Both are volatile, so that at least one of
 * them sees the other: no wake-up is lost.
 */
final class WaitQueue<C extends Connection> {
    /** The pool is paused. */
    static final int PAUSED = 1 << 24;
    /** The pool is closed. */
    static final int CLOSED = 1 << 25;
    /** The pool takes no new callers, and waits for its leases to end. */
    static final int DRAINING = 1 << 26;
    /** More connections are open than a new, lower maxSize allows. */
    static final int SURPLUS = 1 << 27;

    private static final int COUNT = PAUSED - 1;

    private volatile int gate;
    private @Nullable Waiter<C> head;
    private @Nullable Waiter<C> tail;

    /** Zero if nothing bars the fast path. */
    int gate() {
        return gate;
    }

    boolean is(int flag) {
        return (gate & flag) != 0;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written under the lock only
    void set(int flag, boolean on) {
        gate = on ? gate | flag : gate & ~flag;
    }

    int size() {
        return gate & COUNT;
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
        gate++;
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
        gate--;
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

    /** Those whose deadline has passed, still queued. */
    List<Waiter<C>> expired() {
        var expired = new ArrayList<Waiter<C>>();
        for (Waiter<C> waiter = head; waiter != null; waiter = waiter.next) {
            if (waiter.deadline.isExpired()) {
                expired.add(waiter);
            }
        }
        return expired;
    }
}
