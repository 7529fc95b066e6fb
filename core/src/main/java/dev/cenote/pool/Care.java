package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;

/**
 * Validates, resets and closes connections, off the callers' threads (a reset runs on the releasing thread).
 *
 * <p>Each thing that may hang is a {@link Slot.Task} that the keeper can give up. Where it does, the slot goes on without
 * it.
 */
final class Care<C extends Connection> {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final PoolCore<C> core;
    private final long validateAfterIdleNanos;

    Care(PoolCore<C> core) {
        this.core = core;
        this.validateAfterIdleNanos = core.options.validateAfterIdle().toNanos();
    }

    /** True if a connection that gave its last sign of life then need not be validated. */
    boolean isProven(long aliveNanos) {
        return core.coarseNanos - aliveNanos <= validateAfterIdleNanos;
    }

    /** A connector ends by the deadline itself; after this time it is given up because it did not. */
    long giveUpAfterNanos(Duration timeout) {
        long nanos = timeout.toNanos();
        return nanos + Math.min(nanos / 4 + 1, 500_000_000L);
    }

    private Slot.Task begin(Slot<C> slot, Slot.Kind kind, Duration timeout) {
        long now = core.clock.nanoTime();
        var task = new Slot.Task(kind, now, now + giveUpAfterNanos(timeout));
        slot.task = task;
        return task;
    }

    private Deadline deadline(Duration timeout) {
        return Deadline.after(timeout, core.clock);
    }

    // ---- validating and resetting

    /** What validates the slot, which is VALIDATING already; to be run after the lock was let go. Under the lock. */
    Runnable validate(Slot<C> slot) {
        core.supply.validationBegun();
        Duration timeout = core.timeouts.validate();
        Slot.Task task = begin(slot, Slot.Kind.VALIDATE, timeout);
        C connection = slot.open().connection;
        return () -> core.threads.execute(() -> {
            try {
                core.connector.validate(connection, deadline(timeout));
                core.dispatcher.locked(after -> validated(slot, task, after));
            } catch (Throwable failure) {
                if (slot.claim(task)) {
                    core.dispatcher.locked(after -> validationFailed(slot, after));
                }
            }
        });
    }

    private void validated(Slot<C> slot, Slot.Task task, After after) {
        if (!slot.claim(task)) {
            return;
        }
        core.supply.validationEnded();
        slot.lastAliveNanos = core.clock.nanoTime();
        slot.setState(SlotState.RETURNING);
        core.dispatcher.offer(slot, true, after);
        core.dispatcher.dispatch(after);
    }

    private void validationFailed(Slot<C> slot, After after) {
        core.supply.validationEnded();
        core.counters.validationFailures.increment();
        condemn(slot, CloseReason.VALIDATION_FAILED, after);
        // What killed this one has likely killed all that have been silent for as long: each would cost the next caller
        // a whole validation time-out.
        for (Slot<C> other : core.slots) {
            if (lastSignNanos(other) - lastSignNanos(slot) <= 0 && other.moveIdle(SlotState.CLOSING)) {
                condemn(other, CloseReason.VALIDATION_FAILED, after);
            }
        }
        core.dispatcher.dispatch(after);
    }

    /** When it was last used or gave a sign of life: a driver's own object may have been used beside our operations. */
    static long lastSignNanos(Slot<?> slot) {
        return slot.lastAliveNanos - slot.lastUsedNanos > 0 ? slot.lastAliveNanos : slot.lastUsedNanos;
    }

    /** True if the session must be cleaned; also when the connector cannot tell. */
    boolean needsReset(C connection) {
        try {
            return core.connector.needsReset(connection);
        } catch (Throwable broken) { // on the way between two states: the slot must not be lost for it
            LOG.log(System.Logger.Level.WARNING, "the connector of pool " + core.options.name() + " threw", broken);
            return true;
        }
    }

    /** What became of the cleaning of a session. */
    enum Cleaned {
        CLEAN,
        DIRTY,
        /** It took so long that the slot has gone on without it, and is no longer the caller's. */
        GIVEN_UP
    }

    /** Cleans the session of a returned connection, on this thread. */
    Cleaned reset(Slot<C> slot) {
        Duration timeout = core.timeouts.reset();
        Slot.Task task = begin(slot, Slot.Kind.RESET, timeout);
        try {
            C connection = slot.open().connection;
            core.connector.reset(connection, deadline(timeout));
            slot.lastAliveNanos = core.coarseNanos;
            if (!slot.claim(task)) {
                return Cleaned.GIVEN_UP;
            }
            return needsReset(connection) ? Cleaned.DIRTY : Cleaned.CLEAN;
        } catch (Throwable failure) {
            // Whatever it was: the slot must not be lost for it.
            return slot.claim(task) ? Cleaned.DIRTY : Cleaned.GIVEN_UP;
        }
    }

