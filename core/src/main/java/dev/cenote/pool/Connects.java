package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Opens connections, each on a worker of its own, and installs them. */
final class Connects<C extends Connection> {
    private final PoolCore<C> core;
    private final Supply<C> supply;

    Connects(PoolCore<C> core, Supply<C> supply) {
        this.core = core;
        this.supply = supply;
    }

    /** Under the lock. */
    void begin(ConnectAttempt<C> attempt, After after) {
        core.events.emit(new PoolEvent.ConnectionCreated(core.options.name(), attempt.id, attempt.generation), after);
        after.add(() -> core.threads.execute(() -> open(attempt)));
    }

    private void open(ConnectAttempt<C> attempt) {
        C connection;
        try {
            connection = opened(attempt);
        } catch (Throwable failure) {
            failed(attempt, failure);
            if (failure instanceof VirtualMachineError fatal) {
                throw fatal;
            }
            return;
        }
        core.dispatcher.locked(after -> install(attempt, connection, after));
        supply.retire(attempt);
    }

    private C opened(ConnectAttempt<C> attempt) throws Exception {
        core.dispatcher.locked(after -> supply.openingBegun());
        try {
            attempt.enter();
            C connection = core.connector.open(Deadline.after(core.timeouts.connect(), core.clock));
            welcome(attempt, connection);
            return connection;
        } finally {
            attempt.leave();
            core.dispatcher.locked(after -> supply.openingEnded());
        }
    }

    /** The user's hook may hang as the connector may: the attempt that is given up meanwhile takes its connection along. */
    private void welcome(ConnectAttempt<C> attempt, C connection) throws Exception {
        try {
            if (!attempt.opened(connection)) {
                throw new TimeoutException("connecting did not end in time");
            }
            core.hooks.afterConnect(connection);
        } catch (Throwable failure) {
            core.care.closeQuietly(connection);
            throw failure;
        }
    }

    private void install(ConnectAttempt<C> attempt, C connection, After after) {
        if (!supply.ended(attempt)) {
            after.add(() -> core.threads.execute(() -> core.care.closeQuietly(connection)));
            return;
        }
        long now = core.clock.nanoTime();
        long tookNanos = now - attempt.startedNanos;
        Slot<C> slot = supply.succeeded(attempt, tookNanos);
        core.events.emit(
                new PoolEvent.ConnectionReady(
                        core.options.name(), attempt.id, attempt.generation, Duration.ofNanos(tookNanos)),
                after);
        core.counters.created.increment();
        core.counters.connects.record(tookNanos);
        if (slot == null) {
            tellClosed(attempt, CloseReason.RESIZED, after);
            after.add(() -> core.threads.execute(() -> core.care.closeQuietly(connection)));
            return;
        }
        slot.member = new Member<>(slot, connection, attempt, supply.lifetime(now));
        slot.replacing = false;
        slot.lastUsedNanos = now;
        slot.lastAliveNanos = now;
        slot.setState(SlotState.RETURNING);
        attempt.serves = attempt.generation == core.generation;
        core.dispatcher.offer(slot, true, after);
        core.dispatcher.dispatch(after);
    }

    private void tellClosed(ConnectAttempt<C> attempt, CloseReason reason, After after) {
        core.counters.closed(reason);
        Duration age = Duration.ofNanos(Math.max(0, core.clock.nanoTime() - attempt.startedNanos));
        core.events.emit(
                new PoolEvent.ConnectionClosed(core.options.name(), attempt.id, attempt.generation, reason, age),
                after);
    }

    /** Gives up an attempt that hangs, unless it ends in this moment. Should it succeed after all, it is closed. */
    void giveUp(ConnectAttempt<C> attempt) {
        failed(attempt, new TimeoutException("connecting did not end in time"));
        free(attempt);
    }

    /** Ends an attempt that is not wanted any more. Under the lock. */
    void abandon(ConnectAttempt<C> attempt, After after) {
        if (supply.ended(attempt)) {
            tellClosed(attempt, CloseReason.STALE, after);
            supply.vacate(attempt);
            after.add(() -> free(attempt));
        }
    }

    /** Frees the thread of an attempt that was given up, whether it hangs in the connector or in the user's hook. */
    private void free(ConnectAttempt<C> attempt) {
        C connection = attempt.interrupt();
        if (connection != null) {
            core.care.abort(connection);
        }
    }

    private void failed(ConnectAttempt<C> attempt, Throwable failure) {
        Verdict verdict = core.classify(failure, Phase.CONNECT);
        long askedNanos = core.pushBack(failure).map(Duration::toNanos).orElse(0L);
        Duration took = Duration.ofNanos(core.clock.nanoTime() - attempt.startedNanos);
        core.dispatcher.locked(after -> {
            if (!supply.ended(attempt)) {
                return;
            }
            core.events.emit(
                    new PoolEvent.ConnectionFailed(core.options.name(), attempt.id, attempt.generation, took, failure),
                    after);
            core.events.emit(
                    new PoolEvent.ConnectionClosed(
                            core.options.name(), attempt.id, attempt.generation, CloseReason.ERROR, took),
                    after);
            core.counters.connectFailures.increment();
            supply.failed(attempt, failure, askedNanos);
            if (verdict.connection() == ConnectionFate.CLEAR
                    && attempt.generation == core.generation
                    && supply.isAnyOpen()) {
                core.care.raiseGeneration(false, InUse.KEPT, after);
            }
            if (verdict.call() == CallFate.PERMANENT && !supply.isAnyOpen()) {
                core.dispatcher.failWaiters(() -> failure(verdict, failure), after);
            }
            core.dispatcher.dispatch(after);
        });
    }

    private ConnectionFailedException failure(Verdict verdict, Throwable failure) {
        return new ConnectionFailedException(
                core.options.name(), "cannot connect: " + CenoteException.describe(failure), verdict, failure);
    }
}
