package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Opens, validates, resets and closes connections, off the callers' threads (a reset runs on the releasing thread).
 *
 * <p>Demand decides what is opened: one connection for each waiter for whom nothing is under way yet, at most {@code
 * maxConnecting} at a time, and what minSize lacks. Whoever waits takes whatever comes first, a returned connection or a
 * new one; so many callers on an empty pool open few connections where few serve them all. After a failure one attempt
 * is made at a time, with exponential backoff and jitter.
 *
 * <p>Each thing that may hang is a {@link Slot.Task} that the keeper can give up. Where it does, the slot goes on without
 * it, and the attempt cleans up after itself when it comes back at last.
 */
final class Supply<C extends Connection> {
    /** Shortest delay between failing attempts that serve no waiter but only fill up to minSize. */
    private static final long FILL_BACKOFF_NANOS = Duration.ofSeconds(5).toNanos();

    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final PoolCore<C> core;
    private final RandomGenerator random;

    // All below is read and written under the pool's lock; the volatile ones are read elsewhere too.
    private volatile int minSize;
    private volatile int maxSize;
    private int allocated;
    private int connecting;
    private int validating;
    private int closing;
    private int failuresInARow;
    private long notBeforeNanos;
    private boolean wakeScheduled;
    private long wakeAtNanos;
    private boolean shutDown;
    private long lastId;
    private volatile @Nullable Throwable lastFailure;

    Supply(PoolCore<C> core, RandomGenerator random) {
        this.core = core;
        this.random = random;
        this.minSize = core.options.minSize();
        this.maxSize = core.options.maxSize();
    }

    int minSize() {
        return minSize;
    }

    int maxSize() {
        return maxSize;
    }

