package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.errors.AcquireShedException;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says how the pool is: figures, health, who holds what, and why somebody got no connection. Takes no lock. */
final class Diagnosis<C extends Connection> {
    private final PoolCore<C> core;

    Diagnosis(PoolCore<C> core) {
        this.core = core;
    }

    PoolStats stats() {
        int idle = 0;
        int leased = 0;
        int connecting = 0;
        int held = 0;
        long acquired = 0;
        for (Slot<C> slot : core.slots) {
            long word = slot.word();
            switch (SlotState.state(word)) {
                case SlotState.IDLE, SlotState.UNPROVEN, SlotState.VALIDATING -> idle++;
                case SlotState.LEASED, SlotState.RUNNING -> held++;
                case SlotState.ENDED, SlotState.RETURNING -> leased++;
                case SlotState.CONNECTING -> connecting++;
                default -> {}
            }
            acquired += SlotState.turn(word);
        }
        Counters counters = core.counters;
        return new PoolStats(
                core.options.name(),
                state(),
                core.generation,
                core.supply.minSize(),
                core.supply.maxSize(),
                idle,
                leased + held,
                connecting,
                core.queue.size(),
                acquired,
                acquired - held,
                counters.timedOut.sum(),
                counters.shed.sum() + counters.refused.sum(),
                counters.created.sum(),
                counters.closed(),
                counters.connectFailures.sum(),
                counters.validationFailures.sum(),
                counters.leaks.sum(),
                counters.slowUses.sum());
    }

    private PoolState state() {
        if (core.queue.is(WaitQueue.CLOSED | WaitQueue.DRAINING)) {
            return PoolState.CLOSED;
        }
        return core.queue.is(WaitQueue.PAUSED) ? PoolState.PAUSED : PoolState.READY;
    }

    Health health() {
        PoolStats stats = stats();
        if (stats.state() != PoolState.READY) {
            String word = stats.state() == PoolState.PAUSED ? "paused" : "closed";
            return new Health(Health.Status.DOWN, "pool " + stats.pool() + " is " + word);
        }
        Throwable failure = core.supply.lastFailure();
        if (failure != null) {
            boolean some = stats.idle() + stats.leased() > 0;
            return new Health(
                    some ? Health.Status.DEGRADED : Health.Status.DOWN,
                    "pool " + stats.pool() + (some ? " could not connect lately: " : " cannot connect: ")
                            + CenoteException.describe(failure));
        }
        if (stats.waiters() > 0 && stats.leased() >= stats.maxSize()) {
            return new Health(
                    Health.Status.DEGRADED,
                    "all " + stats.leased() + " connections of pool " + stats.pool() + " are leased, and "
                            + stats.waiters() + " callers wait");
        }
        return new Health(Health.Status.UP, "pool " + stats.pool() + " serves");
    }

    /** Who holds connections, longest first. */
    List<Holder> holders() {
        var holders = new ArrayList<Holder>();
        for (Slot<C> slot : core.slots) {
            holder(slot).ifPresent(holders::add);
        }
        holders.sort(Comparator.comparing(Holder::age).reversed());
        return holders;
    }

    /** Who holds the slot, if somebody does. The holder may change while it is looked at: then it is looked at again. */
    Optional<Holder> holder(Slot<C> slot) {
        for (int looks = 0; looks < 3; looks++) {
            long word = slot.word();
            Member<C> member = slot.member;
            Thread thread = slot.holder;
            if (!SlotState.isHeld(word) || SlotState.state(word) == SlotState.ENDED) {
                return Optional.empty();
            }
            long turn = SlotState.turn(word);
            Duration age = Duration.ofNanos(Math.max(0, core.coarseNanos - slot.leasedNanos));
            Operation<?, ?> last = slot.operationTurn == turn ? slot.lastOperation : null;
            List<StackTraceElement> site = Sites.of(slot, turn);
            if (member != null && SlotState.turn(slot.word()) == turn) {
                return Optional.of(new Holder(
                        member.id, name(thread), age, Optional.ofNullable(last).map(Attempts::describe), site));
            }
        }
        return Optional.empty();
    }

    private static String name(@Nullable Thread thread) {
        if (thread == null) {
            return "an unknown thread";
        }
        return thread.getName().isEmpty() ? thread.toString() : thread.getName();
    }

    /** Why a waiter was turned away. */
    AcquireShedException shed(Waiter<C> waiter) {
        Duration waited = Duration.ofNanos(core.clock.nanoTime() - waiter.startedNanos);
        return new AcquireShedException(core.options.name(), waited, stats());
    }

    /** Why a waiter that gave up got nothing. */
    AcquireTimeoutException timeout(Waiter<C> waiter) {
        core.counters.timedOut.increment();
        Duration waited = Duration.ofNanos(core.clock.nanoTime() - waiter.startedNanos);
        PoolStats stats = stats();
        Throwable failure = core.supply.lastFailure();
        if (stats.leased() >= stats.maxSize()) {
            return new PoolExhaustedException(waited, stats, holders(), failure);
        }
        return new AcquireTimeoutException(phase(stats), waited, stats, holders(), failure);
    }

    private AcquireTimeoutException.Phase phase(PoolStats stats) {
        for (Slot<C> slot : core.slots) {
            if (slot.state() == SlotState.VALIDATING) {
                return AcquireTimeoutException.Phase.VALIDATING;
            }
        }
        boolean connects = stats.connecting() > 0 || core.supply.lastFailure() != null;
        return connects ? AcquireTimeoutException.Phase.CONNECTING : AcquireTimeoutException.Phase.WAITING;
    }
}
