package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.events.CloseReason;
import java.time.Duration;

/**
 * The pool's background upkeep: winds the coarse clock, expires, shrinks, keeps alive, reports leaks, gives up what
 * hangs. Never blocks: what may, it hands to a worker.
 */
final class Keeper<C extends Connection> implements Runnable {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final PoolCore<C> core;
    private final Diagnosis<C> diagnosis;
    private final long idleNanos;
    private final long keepaliveNanos;
    private final long leakNanos;

    Keeper(PoolCore<C> core, Diagnosis<C> diagnosis) {
        this.core = core;
        this.diagnosis = diagnosis;
        this.idleNanos = core.options.idleTimeout().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        this.keepaliveNanos =
                core.options.keepaliveInterval().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        this.leakNanos = core.options.leakThreshold().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    @Override
    public void run() {
        try {
            long now = core.clock.nanoTime();
            core.coarseNanos = now;
            for (Slot<C> slot : core.slots) {
                look(slot, now);
            }
            core.locked(after -> {
                // Threads watch their own deadlines, by the machine's clock; this serves an injected one.
                core.queue.expired().forEach(waiter -> after.add(waiter::wake));
                core.dispatch(after);
            });
        } catch (RuntimeException unexpected) {
            // A scheduler drops a task that throws, and without its keeper the pool would slowly die.
            LOG.log(System.Logger.Level.ERROR, "keeper of pool " + core.options.name() + " failed", unexpected);
        }
    }

    private void look(Slot<C> slot, long now) {
        Slot.Task task = slot.task;
        if (task != null && now - task.giveUpNanos > 0) {
            core.supply.giveUp(slot, task);
        }
        switch (slot.state()) {
            case SlotState.IDLE -> lookAtIdle(slot, now);
            case SlotState.LEASED -> lookAtLeased(slot, now);
            default -> {}
        }
    }

    private void lookAtIdle(Slot<C> slot, long now) {
        if (slot.generation != core.generation) {
            closeIdle(slot, CloseReason.STALE);
        } else if (now - slot.expiresAtNanos >= 0) {
            closeIdle(slot, CloseReason.EXPIRED);
        } else if (now - slot.lastUsedNanos > idleNanos && core.supply.isAboveMin()) {
            closeIdle(slot, CloseReason.IDLE);
        } else if (now - slot.replaceAtNanos >= 0) {
            replace(slot);
        } else if (now - slot.lastAliveNanos > keepaliveNanos) {
            core.locked(after -> {
                if (core.supply.mayKeepAlive() && slot.move(SlotState.IDLE, SlotState.VALIDATING)) {
                    after.add(core.supply.validate(slot));
                }
            });
        }
    }

    private void closeIdle(Slot<C> slot, CloseReason reason) {
        core.locked(after -> {
            boolean allowed = reason != CloseReason.IDLE || core.supply.isAboveMin();
            if (allowed && slot.move(SlotState.IDLE, SlotState.CLOSING)) {
                after.add(core.supply.condemn(slot, reason));
            }
        });
    }

    private void lookAtLeased(Slot<C> slot, long now) {
        if (now - slot.expiresAtNanos >= 0) {
            slot.doom(CloseReason.EXPIRED);
        } else if (now - slot.replaceAtNanos >= 0) {
            replace(slot);
        }
        LeaseHandle<?> lease = slot.lease();
        if (lease != null) {
            lease.abortIfOverdue(now);
            if (now - lease.acquiredNanos() > leakNanos && lease.reportLeakOnce()) {
                diagnosis.reportLeak(lease);
                core.counters.leaks.increment();
            }
        }
    }

    private void replace(Slot<C> slot) {
        if (!slot.replacing) {
            core.locked(after -> slot.replacing = core.supply.replace(slot, after));
        }
    }
}