    // ---- closing

    /** Raises the generation, closes what is idle and marks what is leased. Under the lock. */
    void raiseGeneration(boolean paused, After after) {
        long raised = ++core.generation;
        core.events.emit(new PoolEvent.PoolCleared(core.options.name(), raised, paused), after);
        for (Slot<C> slot : core.slots) {
            outdate(slot, after);
        }
    }

    /** An acquire or a release may move the slot meanwhile, but to one of the states that are looked for here. */
    private void outdate(Slot<C> slot, After after) {
        for (long word = slot.word(); SlotState.isHeldOrIdle(word); word = slot.word()) {
            if (slot.moveIdle(SlotState.CLOSING)) {
                condemn(slot, CloseReason.STALE, after);
                return;
            }
            if (slot.doom(word, CloseReason.STALE)) {
                return;
            }
        }
    }

    /**
     * What a verdict of {@code CLEAR} does: the generation is raised once, however many holders of it see the error.
     * Waiters go on waiting, for a new connection.
     */
    void clearGeneration(long suspect) {
        core.dispatcher.locked(after -> {
            if (suspect == core.generation && !core.queue.is(WaitQueue.CLOSED)) {
                raiseGeneration(false, after);
                core.dispatcher.dispatch(after);
            }
        });
    }

    /** Closes the connection of a slot that is the caller's. Under the lock. */
    void condemn(Slot<C> slot, CloseReason reason, After after) {
        slot.setState(SlotState.CLOSING);
        core.supply.closingBegun();
        core.dispatcher.signalChanged();
        Slot.Task task = begin(slot, Slot.Kind.CLOSE, core.timeouts.reset());
        Member<C> member = slot.open();
        CloseReason told = core.queue.is(WaitQueue.CLOSED) ? CloseReason.POOL_CLOSED : reason;
        core.counters.closed(told);
        Duration age = Duration.ofNanos(Math.max(0, core.clock.nanoTime() - member.openedNanos));
        core.events.emit(
                new PoolEvent.ConnectionClosed(core.options.name(), member.id, member.generation, told, age), after);
        after.add(() -> core.threads.execute(() -> {
            closeQuietly(member.connection);
            if (slot.claim(task)) {
                core.dispatcher.locked(later -> closed(slot, later));
            }
        }));
    }

    private void closed(Slot<C> slot, After after) {
        core.supply.closed(slot);
        core.dispatcher.signalChanged();
        core.dispatcher.dispatch(after);
    }

    /** Closes a connection; blocks. */
    void closeQuietly(C connection) {
        guarded("closing a connection", () -> core.connector.close(connection));
    }

    /** Frees whoever is blocked in it. */
    void abort(C connection) {
        guarded("aborting a connection", () -> core.connector.abort(connection));
    }

    void shutdown() {
        guarded("ending the connector", core.connector::shutdown);
    }

    /** Runs what a connector promised not to throw from: a broken promise must not cost the slot. */
    private void guarded(String what, Runnable action) {
        try {
            action.run();
        } catch (Throwable broken) {
            LOG.log(System.Logger.Level.WARNING, what + " of pool " + core.options.name() + " threw", broken);
        }
    }

    /**
     * Aborts what is held of generations before {@code generation}; what runs on it fails, and the connection is closed when
     * its holder returns it.
     */
    void abortHeld(long generation) {
        for (Slot<C> slot : core.slots) {
            long word = slot.word();
            Member<C> member = slot.member;
            if (!SlotState.isHeld(word) || member == null || member.generation >= generation) {
                continue;
            }
            // Only what is marked is aborted: it goes to nobody else, however soon its holder returns it.
            if (slot.doom(word, CloseReason.ERROR)) {
                Execution<C> running = slot.execution;
                if (running != null && running.member == member) {
                    running.abort();
                }
                abort(member.connection);
            }
        }
    }

    // ---- giving up, by the keeper

    /** Gives up what hangs on the slot past its time, unless it has ended in this moment. */
    void giveUp(Slot<C> slot, Slot.Task task) {
        Member<C> member = slot.member;
        if (!slot.claim(task)) {
            return;
        }
        if (member != null) {
            abort(member.connection);
        }
        switch (task.kind) {
            case VALIDATE -> core.dispatcher.locked(after -> validationFailed(slot, after));
            case CLOSE -> core.dispatcher.locked(after -> closed(slot, after));
            case RESET ->
                core.dispatcher.locked(after -> {
                    // The releasing thread may never come back from the driver: the slot goes on without it.
                    condemn(slot, CloseReason.RESET_FAILED, after);
                    core.dispatcher.dispatch(after);
                });
        }
    }
}
