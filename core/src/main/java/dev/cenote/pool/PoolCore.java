package dev.cenote.pool;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Timeouts;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The heart of the engine, and its fast path: {@link #takeIdle} and {@link #giveBack}.
 *
 * <h2>States</h2>
 *
 * A pool has maxSize slots. All that is true of a slot (whether a connection is there, who may touch it, whether it must be
 * closed on return, the how-manieth lease this is) stands in one word; {@link SlotState} has the table of its moves. A lease
 * is a slot and the word of its turn. So an acquire is one compare-and-set, idle to leased; a release is one, leased to
 * idle; closing twice, closing from two threads and using a lease after its end fail that same compare-and-set, and
 * nothing else has to be remembered.
 *
 * <h2>The fast path</h2>
 *
 * Look at a gate, take the slot where this thread was last successful, move its word. No lock, no precise clock, and one
 * allocation, the lease. Where to look first is a hint, kept for each of 64 stripes of thread ids: racing or wrong values
 * cost a longer scan, never correctness, and unlike a ThreadLocal it costs nothing for a million virtual threads.
 *
 * <p>What else an acquire or a release could have to do (a connection to be validated, to be replaced, of an older
 * generation; a listener to be told; a smaller pool; a closed one) is put into the slot's word or into a gate by whoever
 * knows of it, so that the fast path need not ask: it fails, and the slower path looks why. {@code clear} marks the words of
 * the leases of the old generation; the keeper marks idle slots as unproven.
 *
 * <h2>Waiting</h2>
 *
 * All else (waiting, connecting, validating, closing, changing the pool's state) goes through one lock, in {@link
 * Dispatcher}. Nothing that blocks, and no code of a user or a driver, runs under it.
 *
 * <p>A caller that finds no connection queues, which closes the exit, then looks again. A release moves its slot to idle,
 * then looks at the exit. The word and the gates are volatile, and volatile accesses have one order that all threads agree
 * on: if the release saw an open exit, its slot was idle before the waiter queued, and the waiter finds it. No wake-up is
 * lost. The same pair of looks guards close, resize and drain.
 *
 * <p>Nobody spins or yields: threads park, futures wait without a thread. A waiter's outcome is one word ({@link Waiter}),
 * so that a hand-off cannot race with a time-out, an interrupt or a cancel: if the caller has gone, the slot goes to the
 * next.
 *
 * <h2>Order</h2>
 *
 * A released connection goes to the waiter that came first, without ever being idle, and newcomers queue behind. That keeps
 * the longest wait near the ideal and costs one wake-up for each use. Where uses are shorter than a wake-up ({@link Usage}
 * measures), a release makes its slot idle, wakes one waiter to compete for it, and no second before the first has looked;
 * newcomers may pass. A waiter that was woken in vain three times is owed the next connection.
 *
 * <h2>Time</h2>
 *
 * {@link #coarseNanos} is wound by the keeper. Ages, idle times and leak thresholds need no more.
 *
 * <h2>Tried and rejected</h2>
 *
 * In operations a millisecond, on two shared cores; more in docs/decisions/0004 and 0005.
 *
 * <ul>
 *   <li>A lease with a word of its own to end once, its reference in the slot, counters of acquires, and checks of generation
 *       and idleness on each: 37,034 with one thread and 61,299 with eight, where this has 76,881 and 135,139.
 *   <li>Always in order, 32 threads on 8 connections that they do not use: 203, where this has 67,617.
 *   <li>Always passing, 64 threads on 10 connections with a use of 100 µs: a longest wait of 17.9 ms, where this has 3.3.
 * </ul>
 */
final class PoolCore<C extends Connection> {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    /** However long an overloaded server asks to be left alone, it is asked again after so long. */
    private static final Duration LONGEST_PUSH_BACK = Duration.ofMinutes(1);

    /** Of how many leases that did not have to wait the use of one is measured, while somebody wants that. */
    static final int SAMPLE = 32;

    private static final int STRIPES = 64;
    /** Two cache lines of ints. */
    private static final int STRIDE = 32;

    final PoolOptions options;
    final Connector<C> connector;
    private final Classifier classifier;
    final TimeSource clock;
    final PoolThreads threads;
    final Events events;
    final Counters counters = new Counters();
    final WaitQueue<C> queue = new WaitQueue<>();
    final Gates gates = queue.gates;
    final Dispatcher<C> dispatcher;
    final Supply<C> supply;
    final Care<C> care;
    final Returns<C> returns;
    final Diagnosis<C> diagnosis;
    final Hooks hooks;
    final Sites sites;

    /** The slots; only ever replaced by a longer array that begins with the same ones. */
    volatile Slot<C>[] slots;

    volatile long generation;
    volatile long coarseNanos;
    volatile Timeouts timeouts;

    /**
     * Bits of which one at least is set in the word of a lease whose use is not measured. While nobody wants uses measured it
     * is a bit that each lease has, so that this costs no branch of its own.
     */
    private long unmeasured = SlotState.LEASED;

    /** False if no slot is UNPROVEN. Set after a slot is made so; cleared, under the lock, before they are looked through. */
    volatile boolean anyUnproven;

    private volatile @Nullable Future<?> upkeep;
    private final int[] hints = new int[(STRIPES + 1) * STRIDE];

    PoolCore(PoolOptions options, Connector<C> connector, Classifier classifier, PoolRuntime runtime) {
        this.options = options;
        this.connector = connector;
        this.classifier = classifier;
        this.clock = runtime.clock();
        this.threads = new PoolThreads(options.name(), runtime);
        this.events = new Events(threads);
        this.hooks = new Hooks(options.name(), options.hooks());
        this.sites = new Sites(options.acquireSites());
        this.timeouts = options.timeouts();
        this.coarseNanos = clock.nanoTime();
        this.slots = newSlots(0, options.maxSize());
        this.dispatcher = new Dispatcher<>(this);
        this.supply = new Supply<>(this, runtime.random());
        this.care = new Care<>(this);
        this.returns = new Returns<>(this);
        this.diagnosis = new Diagnosis<>(this);
    }

    /** Sees to it that the slower path is taken while somebody watches acquires and releases. Under the lock. */
    void updateWatched() {
        queue.set(WaitQueue.WATCHED, events.areAcquiresHeard() || hooks.areThere() || sites.areWanted());
        unmeasured = events.areUseTimesWanted() ? SlotState.turns(SAMPLE - 1) : SlotState.LEASED;
    }

    void start(Keeper<C> keeper) {
        upkeep = threads.scheduleRepeatedly(keeper, options.keeperInterval().toNanos());
        dispatcher.locked(dispatcher::dispatch);
    }

    /** Ends the threads. Only once nothing is left to look after. */
    void finish() {
        Future<?> running = upkeep;
        if (running != null) {
            running.cancel(false);
        }
        threads.shutdown();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of a generic class can be made no other way
    private Slot<C>[] newSlots(int from, int size) {
        Slot<C>[] made = new Slot[size];
        for (int i = from; i < size; i++) {
            made[i] = new Slot<>(this);
        }
        return made;
    }

    /** Makes room for {@code size} connections. Under the lock. */
    void growTo(int size) {
        Slot<C>[] old = slots;
        if (size > old.length) {
            Slot<C>[] longer = newSlots(old.length, size);
            System.arraycopy(old, 0, longer, 0, old.length);
            slots = longer;
        }
    }

    // ---- the fast path

    /** Leases an idle connection; null when there is none to be had at once, or something bars the fast path. */
    @Nullable
    LeaseHandle<C> takeIdle() {
        return gates.entrance == 0 ? search(0) : null;
    }

    /** Leases whichever idle connection it finds first, from where this thread found one last; null if there is none. */
    @Nullable
    LeaseHandle<C> search(int mark) {
        Slot<C>[] all = slots;
        int hint = hint();
        int hinted = hints[hint]; // read once: another thread may have seen a longer array, and write here
        int first = hinted < all.length ? hinted : 0;
        int at = first;
        do {
            Slot<C> slot = all[at];
            long word = slot.word();
            if (SlotState.state(word) == SlotState.IDLE) {
                long lease = SlotState.nextLease(word);
                int marks = (lease & unmeasured) == 0 ? mark | SlotState.SAMPLED : mark;
                if (slot.move(word, lease | marks)) {
                    if (at != first) {
                        hints[hint] = at;
                    }
                    if (marks == SlotState.SAMPLED) {
                        slot.measuredFromNanos = clock.nanoTime();
                    }
                    return lease(slot, lease, Thread.currentThread());
                }
            }
            at = at + 1 == all.length ? 0 : at + 1;
        } while (at != first);
        return null;
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static int hint() {
        return ((int) Thread.currentThread().getId() & (STRIPES - 1)) * STRIDE;
    }

    /** The handle on a turn that has just begun. */
    LeaseHandle<C> lease(Slot<C> slot, long lease, Thread holder) {
        slot.leasedNanos = coarseNanos;
        if (slot.holder != holder) {
            slot.holder = holder;
        }
        return new LeaseHandle<>(slot.open(), lease);
    }

    /** Takes a clean connection back; false if that is not so simple, or not this lease's to do. */
    boolean giveBack(Member<C> member, long lease) {
        Slot<C> slot = member.slot();
        long word = slot.word();
        if (gates.exit != 0
                || word != lease && word != (lease | SlotState.SAMPLED)
                || care.needsReset(member.connection)) {
            return false;
        }
        long usedNanos = word == lease ? 0 : clock.nanoTime() - slot.measuredFromNanos;
        slot.lastUsedNanos = coarseNanos;
        if (!slot.move(word, SlotState.in(SlotState.IDLE, lease))) {
            return false;
        }
        if (word != lease) {
            counters.uses.record(usedNanos, SAMPLE);
        }
        if (gates.exit != 0) {
            dispatcher.afterRelease();
        }
        return true;
    }

    // ---- for all parts

    /** When an operation that begins now must end that must end by {@code deadline}. */
    Deadline operationLimit(Deadline deadline) {
        Deadline limit = deadline.earlier(Deadline.current());
        Duration operation = timeouts.operation();
        // The clock is what this path costs most: it is read once where the caller has a deadline.
        return limit.isLimited() ? limit.within(operation) : Deadline.after(operation, clock);
    }

    /** The classifier's verdict; the careful one if it throws, since a user may have written it. */
    Verdict classify(Throwable failure, Phase phase) {
        try {
            return Objects.requireNonNull(classifier.classify(failure, phase), "verdict");
        } catch (Throwable broken) {
            LOG.log(System.Logger.Level.WARNING, "the classifier of pool " + options.name() + " threw", broken);
            CallFate call = switch (phase) {
                case CONNECT, VALIDATE -> CallFate.NOT_EXECUTED;
                case COMMIT -> CallFate.COMMIT_UNKNOWN;
                case EXECUTE, RESET -> CallFate.UNKNOWN;
            };
            return new Verdict(ConnectionFate.EVICT, call);
        }
    }

    /** What users call an error; nothing if the classifier throws, since a user may have written it. */
    List<String> codes(Throwable failure) {
        try {
            return classifier.codes(failure);
        } catch (Throwable broken) {
            LOG.log(System.Logger.Level.WARNING, "the classifier of pool " + options.name() + " threw", broken);
            return List.of();
        }
    }

    /** How long an overloaded server asked to be left alone, if it did. */
    Optional<Duration> pushBack(Throwable failure) {
        try {
            return classifier
                    .pushBack(failure)
                    .map(asked -> asked.compareTo(LONGEST_PUSH_BACK) < 0 ? asked : LONGEST_PUSH_BACK);
        } catch (Throwable broken) { // a user may have written it
            LOG.log(System.Logger.Level.WARNING, "the classifier of pool " + options.name() + " threw", broken);
            return Optional.empty();
        }
    }
}