    /** Why connecting failed last, unless it has succeeded since. */
    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }

    // ---- demand, under the lock

    void resize(int newMin, int newMax, List<Runnable> after) {
        minSize = newMin;
        maxSize = newMax;
        core.growTo(newMax);
        core.queue.set(WaitQueue.SURPLUS, isSurplus());
        core.dispatch(after);
    }

    boolean isSurplus() {
        return allocated - closing > maxSize;
    }

    boolean isAboveMin() {
        return allocated - closing > minSize;
    }

    /** True if somebody waits for whom nothing is under way. */
    boolean isShort() {
        return core.queue.size() > connecting + validating;
    }

    /** True if the keeper may validate one more: after a quiet night it must not ask for all at once. */
    boolean mayKeepAlive() {
        return validating < core.options.maxConnecting();
    }

    /** True if a slot is in that state. */
    boolean has(int state) {
        for (Slot<C> slot : core.slots) {
            if (slot.state() == state) {
                return true;
            }
        }
        return false;
    }

    /** Begins to open what is needed and allowed now; what must wait for its backoff, later. */
    void plan(List<Runnable> after) {
        if (core.queue.is(WaitQueue.CLOSED)) {
            finishIfEmpty(after);
            return;
        }
        while (!core.queue.is(WaitQueue.PAUSED)
                && allocated < maxSize
                && (isShort() || allocated - closing < minSize)) {
            if (connecting >= (failuresInARow > 0 ? 1 : core.options.maxConnecting()) || mustWait()) {
                return;
            }
            connect(null, after);
        }
    }

    /** True if it is too early to connect again; then it also sees to it that somebody does in time. */
    private boolean mustWait() {
        if (failuresInARow == 0) {
            return false;
        }
        long now = core.clock.nanoTime();
        long at = core.queue.size() > 0 ? notBeforeNanos : notBeforeNanos + FILL_BACKOFF_NANOS;
        if (at - now <= 0) {
            return false;
        }
        if (!wakeScheduled || at - wakeAtNanos < 0) {
            wakeScheduled = true;
            wakeAtNanos = at;
            core.threads.schedule(() -> wake(at), at - now);
        }
        return true;
    }

    private void wake(long at) {
        core.locked(after -> {
            if (wakeAtNanos == at) {
                wakeScheduled = false;
            }
            core.dispatch(after);
        });
    }

    /** Opens a replacement for a connection that will expire, if there is room for both. */
    boolean replace(Slot<C> expiring, List<Runnable> after) {
        if (allocated >= maxSize || failuresInARow > 0 || connecting >= core.options.maxConnecting()) {
            return false;
        }
        connect(expiring, after);
        return true;
    }

    // ---- connecting

    private void connect(@Nullable Slot<C> expiring, List<Runnable> after) {
        Slot<C> slot = emptySlot();
        allocated++;
        connecting++;
        slot.connectionId = ++lastId;
        slot.generation = core.generation;
        var replaced = expiring == null ? null : new Replaced<>(expiring, expiring.connectionId);
        Slot.Task task = begin(slot, Slot.Kind.CONNECT, core.options.connectTimeout());
        after.add(() -> core.threads.execute(() -> open(slot, task, replaced)));
    }

    /** A connection that another was opened to replace. */
    private record Replaced<C extends Connection>(Slot<C> slot, long connectionId) {}

    private Slot<C> emptySlot() {
        for (Slot<C> slot : core.slots) {
            if (slot.move(SlotState.EMPTY, SlotState.CONNECTING)) {
                return slot;
            }
        }
        throw new IllegalStateException("pool " + core.options.name() + " has room but no empty slot");
    }

    private Slot.Task begin(Slot<C> slot, Slot.Kind kind, Duration timeout) {
        long now = core.clock.nanoTime();
        long nanos = timeout.toNanos();
        // The connector ends by the deadline itself; the keeper gives it up when it does not.
        var task = new Slot.Task(kind, now, now + nanos + Math.min(nanos / 4 + 1, 500_000_000L));
        slot.task = task;
        return task;
    }

    private Deadline deadline(Duration timeout) {
        return Deadline.after(timeout, core.clock);
    }

    private void open(Slot<C> slot, Slot.Task task, @Nullable Replaced<C> replaced) {
        String pool = core.options.name();
        long id = slot.connectionId;
        long generation = slot.generation;
        core.events.emit(() -> new PoolEvent.ConnectionCreated(pool, id, generation));
        C connection;
        try {
            connection = core.connector.open(deadline(core.options.connectTimeout()));
        } catch (Throwable failure) {
            if (slot.claim(task)) {
                connectFailed(slot, task, failure);
            }
            if (failure instanceof VirtualMachineError fatal) {
                throw fatal;
            }
            return;
        }
        Duration took = Duration.ofNanos(core.clock.nanoTime() - task.startedNanos);
        core.events.emit(() -> new PoolEvent.ConnectionReady(pool, id, generation, took));
        core.locked(after -> install(slot, task, connection, after));
        if (replaced != null) {
            retire(replaced);
        }
    }

    private void install(Slot<C> slot, Slot.Task task, C connection, List<Runnable> after) {
        if (!slot.claim(task)) {
            after.add(() -> core.threads.execute(
                    () -> guarded("closing a late connection", () -> core.connector.close(connection))));
            return;
        }
        core.counters.created.increment();
        connecting--;
        failuresInARow = 0;
        lastFailure = null;
        long now = core.clock.nanoTime();
        slot.connection = connection;
        slot.doom = null;
        slot.replacing = false;
        slot.lastUsedNanos = now;
        slot.lastAliveNanos = now;
        setLifetime(slot, now);
        core.giveBackLocked(slot, after);
        core.dispatch(after);
    }

    private void setLifetime(Slot<C> slot, long now) {
        long lifetime = core.options.maxLifetime().map(Duration::toNanos).orElse(Long.MAX_VALUE / 4);
        long shortened = lifetime - (long) (lifetime * core.options.lifetimeJitter() * random.nextDouble());
        slot.expiresAtNanos = now + shortened;
        slot.replaceAtNanos = slot.expiresAtNanos
                - Math.min(shortened / 10, core.options.connectTimeout().toNanos());
    }

    private void retire(Replaced<C> replaced) {
        Slot<C> slot = replaced.slot();
        if (slot.connectionId != replaced.connectionId()) {
            return;
        }
        if (slot.move(SlotState.IDLE, SlotState.CLOSING)) {
            close(slot, CloseReason.EXPIRED);
        } else if (slot.state() == SlotState.LEASED) {
            slot.doom(CloseReason.EXPIRED);
        }
    }

    private void connectFailed(Slot<C> slot, Slot.Task task, Throwable failure) {
        Verdict verdict = core.classify(failure, Phase.CONNECT);
        Duration took = Duration.ofNanos(core.clock.nanoTime() - task.startedNanos);
        core.locked(after -> {
            PoolEvent event = new PoolEvent.ConnectionFailed(
                    core.options.name(), slot.connectionId, slot.generation, took, failure);
            after.add(() -> core.events.emit(() -> event));
            core.counters.connectFailures.increment();
            connecting--;
            free(slot);
            lastFailure = failure;
            notBeforeNanos = core.clock.nanoTime() + nextBackoffNanos();
            if (verdict.connection() == ConnectionFate.CLEAR && isAnyOpen()) {
                core.raiseGeneration(false, after);
            }
            if (verdict.call() == CallFate.PERMANENT && !isAnyOpen()) {
                core.failWaiters(() -> failed(verdict, failure), after);
            }
            core.dispatch(after);
        });
    }

    private boolean isAnyOpen() {
        return allocated > connecting + closing;
    }

    private ConnectionFailedException failed(Verdict verdict, Throwable failure) {
        return new ConnectionFailedException(
                core.options.name(), "cannot connect: " + CenoteException.describe(failure), verdict, failure);
    }

    private long nextBackoffNanos() {
        long base = core.options.connectBackoffBase().toNanos();
        long cap = core.options.connectBackoffCap().toNanos();
        int doublings = Math.min(failuresInARow++, 30);
        long most = base > cap >> doublings ? cap : base << doublings;
        return most / 2 + (long) (most / 2.0 * random.nextDouble());
    }

    private void free(Slot<C> slot) {
        slot.connection = null;
        slot.moveTo(SlotState.EMPTY);
        allocated--;
        core.queue.set(WaitQueue.SURPLUS, isSurplus());
    }

    // ---- validating and resetting

    /** What validates the slot, which is VALIDATING already; to be run after the lock was let go. */
    Runnable validate(Slot<C> slot) {
        validating++;
        Slot.Task task = begin(slot, Slot.Kind.VALIDATE, core.options.validateTimeout());
        C connection = slot.open();
        return () -> core.threads.execute(() -> {
            try {
                core.connector.validate(connection, deadline(core.options.validateTimeout()));
                core.locked(after -> validated(slot, task, after));
            } catch (Throwable failure) {
                if (slot.claim(task)) {
                    core.locked(after -> validationFailed(slot, after));
                }
            }
        });
    }

    private void validated(Slot<C> slot, Slot.Task task, List<Runnable> after) {
        if (!slot.claim(task)) {
            return;
        }
        validating--;
        slot.lastAliveNanos = core.clock.nanoTime();
        core.giveBackLocked(slot, after);
        core.dispatch(after);
    }

    private void validationFailed(Slot<C> slot, List<Runnable> after) {
        validating--;
        core.counters.validationFailures.increment();
        after.add(condemn(slot, CloseReason.VALIDATION_FAILED));
        // What killed this one has likely killed all that have been silent for as long: each would cost the next caller
        // a whole validation time-out.
        for (Slot<C> other : core.slots) {
            if (other.lastAliveNanos - slot.lastAliveNanos <= 0 && other.move(SlotState.IDLE, SlotState.CLOSING)) {
                after.add(condemn(other, CloseReason.VALIDATION_FAILED));
            }
        }
        core.dispatch(after);
    }

    /** True if the session must be cleaned; also when the connector cannot tell. */
    boolean needsReset(Slot<C> slot) {
        try {
            return core.connector.needsReset(slot.open());
        } catch (RuntimeException | LinkageError broken) {
            LOG.log(System.Logger.Level.WARNING, "the connector of pool " + core.options.name() + " threw", broken);
            slot.doom(CloseReason.RESET_FAILED);
            return true;
        }
    }

    /** Cleans the session of a returned connection, on this thread; false if it could not. */
    boolean reset(Slot<C> slot) {
        Slot.Task task = begin(slot, Slot.Kind.RESET, core.options.resetTimeout());
        try {
            core.connector.reset(slot.open(), deadline(core.options.resetTimeout()));
            slot.lastAliveNanos = core.coarseNanos;
            return slot.claim(task) && !slot.isDoomed();
        } catch (Throwable failure) {
            // Whatever it was: the slot must not be lost for it.
            slot.claim(task);
            return false;
        }
    }

    // ---- closing

    /** Closes the connection of a slot that is the caller's. */
    void close(Slot<C> slot, CloseReason reason) {
        core.locked(after -> after.add(condemn(slot, reason)));
    }

    /** What closes the connection of a slot that is the caller's; to be run after the lock was let go. Under the lock. */
    Runnable condemn(Slot<C> slot, CloseReason reason) {
        slot.moveTo(SlotState.CLOSING);
        closing++;
        core.queue.set(WaitQueue.SURPLUS, isSurplus());
        Slot.Task task = begin(slot, Slot.Kind.CLOSE, core.options.resetTimeout());
        C connection = slot.open();
        long id = slot.connectionId;
        long generation = slot.generation;
        CloseReason told = slot.doom == null || reason == CloseReason.POOL_CLOSED ? reason : slot.doom;
        return () -> core.threads.execute(() -> {
            guarded("closing a connection", () -> core.connector.close(connection));
            core.counters.closed(told);
            core.events.emit(() -> new PoolEvent.ConnectionClosed(core.options.name(), id, generation, told));
            if (slot.claim(task)) {
                core.locked(after -> closed(slot, after));
            }
        });
    }

    /** Runs what a connector promised not to throw from: a broken promise must not cost the slot. */
    private void guarded(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError broken) {
            LOG.log(System.Logger.Level.WARNING, what + " of pool " + core.options.name() + " threw", broken);
        }
    }

    private void closed(Slot<C> slot, List<Runnable> after) {
        closing--;
        free(slot);
        core.signalChanged();
        core.dispatch(after);
    }

    /** Once the pool is closed and its last connection gone: ends the connector and the threads. */
    private void finishIfEmpty(List<Runnable> after) {
        if (allocated == 0 && !shutDown) {
            shutDown = true;
            after.add(() -> core.threads.execute(() -> guarded("ending the connector", core.connector::shutdown)));
            after.add(core::finish);
        }
    }

    // ---- giving up, by the keeper

    /** Gives up what hangs on the slot past its time, unless it has ended in this moment. */
    void giveUp(Slot<C> slot, Slot.Task task) {
        C connection = slot.connection;
        if (!slot.claim(task)) {
            return;
        }
        if (connection != null) {
            guarded("aborting a connection", () -> core.connector.abort(connection));
        }
        switch (task.kind) {
            case CONNECT -> connectFailed(slot, task, new TimeoutException("connecting did not end in time"));
            case VALIDATE -> core.locked(after -> validationFailed(slot, after));
            case CLOSE -> core.locked(after -> closed(slot, after));
            case RESET -> {
                // The releasing thread is freed by the abort, finds its task gone, and closes.
            }
        }
    }
}
