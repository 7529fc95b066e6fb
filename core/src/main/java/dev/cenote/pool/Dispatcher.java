package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.errors.QueueFullException;
import dev.cenote.protocols.events.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The slow path: brings together what is free and who waits, under the pool's one lock. What blocks, and what belongs to
 * a user or a driver, is collected while the lock is held and run after it was let go.
 */
final class Dispatcher<C extends Connection> {
    /** How often a waiter may be woken in vain before the next connection is kept for it. */
    private static final int MOST_LOSSES = 3;

    /** The alarm does not ring more often, however close the deadlines lie. */
    private static final long ALARM_NANOS = 1_000_000;

    private final PoolCore<C> core;
    private final WaitQueue<C> queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Usage usage = new Usage();
    private final @Nullable Shedding shedding;
    private boolean alarmSet;
    private long alarmNanos;

    Dispatcher(PoolCore<C> core) {
        this.core = core;
        this.queue = core.queue;
        this.shedding = Shedding.of(core.options.queueTarget(), core.options.queueInterval());
    }

    /** Runs {@code body} under the lock, then, without it, what the body asked to be run after. */
    void locked(Consumer<List<Runnable>> body) {
        var after = new ArrayList<Runnable>(4);
        lock.lock();
        try {
            body.accept(after);
        } finally {
            lock.unlock();
            runAll(after);
        }
    }

