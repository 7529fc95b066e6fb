package dev.cenote.pool;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The heart of the engine: who gets which connection.
 *
 * <h2>Two paths</h2>
 *
 * The fast path is {@link #takeIdle} and the first lines of {@link #giveBack}: a look at the gate and one atomic move of
 * a slot's state word ({@link SlotState}). It takes no lock, reads no precise clock and allocates the lease only. Where
 * to look first is a hint, kept for each of 64 stripes of thread ids: racing or wrong values cost a longer scan, never
 * correctness, and unlike a ThreadLocal it costs nothing for a million virtual threads.
 *
 * <p>All else (waiting, connecting, validating, closing, changing the pool's state) is the slow path and goes through one
 * lock. Nothing that blocks, and no code of a user or a driver, runs under it: what is to be done is collected and run
 * after it was let go ({@link #locked}).
 *
 * <h2>Waiting</h2>
 *
 * A caller that finds no connection queues, then looks again. A release moves its slot to idle, then looks at the gate.
 * The moves and the gate are volatile, so that in every interleaving one of them sees the other. While anybody waits the
 * gate is closed: newcomers queue behind, and a released connection goes straight to the waiter that came first, without
 * ever being idle. So the order is that of arrival, and a hand-off costs one wake-up.
 *
 * <p>Nobody spins: threads park, futures wait without a thread. A waiter's outcome is one word ({@link Waiter}), so that
 * a hand-off cannot race with a time-out, an interrupt or a cancel: if the caller has gone, the slot goes to the next.
 *
 * <h2>Time</h2>
 *
 * {@link #coarseNanos} is wound by the keeper. Ages, idle times and leak thresholds need no more; two reads of a precise
 * clock would cost more than the whole fast path.
 */
final class PoolCore<C extends Connection> {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");
    private static final int STRIPES = 64;
    /** Two cache lines of ints. */
    private static final int STRIDE = 32;

    final PoolOptions options;
    final Connector<C> connector;
    private final Classifier classifier;
    final TimeSource clock;
    final PoolThreads threads;
    final Events events;
    final Counters counters = new Counters();
    final WaitQueue<C> queue = new WaitQueue<>();
    final Supply<C> supply;

    /** The slots; only ever replaced by a longer array that begins with the same ones. */
    volatile Slot<C>[] slots;

    volatile long generation;
    volatile long coarseNanos;

    private volatile @Nullable Future<?> upkeep;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long validateAfterIdleNanos;
    private final int[] hints = new int[STRIPES * STRIDE];

    PoolCore(PoolOptions options, Connector<C> connector, Classifier classifier, PoolRuntime runtime, Events events) {
        this.options = options;
        this.connector = connector;
        this.classifier = classifier;
        this.clock = runtime.clock();
        this.threads = new PoolThreads(options.name(), runtime);
        this.events = events;
        this.coarseNanos = clock.nanoTime();
        this.validateAfterIdleNanos = options.validateAfterIdle().toNanos();
        this.slots = newSlots(options.maxSize());
        this.supply = new Supply<>(this, runtime.random());
    }

    void start(Keeper<C> keeper) {
        upkeep = threads.scheduleRepeatedly(keeper, options.keeperInterval().toNanos());
        locked(this::dispatch);
    }

    /** Ends the threads. Only once nothing is left to look after. */
    void finish() {
        Future<?> running = upkeep;
        if (running != null) {
            running.cancel(false);
        }
        threads.shutdown();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of a generic class can be made no other way
    private Slot<C>[] newSlots(int size) {
        Slot<C>[] made = new Slot[size];
        for (int i = 0; i < size; i++) {
            made[i] = new Slot<>();
        }
        return made;
    }

    /** Makes room for {@code size} connections. Under the lock. */
    void growTo(int size) {
        Slot<C>[] old = slots;
        if (size > old.length) {
            Slot<C>[] longer = newSlots(size);
            System.arraycopy(old, 0, longer, 0, old.length);
            slots = longer;
        }
    }

    // ---- the fast path

    /** Leases an idle connection, or none when there is none to be had at once or somebody waits already. */
    @Nullable
    LeaseHandle<C> takeIdle() {
        if (queue.gate() != 0) {
            return null;
        }
        Slot<C>[] all = slots;
        int hint = hint();
        int at = Math.min(hints[hint], all.length - 1); // another thread may have seen a longer array
        for (int left = all.length; left > 0; left--) {
            Slot<C> slot = all[at];
            if (slot.state() == SlotState.IDLE && isProven(slot) && slot.move(SlotState.IDLE, SlotState.LEASED)) {
                if (isFresh(slot)) {
                    hints[hint] = at;
                    return lease(slot, Thread.currentThread());
                }
                supply.close(slot, CloseReason.STALE);
            }
            at = at + 1 == all.length ? 0 : at + 1;
        }
        return null;
    }

    /** As {@link #takeIdle}, but takes a connection that was unused for long without asking the server first. */
    @Nullable
    LeaseHandle<C> takeUnproven() {
        for (Slot<C> slot : slots) {
            if (queue.gate() == 0 && slot.move(SlotState.IDLE, SlotState.LEASED)) {
                if (isFresh(slot)) {
                    return lease(slot, Thread.currentThread());
                }
                supply.close(slot, CloseReason.STALE);
            }
        }
        return null;
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static int hint() {
        return ((int) Thread.currentThread().getId() & (STRIPES - 1)) * STRIDE;
    }

    /** True if the connection gave a sign of life lately. A racing read at worst validates once too often. */
    private boolean isProven(Slot<C> slot) {
        return coarseNanos - slot.lastAliveNanos <= validateAfterIdleNanos;
    }

    private boolean isFresh(Slot<C> slot) {
        return slot.generation == generation && !slot.isDoomed();
    }

    LeaseHandle<C> lease(Slot<C> slot, Thread holder) {
        slot.acquired++;
        var lease = new LeaseHandle<>(this, slot, holder);
        slot.lease(lease);
        return lease;
    }

    /** Takes back a leased, validated or newly opened connection that is clean and fit for use. */
    void giveBack(Slot<C> slot) {
        if (queue.gate() != 0) {
            locked(after -> giveBackLocked(slot, after));
            return;
        }
        slot.moveTo(SlotState.IDLE);
        if (queue.gate() != 0) {
            locked(this::dispatch);
        }
    }

    // ---- the slow path

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

    /** As {@link #giveBack}, under the lock. */
    void giveBackLocked(Slot<C> slot, List<Runnable> after) {
        if (queue.is(WaitQueue.CLOSED)) {
            after.add(supply.condemn(slot, CloseReason.POOL_CLOSED));
        } else if (queue.is(WaitQueue.SURPLUS) && supply.isSurplus()) {
            after.add(supply.condemn(slot, CloseReason.RESIZED));
        } else if (!isFresh(slot)) {
            after.add(supply.condemn(slot, CloseReason.STALE));
        } else if (!handOver(slot, after)) {
            slot.moveTo(SlotState.IDLE);
        }
        changed.signalAll();
    }

    /** Gives the slot to whoever waits longest and is still there; false if nobody is. Under the lock. */
    private boolean handOver(Slot<C> slot, List<Runnable> after) {
        slot.moveTo(SlotState.LEASED);
        for (Waiter<C> waiter = queue.poll(); waiter != null; waiter = queue.poll()) {
            if (waiter.give(slot)) {
                after.add(waiter::wake);
                return true;
            }
        }
        return false;
    }

    /**
     * Brings together what is idle and who waits, and sees to it that something comes for the rest: an idle connection
     * to be validated, or a new one. Under the lock.
     */
    void dispatch(List<Runnable> after) {
        if (queue.is(WaitQueue.CLOSED | WaitQueue.SURPLUS)) {
            sweep(after);
        }
        Slot<C>[] all = slots;
        for (int i = 0; i < all.length && queue.size() > 0; i++) {
            Slot<C> slot = all[i];
            if (slot.state() == SlotState.IDLE && isProven(slot) && slot.move(SlotState.IDLE, SlotState.LEASED)) {
                giveBackLocked(slot, after);
            }
        }
        for (int i = 0; i < all.length && supply.isShort(); i++) {
            if (all[i].move(SlotState.IDLE, SlotState.VALIDATING)) {
                after.add(supply.validate(all[i]));
            }
        }
        supply.plan(after);
    }

    /** Closes the idle connections that a closed or smaller pool must not have. Under the lock. */
    private void sweep(List<Runnable> after) {
        boolean closed = queue.is(WaitQueue.CLOSED);
        for (Slot<C> slot : slots) {
            if ((closed || supply.isSurplus()) && slot.move(SlotState.IDLE, SlotState.CLOSING)) {
                after.add(supply.condemn(slot, closed ? CloseReason.POOL_CLOSED : CloseReason.RESIZED));
            }
        }
    }

    /**
     * Queues a waiter.
     *
     * @throws PoolException if the pool does not serve
     */
    void enqueue(Waiter<C> waiter) {
        locked(after -> {
            refuseUnlessReady();
            queue.add(waiter);
            dispatch(after);
        });
    }

    void refuseUnlessReady() {
        int gate = queue.gate();
        if ((gate & WaitQueue.CLOSED) != 0) {
            throw new PoolClosedException(options.name(), "is closed");
        }
        if ((gate & WaitQueue.DRAINING) != 0) {
            throw new PoolClosedException(options.name(), "is draining, it will be closed");
        }
        if ((gate & WaitQueue.PAUSED) != 0) {
            throw new PoolPausedException(options.name(), "is paused");
        }
    }

    /** Forgets a waiter that has left. */
    void forget(Waiter<C> waiter) {
        locked(after -> {
            queue.remove(waiter);
            changed.signalAll();
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

    /** Raises the generation and closes what is idle. Under the lock. */
    void raiseGeneration(boolean paused, List<Runnable> after) {
        long raised = ++generation;
        after.add(() -> events.emit(() -> new PoolEvent.PoolCleared(options.name(), raised, paused)));
        for (Slot<C> slot : slots) {
            if (slot.move(SlotState.IDLE, SlotState.CLOSING)) {
                after.add(supply.condemn(slot, CloseReason.STALE));
            }
        }
    }

    /**
     * What a verdict of {@code CLEAR} does: the generation is raised once, however many holders of it see the error.
     * Waiters go on waiting, for a new connection.
     */
    void clearGeneration(long suspect) {
        locked(after -> {
            if (suspect == generation && !queue.is(WaitQueue.CLOSED)) {
                raiseGeneration(false, after);
                dispatch(after);
            }
        });
    }

    /** Waits until nobody holds or awaits a connection, or until the deadline; true if so. */
    boolean awaitDrained(Deadline deadline) throws InterruptedException {
        return await(() -> queue.size() == 0 && !supply.has(SlotState.LEASED), deadline);
    }

    /** Waits until no connection is being closed, until the deadline, or until interrupted. */
    void awaitIdleClosed(Deadline deadline) {
        try {
            await(() -> !supply.has(SlotState.CLOSING), deadline);
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

    /** The classifier's verdict; the careful one if it throws, since a user may have written it. */
    Verdict classify(Throwable failure, Phase phase) {
        try {
            return classifier.classify(failure, phase);
        } catch (RuntimeException | LinkageError broken) {
            LOG.log(System.Logger.Level.WARNING, "the classifier of pool " + options.name() + " threw", broken);
            CallFate call = switch (phase) {
                case CONNECT, VALIDATE -> CallFate.NOT_EXECUTED;
                case COMMIT -> CallFate.COMMIT_UNKNOWN;
                case EXECUTE, RESET -> CallFate.UNKNOWN;
            };
            return new Verdict(ConnectionFate.EVICT, call);
        }
    }

    // ---- the end of a lease

    /** Takes a connection back from its holder, who may have found it broken. */
    void release(Slot<C> slot, @Nullable CloseReason found) {
        slot.released++;
        slot.lease(null);
        if (events.isHeard()) {
            long id = slot.connectionId;
            events.emitAcquire(() -> new PoolEvent.Released(options.name(), id));
        }
        CloseReason reason = found != null ? found : slot.doom;
        if (reason == null && slot.generation != generation) {
            reason = CloseReason.STALE;
        }
        if (reason == null && supply.needsReset(slot) && !supply.reset(slot)) {
            reason = CloseReason.RESET_FAILED;
        }
        if (reason != null) {
            supply.close(slot, reason);
            return;
        }
        slot.lastUsedNanos = coarseNanos;
        giveBack(slot);
    }
}
