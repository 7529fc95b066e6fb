package dev.cenote.pool;

import dev.cenote.protocols.Activity;
import dev.cenote.protocols.ConnectFailure;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PolicyStats;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.SlotView;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.WaitingCaller;
import dev.cenote.protocols.errors.AcquireShedException;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says how the pool is: figures, health, who holds what, and why somebody got no connection. Takes the pool's lock only to
 * see who waits.
 */
final class Diagnosis<C extends Connection> {
    private static final int SOME = 64;

    private final PoolCore<C> core;

    Diagnosis(PoolCore<C> core) {
        this.core = core;
    }

    /** The figures, with what policies round the pool have done. */
    PoolStats stats(PolicyStats policies) {
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
                counters.shed.sum(),
                counters.refused.sum(),
                counters.created.sum(),
                counters.closed(),
                counters.connectFailures.sum(),
                counters.validationFailures.sum(),
                counters.leaks.sum(),
                counters.slowUses.sum(),
                counters.failures(),
                waits(acquired),
                counters.uses.snapshot(),
                counters.connects.snapshot(),
                policies);
    }

    private Distribution waits(long acquired) {
        Distribution waited = core.counters.waits.snapshot();
        return waited.plusInstant(acquired - waited.count());
    }

    private PoolState state() {
        if (core.queue.is(WaitQueue.CLOSED | WaitQueue.DRAINING)) {
            return PoolState.CLOSED;
        }
        return core.queue.is(WaitQueue.PAUSED) ? PoolState.PAUSED : PoolState.READY;
    }

    Health health() {
        PoolStats stats = stats(PolicyStats.none());
        return health(stats, stats.waiters());
    }

    private Health health(PoolStats stats, int waiters) {
        String pool = "pool " + stats.pool();
        if (stats.state() != PoolState.READY) {
            String word = stats.state() == PoolState.PAUSED ? "paused" : "closed";
            return new Health(Health.Status.DOWN, pool + " is " + word);
        }
        boolean some = stats.idle() + stats.leased() > 0;
        ConnectFailure failure = core.supply.lastFailure();
        if (failure != null && isPresent(failure, stats, waiters)) {
            return new Health(
                    some ? Health.Status.DEGRADED : Health.Status.DOWN,
                    pool
                            + (some ? " could not connect lately: " : " cannot connect: ")
                            + CenoteException.describe(failure.error()));
        }
        if (waiters > 0 && stats.leased() >= stats.maxSize()) {
            return new Health(
                    Health.Status.DEGRADED,
                    (stats.leased() == 1 ? "the connection" : "all " + stats.leased() + " connections") + " of " + pool
                            + (stats.leased() == 1 ? " is" : " are") + " leased, and " + waiters
                            + (waiters == 1 ? " caller waits" : " callers wait"));
        }
        if (failure != null && !some) {
            return new Health(
                    Health.Status.UP,
                    pool + " has no connection open, and nobody has asked for one since connecting failed: " + failure);
        }
        return new Health(Health.Status.UP, pool + " serves");
    }

    /**
     * True if the failure is more than history: it has just been, or connections are still wanted. Nobody connects while
     * none is wanted, so that without this one failure would stand until the next demand.
     */
    private boolean isPresent(ConnectFailure failure, PoolStats stats, int waiters) {
        boolean wanted =
                waiters > 0 && stats.leased() < stats.maxSize() || stats.idle() + stats.leased() < stats.minSize();
        return wanted || failure.ago().compareTo(core.options.connectBackoffCap()) <= 0;
    }

    /** The slots, in their order. */
    List<SlotView> slots() {
        var views = new ArrayList<SlotView>();
        int allowed = core.supply.maxSize();
        Slot<C>[] slots = core.slots;
        for (int i = 0; i < slots.length; i++) {
            SlotView view = view(slots[i]);
            if (i < allowed || view.state() != SlotView.State.EMPTY) {
                views.add(view);
            }
        }
        return views;
    }

    private SlotView view(Slot<C> slot) {
        long word = slot.word();
        Member<C> member = slot.member;
        SlotView.State state = stateOf(word);
        if (member == null || state == SlotView.State.EMPTY || state == SlotView.State.CONNECTING) {
            return new SlotView(
                    state, OptionalLong.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());
        }
        long now = core.coarseNanos;
        boolean lasts = core.options.maxLifetime().isEmpty();
        Duration left = Duration.ofNanos(Math.max(0, member.expiresAtNanos - now));
        return new SlotView(
                state,
                OptionalLong.of(member.id),
                Optional.of(since(member.openedNanos)),
                lasts ? Optional.empty() : Optional.of(left),
                !lasts && now - member.replaceAtNanos >= 0,
                SlotState.isHeld(word) ? Optional.ofNullable(SlotState.doom(word)) : Optional.empty());
    }

    private static SlotView.State stateOf(long word) {
        return switch (SlotState.state(word)) {
            case SlotState.CONNECTING -> SlotView.State.CONNECTING;
            case SlotState.IDLE -> SlotView.State.IDLE;
            case SlotState.UNPROVEN -> SlotView.State.UNPROVEN;
            case SlotState.VALIDATING -> SlotView.State.VALIDATING;
            case SlotState.LEASED -> SlotView.State.LEASED;
            case SlotState.RUNNING -> SlotView.State.RUNNING;
            case SlotState.ENDED, SlotState.RETURNING -> SlotView.State.RETURNING;
            case SlotState.CLOSING -> SlotView.State.CLOSING;
            default -> SlotView.State.EMPTY;
        };
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
            Operation<?, ?> last = slot.operationTurn == turn ? slot.lastOperation : null;
            List<StackTraceElement> site = Sites.of(slot, turn);
            if (member != null) {
                Optional<Activity> activity = member.connection.activity();
                boolean running = SlotState.state(word) == SlotState.RUNNING
                        || activity.filter(Activity::running).isPresent();
                long lastUsed = running ? core.coarseNanos : lastUsedNanos(slot, turn, activity.isPresent());
                Optional<String> what =
                        last != null ? Optional.of(Attempts.describe(last)) : activity.map(Activity::what);
                var holder = new Holder(
                        member.id,
                        name(thread),
                        thread != null && !thread.isAlive(),
                        since(slot.leasedNanos),
                        what,
                        running,
                        since(lastUsed),
                        slot.unwrappedTurn == turn && activity.isEmpty(),
                        site);
                if (SlotState.turn(slot.word()) == turn) {
                    return Optional.of(holder);
                }
            }
        }
        return Optional.empty();
    }

    /** When the holder was last seen to do something with it; the begin of the lease if it never was. */
    private static long lastUsedNanos(Slot<?> slot, long turn, boolean isActive) {
        long last = slot.leasedNanos;
        if (slot.operationTurn == turn && slot.lastAliveNanos - last > 0) {
            last = slot.lastAliveNanos;
        }
        long changed = slot.usesChangedNanos;
        return isActive && changed - last > 0 ? changed : last;
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(Math.max(0, core.coarseNanos - nanos));
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
        return new AcquireShedException(core.options.name(), waited, stats(PolicyStats.none()));
    }

    /** Why a waiter that gave up got nothing. */
    AcquireTimeoutException timeout(Waiter<C> waiter) {
        core.counters.timedOut.increment();
        Duration waited = Duration.ofNanos(core.clock.nanoTime() - waiter.startedNanos);
        // Where many time out at once, each would walk past all the others: some are enough to suspect by.
        PoolReport report = report(PolicyStats.none(), List.of(waiter), SOME);
        PoolStats stats = report.stats();
        AcquireTimeoutException error = stats.leased() >= stats.maxSize()
                ? new PoolExhaustedException(waited, report)
                : new AcquireTimeoutException(phase(stats), waited, report);
        if (waiter.flight != null) {
            String suspicion = report.suspicion().map(Suspicion::toString).orElse(null);
            waiter.flight.timedOut(core.options.name(), error.phase().name(), suspicion);
        }
        return error;
    }

    /** All that can be said. */
    PoolReport report(PolicyStats policies) {
        return report(policies, List.of(), Integer.MAX_VALUE);
    }

    /** With {@code gone}, who have left the queue by now, and at most {@code most} of those that are in it. */
    private PoolReport report(PolicyStats policies, List<Waiter<C>> gone, int most) {
        PoolStats stats = stats(policies);
        List<Holder> holders = holders();
        Map<Thread, Integer> held = heldByThread();
        var waiters = new ArrayList<Waiter<C>>(gone);
        var hanging = new AtomicReference<>(Duration.ZERO);
        core.dispatcher.locked(after -> {
            waiters.addAll(core.queue.first(most));
            hanging.set(core.supply.hanging());
        });
        long now = core.clock.nanoTime();
        List<WaitingCaller> callers = waiters.stream()
                .filter(waiter -> !waiter.isProbe)
                .map(waiter -> caller(waiter, now, held))
                .sorted(Comparator.comparing(WaitingCaller::waited).reversed())
                .toList();
        ConnectFailure failure = core.supply.lastFailure();
        boolean fails = failure != null && isPresent(failure, stats, callers.size());
        List<Suspicion> suspicions = new Suspicions(
                        stats,
                        holders,
                        callers,
                        fails ? failure : null,
                        hanging.get(),
                        leakThreshold(),
                        core.options.keeperInterval())
                .all();
        return new PoolReport(
                stats, health(stats, callers.size()), suspicions, holders, callers, Optional.ofNullable(failure));
    }

    private Duration leakThreshold() {
        return core.options.leakThreshold().orElse(Duration.ofNanos(Long.MAX_VALUE));
    }

    private static WaitingCaller caller(Waiter<?> waiter, long now, Map<Thread, Integer> held) {
        boolean asynchronous = !waiter.canCompete();
        return new WaitingCaller(
                name(waiter.thread),
                asynchronous,
                Duration.ofNanos(Math.max(0, now - waiter.startedNanos)),
                asynchronous ? 0 : held.getOrDefault(waiter.thread, 0));
    }

    /** How many leases each thread has taken for itself. Those of futures it merely asked for. */
    private Map<Thread, Integer> heldByThread() {
        var held = new HashMap<Thread, Integer>();
        for (Slot<C> slot : core.slots) {
            Thread thread = slot.holder;
            long word = slot.word();
            if (SlotState.isHeld(word) && thread != null && slot.futureTurn != SlotState.turn(word)) {
                held.merge(thread, 1, Integer::sum);
            }
        }
        return held;
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