    /** Runs all of them, the rest also when one throws: each is somebody's connection or wake-up. */
    private static void runAll(List<Runnable> actions) {
        RuntimeException first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException thrown) {
                first = first == null ? thrown : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    // ---- connections that come free

    /** A release has made its slot idle and then found the exit barred. */
    void afterRelease() {
        locked(this::dispatch);
    }

    /** Takes note of how long a measured use took. Under the lock. */
    void used(long nanos) {
        queue.setOrdered(usage.record(nanos));
    }

    /**
     * Finds the next use for a connection that is the caller's and clean. Under the lock.
     *
     * @param proven false if it must be validated before it is given out
     */
    void offer(Slot<C> slot, boolean proven, List<Runnable> after) {
        changed.signalAll();
        CloseReason reason = reasonToClose(slot);
        if (reason != null) {
            core.care.condemn(slot, reason, after);
        } else if (!proven) {
            slot.setState(SlotState.UNPROVEN);
            dispatch(after);
        } else {
            serve(slot, after);
        }
    }

    private @Nullable CloseReason reasonToClose(Slot<C> slot) {
        if (queue.is(WaitQueue.CLOSED)) {
            return CloseReason.POOL_CLOSED;
        } else if (queue.is(WaitQueue.SURPLUS) && core.supply.isSurplus()) {
            return CloseReason.RESIZED;
        }
        return slot.open().generation == core.generation ? null : CloseReason.STALE;
    }

    private void serve(Slot<C> slot, List<Runnable> after) {
        Waiter<C> first = queue.first();
        if (first == null || mayBePassed(first) || !handOver(slot, after)) {
            slot.setState(SlotState.IDLE);
        }
        if (first != null && mayBePassed(first)) {
            wakeToCompete(first, after);
        }
    }

    private boolean mayBePassed(Waiter<C> waiter) {
        return !queue.isOrdered() && waiter.canCompete() && waiter.losses < MOST_LOSSES;
    }

    private void wakeToCompete(Waiter<C> waiter, List<Runnable> after) {
        if (queue.competing() == null) {
            waiter.awake = true;
            queue.setCompeting(waiter);
            after.add(waiter::wake);
        }
    }

    /** Gives the slot to whoever waits longest and is still there; false if nobody is. */
    private boolean handOver(Slot<C> slot, List<Runnable> after) {
        long before = slot.word();
        slot.leasedNanos = core.coarseNanos;
        slot.set(SlotState.nextLease(before) | SlotState.TIMED);
        for (Waiter<C> waiter = poll(after); waiter != null; waiter = poll(after)) {
            if (waiter.give(slot)) {
                after.add(waiter::wake);
                return true;
            }
        }
        slot.set(before);
        return false;
    }

    /** The waiter to be served, those before it turned away that have waited for too long; never the last one. */
    private @Nullable Waiter<C> poll(List<Runnable> after) {
        Waiter<C> waiter = queue.poll();
        if (shedding == null) {
            return waiter;
        }
        long now = core.clock.nanoTime();
        while (waiter != null && shedding.sheds(now - waiter.startedNanos, now) && queue.size() > 0) {
            shed(waiter, after);
            waiter = queue.poll();
        }
        if (queue.size() == 0) {
            shedding.queueIsEmpty();
        }
        return waiter;
    }

    private void shed(Waiter<C> waiter, List<Runnable> after) {
        if (waiter.fail(() -> core.diagnosis.shed(waiter))) {
            core.counters.shed.increment();
            after.add(waiter::wake);
        }
    }

    /**
     * Brings together what is idle and who waits, and sees to it that something comes for the rest: an idle connection
     * to be validated, or a new one. Under the lock.
     */
    void dispatch(List<Runnable> after) {
        if (queue.is(WaitQueue.CLOSED | WaitQueue.SURPLUS)) {
            sweep(after);
        }
        if (queue.is(WaitQueue.DRAINING)) {
            changed.signalAll();
        }
        serveIdle(after);
        for (Slot<C> slot : core.slots) {
            if (!core.supply.isShort()) {
                break;
            }
            if (slot.moveState(SlotState.UNPROVEN, SlotState.VALIDATING)) {
                after.add(core.care.validate(slot));
            }
        }
        core.supply.plan(after);
    }

    private void serveIdle(List<Runnable> after) {
        for (Slot<C> slot : core.slots) {
            Waiter<C> first = queue.first();
            if (first == null) {
                return;
            }
            if (slot.state() == SlotState.IDLE && mayBePassed(first)) {
                wakeToCompete(first, after);
                return;
            }
            if (slot.moveState(SlotState.IDLE, SlotState.RETURNING)) {
                offer(slot, true, after);
            }
        }
    }

    /** Closes the idle connections that a closed or smaller pool must not have. */
    private void sweep(List<Runnable> after) {
        boolean closed = queue.is(WaitQueue.CLOSED);
        for (Slot<C> slot : core.slots) {
            if ((closed || core.supply.isSurplus()) && slot.moveIdle(SlotState.CLOSING)) {
                core.care.condemn(slot, closed ? CloseReason.POOL_CLOSED : CloseReason.RESIZED, after);
            }
        }
    }

    // ---- those who wait

    /**
     * Queues a waiter.
     *
     * @throws PoolException if the pool does not serve, or too many wait already
     */
    void enqueue(Waiter<C> waiter) {
        locked(after -> {
            refuseUnlessReady();
            queue.add(waiter);
            dispatch(after);
            if (queue.size() > core.options.maxWaiters()) { // somebody waits behind all connections
                queue.remove(waiter);
                if (waiter.leave()) {
                    core.counters.refused.increment();
                    throw new QueueFullException(core.options.name(), core.options.maxWaiters());
                }
            }
            if (waiter.queued && !waiter.watchesDeadline() && waiter.deadline.isLimited()) {
                setAlarm(waiter.deadline.remainingNanos());
            }
        });
    }

    void refuseUnlessReady() {
        if (queue.is(WaitQueue.CLOSED)) {
            throw new PoolClosedException(core.options.name(), "is closed");
        }
        if (queue.is(WaitQueue.DRAINING)) {
            throw new PoolClosedException(core.options.name(), "is draining, it will be closed");
        }
        if (queue.is(WaitQueue.PAUSED)) {
            throw new PoolPausedException(core.options.name(), "is paused");
        }
    }

    /** Looks for an idle connection for a waiter that was woken to; null if others were quicker. */
    @Nullable
    LeaseHandle<C> compete(Waiter<C> waiter) {
        var won = new ArrayList<LeaseHandle<C>>(1);
        locked(after -> {
            waiter.awake = false;
            if (queue.competing() == waiter) {
                // Before the look: a release after it will see that nobody competes, and wake somebody.
                queue.setCompeting(null);
            }
            LeaseHandle<C> lease = waiter.isWaiting() ? core.search(SlotState.TIMED) : null;
            if (lease == null) {
                waiter.losses++;
            } else {
                waiter.leave();
                queue.remove(waiter);
                won.add(lease);
            }
            serveIdle(after); // several may have come free while only one was woken
        });
        return won.isEmpty() ? null : won.get(0);
    }

    /** Forgets a waiter that has left. */
    void forget(Waiter<C> waiter) {
        locked(after -> {
            queue.remove(waiter);
            changed.signalAll();
            serveIdle(after); // it may have been the one that was woken
        });
    }

    /** Fails all who wait. Under the lock. */
    void failWaiters(Supplier<? extends RuntimeException> failure, List<Runnable> after) {
        for (Waiter<C> waiter : queue.pollAll()) {
            if (waiter.fail(failure)) {
                after.add(waiter::wake);
            }
        }
    }

    private void setAlarm(long nanos) {
        long delay = Math.max(nanos, ALARM_NANOS);
        long at = core.clock.nanoTime() + delay;
        if (!alarmSet || at - alarmNanos < 0) {
            alarmSet = true;
            alarmNanos = at;
            core.threads.schedule(() -> ring(at), delay);
        }
    }

    private void ring(long at) {
        locked(after -> {
            if (alarmSet && alarmNanos == at) {
                alarmSet = false;
                wakeExpired(after);
            }
        });
    }

    /** Wakes those whose deadline has passed, and sets the alarm for the next. Under the lock. */
    void wakeExpired(List<Runnable> after) {
        long next = Long.MAX_VALUE;
        for (Waiter<C> waiter = queue.first(); waiter != null; waiter = waiter.next) {
            long left = waiter.deadline.remainingNanos();
            if (left <= 0) {
                after.add(waiter::wake);
            } else if (!waiter.watchesDeadline() && left < next) {
                next = left;
            }
        }
        if (next < Long.MAX_VALUE) {
            setAlarm(next);
        }
    }

    /** Turns away who has waited for too long where nothing comes free at all. Under the lock. */
    void shedStanding(List<Runnable> after) {
        if (shedding == null || queue.size() == 0) {
            return;
        }
        long now = core.clock.nanoTime();
        for (Waiter<C> waiter = queue.first();
                waiter != null && queue.size() > 1 && shedding.sheds(now - waiter.startedNanos, now);
                waiter = queue.first()) {
            queue.remove(waiter);
            shed(waiter, after);
        }
    }

    // ---- awaiting a state of the pool

    /** Waits until nobody holds or awaits a connection, or until the deadline; true if so. */
    boolean awaitDrained(Deadline deadline) throws InterruptedException {
        return await(() -> queue.size() == 0 && !core.supply.isAnyHeld(), deadline);
    }

    /** Waits until no connection is being closed, until the deadline, or until interrupted. */
    void awaitIdleClosed(Deadline deadline) {
        try {
            await(() -> !core.supply.isAnyClosing(), deadline);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean await(BooleanSupplier condition, Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (deadline.isExpired()) {
                    return false;
                }
                // Woken at least twice a second, so that an injected clock is looked at.
                changed.awaitNanos(Math.min(deadline.remainingNanos(), 500_000_000L));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whoever awaits a state to look. Under the lock. */
    void signalChanged() {
        changed.signalAll();
    }
}
