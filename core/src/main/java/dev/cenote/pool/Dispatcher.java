package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.errors.QueueFullException;
import dev.cenote.protocols.events.CloseReason;
import java.util.ArrayList;
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

    /** Why nobody may wait, while a circuit is open. Under the lock. */
    private @Nullable Supplier<? extends RuntimeException> refusal;

    Dispatcher(PoolCore<C> core) {
        this.core = core;
        this.queue = core.queue;
        this.shedding = Shedding.of(core.options.queueTarget(), core.options.queueInterval());
    }

    /** Runs {@code body} under the lock, then, without it, what the body asked to be run after. */
    void locked(Consumer<After> body) {
        var after = new After();
        lock.lock();
        try {
            body.accept(after);
        } finally {
            lock.unlock();
            after.run();
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
    void offer(Slot<C> slot, boolean proven, After after) {
        changed.signalAll();
        CloseReason reason = reasonToClose(slot);
        if (reason != null) {
            core.care.condemn(slot, reason, after);
        } else if (!proven) {
            slot.setState(SlotState.UNPROVEN);
            core.anyUnproven = true;
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

    private void serve(Slot<C> slot, After after) {
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

    private void wakeToCompete(Waiter<C> waiter, After after) {
        if (queue.competing() == null) {
            waiter.awake = true;
            queue.setCompeting(waiter);
            after.wake(waiter);
        }
    }

    /** Gives the slot to whoever waits longest and is still there; false if nobody is. */
    private boolean handOver(Slot<C> slot, After after) {
        long before = slot.word();
        slot.leasedNanos = core.coarseNanos;
        slot.set(SlotState.nextLease(before) | SlotState.TIMED);
        for (Waiter<C> waiter = poll(after); waiter != null; waiter = poll(after)) {
            slot.holder = waiter.thread; // before it has woken up, it is the holder for reports
            slot.futureTurn = waiter.canCompete() ? 0 : SlotState.turn(slot.word());
            if (waiter.give(slot)) {
                after.wake(waiter);
                return true;
            }
        }
        return !takeBack(slot, before, after);
    }

    /** Takes a turn back that nobody got; false if its connection was marked meanwhile, and is closed. */
    private boolean takeBack(Slot<C> slot, long before, After after) {
        for (long word = slot.word(); ; word = slot.word()) {
            CloseReason doom = SlotState.doom(word);
            if (doom != null) {
                core.care.condemn(slot, doom, after);
                return false;
            }
            if (slot.move(word, before)) {
                return true;
            }
        }
    }

    /** The waiter to be served, those before it turned away that have waited for too long; never the last one. */
    private @Nullable Waiter<C> poll(After after) {
        Waiter<C> waiter = queue.poll();
        if (shedding == null) {
            return waiter;
        }
        long now = core.clock.nanoTime();
        while (waiter != null
                && shedding.sheds(now - waiter.startedNanos, now)
                && queue.size() > 0
                && !core.supply.isAnyIdle()) {
            shed(waiter, after);
            waiter = queue.poll();
        }
        if (queue.size() == 0) {
            shedding.queueIsEmpty();
        }
        return waiter;
    }

    private void shed(Waiter<C> waiter, After after) {
        if (waiter.fail(() -> core.diagnosis.shed(waiter))) {
            core.counters.shed.increment();
            after.wake(waiter);
        }
    }

    /**
     * Brings together what is idle and who waits, and sees to it that something comes for the rest: an idle connection
     * to be validated, or a new one. Under the lock.
     */
    void dispatch(After after) {
        if (queue.is(WaitQueue.CLOSED | WaitQueue.SURPLUS)) {
            sweep(after);
        }
        if (queue.is(WaitQueue.DRAINING)) {
            changed.signalAll();
        }
        serveIdle(after);
        supplyMore(after);
    }

    /** Sees to it that something comes for those for whom nothing is under way. */
    private void supplyMore(After after) {
        if (core.anyUnproven && core.supply.mayValidate()) {
            core.anyUnproven = false; // set again below, or by the keeper
            for (Slot<C> slot : core.slots) {
                if (slot.state() == SlotState.UNPROVEN) {
                    if (!core.supply.mayValidate()) {
                        core.anyUnproven = true;
                        break;
                    }
                    if (slot.moveState(SlotState.UNPROVEN, SlotState.VALIDATING)) {
                        after.add(core.care.validate(slot));
                    }
                }
            }
        }
        core.supply.plan(after);
    }

    private void serveIdle(After after) {
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
    private void sweep(After after) {
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
            if (refusal != null && !waiter.isProbe) {
                throw refusal.get();
            }
            boolean behindOthers = queue.size() > 0 && queue.isOrdered();
            queue.add(waiter);
            if (behindOthers) {
                // Nothing is idle: the gates have been closed since the first of them came, and have been looked
                // behind.
                supplyMore(after);
            } else {
                dispatch(after);
            }
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
    void failWaiters(Supplier<? extends RuntimeException> failure, After after) {
        for (Waiter<C> waiter : queue.pollAll()) {
            if (waiter.fail(failure)) {
                after.wake(waiter);
            }
        }
    }

    /**
     * Fails all who wait and lets nobody wait any more, until {@link #resume}; what is idle must prove itself before it is
     * given out again.
     */
    void suspend(Supplier<? extends RuntimeException> why) {
        locked(after -> {
            refusal = why;
            for (Slot<C> slot : core.slots) {
                if (slot.moveState(SlotState.IDLE, SlotState.UNPROVEN)) {
                    core.anyUnproven = true;
                }
            }
            failWaiters(why, after);
        });
    }

    void resume() {
        locked(after -> refusal = null);
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
    void wakeExpired(After after) {
        long next = Long.MAX_VALUE;
        for (Waiter<C> waiter = queue.first(); waiter != null; waiter = waiter.next) {
            long left = waiter.deadline.remainingNanos();
            if (left <= 0) {
                after.wake(waiter);
            } else if (!waiter.watchesDeadline() && left < next) {
                next = left;
            }
        }
        if (next < Long.MAX_VALUE) {
            setAlarm(next);
        }
    }

    /** Turns away who has waited for too long where nothing comes free at all. Under the lock. */
    void shedStanding(After after) {
        if (shedding == null) {
            return;
        }
        if (queue.size() == 0) {
            shedding.queueIsEmpty(); // it may have emptied by time-outs
            return;
        }
        long now = core.clock.nanoTime();
        for (Waiter<C> waiter = queue.first();
                waiter != null
                        && queue.size() > 1
                        && shedding.sheds(now - waiter.startedNanos, now)
                        && !core.supply.isAnyIdle();
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
