package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says how the pool is: figures, health, who holds what, and why somebody got no connection. Takes no lock. */
final class Diagnosis<C extends Connection> {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final PoolCore<C> core;

    Diagnosis(PoolCore<C> core) {
        this.core = core;
    }

    PoolStats stats() {
        int idle = 0;
        int leased = 0;
        int connecting = 0;
        long acquired = 0;
        long released = 0;
        for (Slot<C> slot : core.slots) {
            switch (slot.state()) {
                case SlotState.IDLE, SlotState.VALIDATING -> idle++;
                case SlotState.LEASED -> leased++;
                case SlotState.CONNECTING -> connecting++;
                default -> {}
            }
            acquired += slot.acquired;
            released += slot.released;
        }
        return new PoolStats(
                core.options.name(),
                state(),
                core.generation,
                core.supply.minSize(),
                core.supply.maxSize(),
                idle,
                leased,
                connecting,
                core.queue.size(),
                acquired,
                released,
                core.counters.timedOut.sum(),
                core.counters.created.sum(),
                core.counters.closed(),
                core.counters.connectFailures.sum(),
                core.counters.validationFailures.sum(),
                core.counters.leaks.sum());
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
            LeaseHandle<?> lease = slot.lease();
            if (lease != null && !lease.isClosed()) {
                holders.add(lease.holder());
            }
        }
        holders.sort(Comparator.comparing(Holder::age).reversed());
        return holders;
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

    void reportLeak(LeaseHandle<?> lease) {
        Holder holder = lease.holder();
        LOG.log(System.Logger.Level.WARNING, "pool {0}: possible leak, {1}", core.options.name(), holder);
        core.events.emit(() -> new PoolEvent.LeakDetected(core.options.name(), holder));
    }
}
