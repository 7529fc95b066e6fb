package dev.cenote.pool;

import dev.cenote.protocols.Activity;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.events.CloseReason;
import java.time.Duration;

/**
 * The pool's background upkeep: winds the coarse clock, marks what must be validated, expires, shrinks, keeps alive,
 * reports leaks, gives up what hangs. Never blocks: what may, it hands to a worker.
 */
final class Keeper<C extends Connection> implements Runnable {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final PoolCore<C> core;
    private final LeakWatch<C> leaks;
    private final long idleNanos;
    private final long keepaliveNanos;

    Keeper(PoolCore<C> core) {
        this.core = core;
        this.leaks = new LeakWatch<>(core);
        this.idleNanos = core.options.idleTimeout().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        this.keepaliveNanos =
                core.options.keepaliveInterval().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    @Override
    public void run() {
        try {
            long now = core.clock.nanoTime();
            core.coarseNanos = now;
            for (Slot<C> slot : core.slots) {
                look(slot, now);
            }
            core.supply.giveUpOverdue(now);
            core.dispatcher.locked(after -> {
                // Threads watch their own deadlines, by the machine's clock; this serves an injected one.
                core.dispatcher.wakeExpired(after);
                core.dispatcher.shedStanding(after);
                core.dispatcher.dispatch(after);
            });
        } catch (Throwable unexpected) {
            // A scheduler drops a task that throws, and without its keeper the pool would slowly die.
            LOG.log(System.Logger.Level.ERROR, "keeper of pool " + core.options.name() + " failed", unexpected);
        }
    }

    private void look(Slot<C> slot, long now) {
        Slot.Task task = slot.task;
        if (task != null && now - task.giveUpNanos > 0) {
            core.care.giveUp(slot, task);
        }
        long word = slot.word();
        Member<C> member = slot.member;
        if (member != null && SlotState.isIdle(word)) {
            lookAtIdle(slot, member, now);
        } else if (member != null && SlotState.isHeld(word)) {
            lookAtHeld(slot, member, word);
        }
    }

    private void lookAtIdle(Slot<C> slot, Member<C> member, long now) {
        long alive = now - slot.lastAliveNanos < now - slot.lastUsedNanos ? slot.lastAliveNanos : slot.lastUsedNanos;
        if (member.generation != core.generation) {
            closeIdle(slot, CloseReason.STALE);
        } else if (now - member.expiresAtNanos >= 0) {
            closeIdle(slot, CloseReason.EXPIRED);
        } else if (now - slot.lastUsedNanos > idleNanos && core.supply.isAboveMin()) {
            closeIdle(slot, CloseReason.IDLE);
        } else if (now - member.replaceAtNanos >= 0 && !slot.replacing) {
            replace(slot);
        } else if (now - alive > keepaliveNanos) {
            core.dispatcher.locked(after -> {
                if (core.supply.mayKeepAlive() && slot.moveIdle(SlotState.VALIDATING)) {
                    after.add(core.care.validate(slot));
                }
            });
        } else if (!core.care.isProven(alive)) {
            if (slot.moveState(SlotState.IDLE, SlotState.UNPROVEN)) {
                core.anyUnproven = true;
            }
        }
    }

    private void closeIdle(Slot<C> slot, CloseReason reason) {
        core.dispatcher.locked(after -> {
            boolean allowed = reason != CloseReason.IDLE || core.supply.isAboveMin();
            if (allowed && slot.moveIdle(SlotState.CLOSING)) {
                core.care.condemn(slot, reason, after);
            }
        });
    }

    private void lookAtHeld(Slot<C> slot, Member<C> member, long word) {
        long now = core.coarseNanos;
        if (now - member.expiresAtNanos >= 0) {
            slot.doom(word, CloseReason.EXPIRED);
        } else if (now - member.replaceAtNanos >= 0 && !slot.replacing) {
            replace(slot);
        }
        if (!core.care.isProven(slot.leasedNanos)) {
            slot.mark(word, SlotState.AGED);
        }
        Execution<C> running = slot.execution;
        if (running != null) {
            running.abortIfOverdue();
        }
        noteUses(slot, member, now);
        leaks.look(slot, word, now);
    }

    /** What a holder does by the driver's own interfaces leaves only a count behind. */
    private static void noteUses(Slot<?> slot, Member<?> member, long now) {
        long uses = member.connection.activity().map(Activity::uses).orElse(0L);
        if (uses != slot.usesSeen) {
            slot.usesSeen = uses;
            slot.usesChangedNanos = now;
        }
    }

    private void replace(Slot<C> slot) {
        core.dispatcher.locked(after -> slot.replacing = core.supply.replace(slot, after));
    }
}
