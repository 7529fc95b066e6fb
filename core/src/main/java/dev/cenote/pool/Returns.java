package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The end of a lease where it is not simple: somebody waits or watches, or the connection must be cleaned or closed. */
final class Returns<C extends Connection> {
    private final PoolCore<C> core;

    Returns(PoolCore<C> core) {
        this.core = core;
    }

    /** Ends a lease, once; does nothing if it has ended. */
    void end(Slot<C> slot, long lease, boolean broken) {
        if (broken) {
            slot.doom(lease, CloseReason.ERROR);
        }
        for (long word = slot.word(); SlotState.turn(word) == SlotState.turn(lease); word = slot.word()) {
            switch (SlotState.state(word)) {
                case SlotState.LEASED -> {
                    if (slot.move(word, SlotState.in(SlotState.RETURNING, word))) {
                        take(slot, word);
                        return;
                    }
                }
                case SlotState.RUNNING -> {
                    if (slot.move(word, word - SlotState.RUNNING + SlotState.ENDED)) {
                        // The operation gives the slot back, and is hurried up. Read only now: one that is not there
                        // yet will see that its lease has ended.
                        Execution<C> running = slot.execution;
                        if (running != null) {
                            running.abort();
                        }
                        return;
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    /** An operation has ended whose lease had ended before: nobody knows what its connection has still to say. */
    void endLate(Slot<C> slot) {
        long word = slot.word();
        slot.setState(SlotState.RETURNING);
        take(slot, SlotState.isDoomed(word) ? word : SlotState.doomed(word, CloseReason.ERROR));
    }

    /** Takes the connection of a lease that has just ended with {@code word}. */
    private void take(Slot<C> slot, long word) {
        Member<C> member = slot.open();
        if (core.queue.is(WaitQueue.WATCHED) && (word & SlotState.UNTOLD) == 0) {
            Duration held = Duration.ofNanos(Math.max(0, core.coarseNanos - slot.leasedNanos));
            core.events.emitAcquire(
                    () -> new PoolEvent.Released(core.options.name(), member.id, member.generation, held));
        }
        boolean timed = (word & SlotState.TIMED) != 0;
        boolean sampled = !timed && (word & SlotState.SAMPLED) != 0;
        long usedNanos = timed || sampled ? core.clock.nanoTime() - slot.measuredFromNanos : -1;
        if (usedNanos >= 0) {
            core.counters.uses.record(usedNanos, timed ? 1 : PoolCore.SAMPLE);
        }
        CloseReason reason = reasonToClose(member, word);
        if (reason == null && core.care.needsReset(member.connection)) {
            switch (core.care.reset(slot)) {
                case CLEAN -> {}
                case DIRTY -> reason = CloseReason.RESET_FAILED;
                case GIVEN_UP -> {
                    return;
                }
            }
        }
        if (reason == null && core.hooks.areThere()) {
            switch (core.care.afterRelease(slot)) {
                case CLEAN -> {}
                case DIRTY -> reason = CloseReason.ERROR;
                case GIVEN_UP -> {
                    return;
                }
            }
        }
        give(slot, word, timed ? usedNanos : -1, reason);
    }

    private void give(Slot<C> slot, long word, long usedNanos, @Nullable CloseReason reason) {
        boolean proven = (word & SlotState.AGED) == 0 || core.care.isProven(slot.lastAliveNanos);
        slot.lastUsedNanos = core.coarseNanos;
        core.dispatcher.locked(after -> {
            if (usedNanos >= 0) {
                core.dispatcher.used(usedNanos);
            }
            if (reason != null) {
                core.care.condemn(slot, reason, after);
            } else {
                core.dispatcher.offer(slot, proven, after);
            }
        });
    }

    /** Why the connection must be closed as it is, or null if it need not. */
    private @Nullable CloseReason reasonToClose(Member<C> member, long word) {
        if (core.queue.is(WaitQueue.CLOSED)) {
            return CloseReason.POOL_CLOSED;
        }
        CloseReason doom = SlotState.doom(word);
        if (doom != null) {
            return doom;
        }
        return member.generation == core.generation ? null : CloseReason.STALE;
    }
}
