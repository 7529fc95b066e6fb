package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;

/**
 * Tells leases that are held for too long, each once, and tells a leak from slow use: who still runs operations, or has run
 * one within the threshold, uses the connection, however slowly; who does not has most likely forgotten it.
 */
final class LeakWatch<C extends Connection> {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final PoolCore<C> core;
    private final long thresholdNanos;

    LeakWatch(PoolCore<C> core) {
        this.core = core;
        this.thresholdNanos =
                core.options.leakThreshold().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    /** Only the keeper calls this. */
    void look(Slot<C> slot, long word, long now) {
        long turn = SlotState.turn(word);
        if (now - slot.leasedNanos <= thresholdNanos || slot.leakTurn == turn) {
            return;
        }
        core.diagnosis.holder(slot).ifPresent(holder -> {
            if (!holder.running() && holder.unused().toNanos() > thresholdNanos) {
                slot.leakTurn = turn;
                reportLeak(holder);
            } else if (slot.slowTurn != turn) {
                slot.slowTurn = turn;
                reportSlowUse(holder);
            }
        });
    }

    private void reportLeak(Holder holder) {
        LOG.log(System.Logger.Level.WARNING, "pool {0}: possible leak, {1}", core.options.name(), holder);
        core.events.emit(new PoolEvent.LeakDetected(core.options.name(), holder));
        core.counters.leaks.increment();
    }

    private void reportSlowUse(Holder holder) {
        LOG.log(System.Logger.Level.INFO, "pool {0}: slow use, {1}", core.options.name(), holder);
        core.events.emit(new PoolEvent.SlowUseDetected(core.options.name(), holder));
        core.counters.slowUses.increment();
    }
}
