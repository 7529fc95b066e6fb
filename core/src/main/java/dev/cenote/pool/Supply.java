package dev.cenote.pool;

import dev.cenote.protocols.ConnectFailure;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.events.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there are, and how many are opened.
 *
 * <p>Demand decides: one connection for each waiter for whom nothing is under way yet, at most {@code maxConnecting} at a
 * time, and what minSize lacks. Whoever waits takes whatever comes first, a returned connection or a new one; so many
 * callers on an empty pool open few connections where few serve them all.
 *
 * <p>After a failure one attempt is made at a time, with exponential backoff and jitter. An attempt that takes much longer
 * than is usual hangs: nobody counts on it any more, and another is made beside it, one at a time; so that a server that is
 * well again is found at once, whatever still hangs. Where that takes more places than there are, the oldest attempt loses
 * its own once it is a second old; should it succeed after all, it takes the place of one that still hangs, or is closed.
 *
 * <p>Used under the pool's lock; what is volatile is read elsewhere too.
 */
final class Supply<C extends Connection> {
    /** Shortest delay between failing attempts that serve no waiter but only fill up to minSize. */
    private static final long FILL_BACKOFF_NANOS = Duration.ofSeconds(5).toNanos();

    /** Least time after which an attempt counts as hanging. */
    private static final long LEAST_PATIENCE_NANOS = Duration.ofMillis(200).toNanos();

    /** Least time after which an attempt that hangs may lose its place. */
    private static final long LEAST_TENURE_NANOS = Duration.ofSeconds(1).toNanos();

    /** Of how many attempts, begun one after another, the last begins when the first is about to end. */
    private static final int PACE = 8;

    /** Most threads that may hang in the connector without a place of their own. */
    private static final int MOST_ABANDONED = 32;

    private final PoolCore<C> core;
    private final RandomGenerator random;
    private final Connects<C> connects;

    /** Those that have not ended, oldest first. */
    private final List<ConnectAttempt<C>> attempts = new ArrayList<>();

    private volatile int minSize;
    private volatile int maxSize;
    private volatile @Nullable Failure lastFailure;
    private int allocated;
    private int validating;
    private int closing;
    /** Threads within the connector's {@code open}, those of attempts that were given up too. */
    private int opening;

    private int failuresInARow;
    private long usualNanos;
    private long notBeforeNanos;
    private long lastBegunNanos;
    private boolean wakeScheduled;
    private long wakeAtNanos;
    private boolean shutDown;
    private long lastId;

    Supply(PoolCore<C> core, RandomGenerator random) {
        this.core = core;
        this.random = random;
        this.connects = new Connects<>(core, this);
        this.minSize = core.options.minSize();
        this.maxSize = core.options.maxSize();
    }

    int minSize() {
        return minSize;
    }

    int maxSize() {
        return maxSize;
    }

    /** Why connecting failed last, unless it has succeeded since. */
    @Nullable
    ConnectFailure lastFailure() {
        Failure failure = lastFailure;
        return failure == null
                ? null
                : new ConnectFailure(
                        failure.error(),
                        Duration.ofNanos(Math.max(0, core.clock.nanoTime() - failure.atNanos())),
                        failure.inARow());
    }

    /** Why connecting failed last, when, and for the how-manieth time. */
    private record Failure(Throwable error, long atNanos, int inARow) {}

    /**
     * For how long the oldest attempt has gone on; zero if there is none, or connections are open and it takes no longer
     * than usual: then it is merely under way. Under the lock.
     */
    Duration hanging() {
        long now = core.clock.nanoTime();
        long longest = 0;
        for (ConnectAttempt<C> attempt : attempts) {
            longest = Math.max(longest, now - attempt.startedNanos);
        }
        return isAnyOpen() && longest < patienceNanos() ? Duration.ZERO : Duration.ofNanos(longest);
    }

    void resize(int newMin, int newMax, After after) {
        minSize = newMin;
        maxSize = newMax;
        core.growTo(newMax);
        updateSurplus();
        core.dispatcher.dispatch(after);
    }

    private void updateSurplus() {
        core.queue.set(WaitQueue.SURPLUS, isSurplus());
    }

    boolean isSurplus() {
        return allocated - closing > maxSize;
    }

    boolean isAboveMin() {
        return allocated - closing > minSize;
    }

    /** True if somebody waits for whom nothing is under way. */
    boolean isShort() {
        int waiters = core.queue.size();
        return waiters > 0 && waiters > promising() + hopeful();
    }

    /** True if somebody waits for whom no validation is under way: that takes a round trip, and connecting several. */
    boolean mayValidate() {
        int waiters = core.queue.size();
        return waiters > 0 && waiters > promising();
    }

    /** Validations that take no longer yet than one should. */
    private int promising() {
        if (validating == 0) {
            return 0;
        }
        int promising = 0;
        long now = core.clock.nanoTime();
        for (Slot<C> slot : core.slots) {
            Slot.Task task = slot.task;
            if (task != null && task.kind == Slot.Kind.VALIDATE && now - task.begunNanos < LEAST_PATIENCE_NANOS) {
                promising++;
            }
        }
        return promising;
    }

    /** True if the keeper may validate one more: after a quiet night it must not ask for all at once. */
    boolean mayKeepAlive() {
        return validating < core.options.maxConnecting();
    }

    boolean isAnyHeld() {
        for (Slot<C> slot : core.slots) {
            long word = slot.word();
            if (SlotState.isHeld(word) || SlotState.state(word) == SlotState.RETURNING) {
                return true;
            }
        }
        return false;
    }

    boolean isAnyIdle() {
        for (Slot<C> slot : core.slots) {
            if (SlotState.isIdle(slot.word())) {
                return true;
            }
        }
        return false;
    }

    boolean isAnyClosing() {
        return closing > 0;
    }

    boolean isAnyOpen() {
        return allocated - closing > placed();
    }

    private int placed() {
        int placed = 0;
        for (ConnectAttempt<C> attempt : attempts) {
            placed += attempt.slot == null ? 0 : 1;
        }
        return placed;
    }

    /** Attempts that take no longer yet than is usual. */
    private int hopeful() {
        int hopeful = 0;
        if (!attempts.isEmpty()) {
            long now = core.clock.nanoTime();
            for (ConnectAttempt<C> attempt : attempts) {
                hopeful += isHopeful(attempt, now) ? 1 : 0;
            }
        }
        return hopeful;
    }

    private boolean isHopeful(ConnectAttempt<C> attempt, long now) {
        return attempt.slot != null && now - attempt.startedNanos < patienceNanos();
    }

    private long patienceNanos() {
        long usual = Math.max(LEAST_PATIENCE_NANOS, 2 * usualNanos);
        return Math.min(usual, core.timeouts.connect().toNanos());
    }

    // ---- the plan

    /** Begins to open what is needed and allowed now; what must wait for its backoff, later. */
    void plan(After after) {
        if (core.queue.is(WaitQueue.CLOSED)) {
            finishIfEmpty(after);
            return;
        }
        if (allocated >= maxSize && attempts.isEmpty()) {
            return;
        }
        while (!core.queue.is(WaitQueue.PAUSED) && isWanted() && mayBegin()) {
            Slot<C> slot = place();
            if (slot == null) {
                return;
            }
            begin(slot, null, after);
        }
    }

    private boolean isWanted() {
        return isShort() || allocated < maxSize && allocated - closing < minSize;
    }

    private boolean mayBegin() {
        if (opening - placed() >= MOST_ABANDONED) {
            return false;
        }
        int hopeful = hopeful();
        boolean ailing = failuresInARow > 0 || attempts.size() > hopeful;
        return hopeful < (ailing ? 1 : core.options.maxConnecting())
                && !mustWait()
                && !isCrowded(hopeful)
                && !(hopeful > 0 && mustPace());
    }

    /**
     * True if maxConnecting bars another attempt. One that hangs counts until its tenure is over, so that a server that is
     * merely slow sees no more at once than it should. As long as the last one hangs, they are spread over that time, so that
     * a server that is well again is not kept waiting for long; once it has not, nothing but that bound holds.
     */
    private boolean isCrowded(int hopeful) {
        int most = core.options.maxConnecting();
        int begun = attempts.size();
        if (begun == 0) {
            return false;
        }
        long now = core.clock.nanoTime();
        boolean lastHangs = hopeful == 0 && attempts.get(begun - 1).id == lastId;
        long at = lastHangs ? lastBegunNanos + tenureNanos() / most : now;
        if (begun >= most) {
            long tenure = attempts.get(begun - most).startedNanos + tenureNanos();
            at = tenure - at > 0 ? tenure : at;
        }
        if (at - now <= 0) {
            return false;
        }
        wakeAt(at, now);
        return true;
    }

    /**
     * True if it is too early to begin another attempt beside the last. While connections are in use, most of those who wait are served by
     * returns before a new connection is there: so the attempts begin one after another, and the queue may be gone by then.
     */
    private boolean mustPace() {
        long now = core.clock.nanoTime();
        long at = lastBegunNanos + usualNanos / PACE;
        if (usualNanos == 0 || !isAnyOpen() || at - now <= 0) {
            return false;
        }
        wakeAt(at, now);
        return true;
    }

    /** True if it is too early to connect again; then it also sees to it that somebody does in time. */
    private boolean mustWait() {
        if (failuresInARow == 0) {
            return false;
        }
        long now = core.clock.nanoTime();
        long at = core.queue.size() > 0 ? notBeforeNanos : notBeforeNanos + FILL_BACKOFF_NANOS;
        if (at - now <= 0) {
            return false;
        }
        wakeAt(at, now);
        return true;
    }

    private void wakeAt(long at, long now) {
        if (!wakeScheduled || at - wakeAtNanos < 0) {
            wakeScheduled = true;
            wakeAtNanos = at;
            core.threads.schedule(() -> wake(at), at - now);
        }
    }

    private void wake(long at) {
        core.dispatcher.locked(after -> {
            if (wakeAtNanos == at) {
                wakeScheduled = false;
            }
            core.dispatcher.dispatch(after);
        });
    }

    /** A place for a new connection: an empty slot while there is room, else that of the attempt that has hung longest. */
    private @Nullable Slot<C> place() {
        if (allocated < maxSize) {
            allocated++;
            return emptySlot();
        }
        long now = core.clock.nanoTime();
        for (ConnectAttempt<C> attempt : attempts) {
            Slot<C> slot = attempt.slot;
            if (slot != null) { // the oldest that has a place
                long until = attempt.startedNanos + tenureNanos();
                if (until - now > 0) {
                    wakeAt(until, now);
                    return null;
                }
                attempt.slot = null;
                return slot;
            }
        }
        return null;
    }

    private long tenureNanos() {
        return Math.max(LEAST_TENURE_NANOS, 2 * patienceNanos());
    }

    private Slot<C> emptySlot() {
        for (Slot<C> slot : core.slots) {
            if (slot.moveState(SlotState.EMPTY, SlotState.CONNECTING)) {
                return slot;
            }
        }
        throw new IllegalStateException("pool " + core.options.name() + " has room but no empty slot");
    }

    private void begin(Slot<C> slot, @Nullable Slot<C> expiring, After after) {
        long now = core.clock.nanoTime();
        long giveUp = now + core.care.giveUpAfterNanos(core.timeouts.connect());
        lastBegunNanos = now;
        var attempt = new ConnectAttempt<C>(++lastId, core.generation, now, giveUp);
        attempt.slot = slot;
        if (expiring != null) {
            attempt.expiring = expiring;
            attempt.expiringId = expiring.open().id;
        }
        attempts.add(attempt);
        attempt.patience =
                core.threads.schedule(() -> core.dispatcher.locked(core.dispatcher::dispatch), patienceNanos());
        connects.begin(attempt, after);
    }

    /** Opens a replacement for a connection that will expire, if there is room for both. */
    boolean replace(Slot<C> expiring, After after) {
        long word = expiring.word();
        boolean refusing = core.queue.is(WaitQueue.PAUSED | WaitQueue.CLOSED | WaitQueue.DRAINING);
        if (refusing
                || allocated >= maxSize
                || !SlotState.isHeldOrIdle(word)
                || SlotState.isDoomed(word)
                || !mayBegin()) {
            return false;
        }
        allocated++;
        begin(emptySlot(), expiring, after);
        return true;
    }

    // ---- what became of an attempt

    /** A thread enters the connector's {@code open}. */
    void openingBegun() {
        opening++;
    }

    /** A thread has left the connector's {@code open}. */
    void openingEnded() {
        opening--;
    }

    /** Notes that an attempt has ended; false if it had been given up before. */
    boolean ended(ConnectAttempt<C> attempt) {
        if (attempt.over) {
            return false;
        }
        attempt.over = true;
        attempts.remove(attempt);
        var patience = attempt.patience;
        if (patience != null) {
            patience.cancel(false);
        }
        return true;
    }

    /** Notes a success, and gives the place for the connection: its own or another's; null if there is none any more. */
    @Nullable
    Slot<C> succeeded(ConnectAttempt<C> attempt, long tookNanos) {
        failuresInARow = 0;
        lastFailure = null;
        usualNanos = usualNanos == 0 ? tookNanos : usualNanos + (tookNanos - usualNanos) / 4;
        if (attempt.slot != null) {
            return attempt.slot;
        }
        for (int i = attempts.size() - 1; i >= 0; i--) {
            Slot<C> slot = attempts.get(i).slot;
            if (slot != null && !isHopeful(attempts.get(i), core.clock.nanoTime())) {
                attempts.get(i).slot = null;
                return slot;
            }
        }
        if (allocated < maxSize && isWanted() && !core.queue.is(WaitQueue.CLOSED)) {
            allocated++;
            return emptySlot();
        }
        return null;
    }

    /** Gives up all attempts: their generation was cleared, and what they open would only be closed. */
    void abandonAttempts(After after) {
        for (ConnectAttempt<C> attempt : List.copyOf(attempts)) {
            connects.abandon(attempt, after);
        }
    }

    /** Notes a failure, after which the server asked to be left alone for {@code askedNanos}. */
    void failed(ConnectAttempt<C> attempt, Throwable failure, long askedNanos) {
        long backoffNanos = Math.max(askedNanos, nextBackoffNanos());
        lastFailure = new Failure(failure, core.clock.nanoTime(), failuresInARow);
        notBeforeNanos = core.clock.nanoTime() + backoffNanos;
        vacate(attempt);
    }

    /** Takes the place of an attempt that ended without a connection. */
    void vacate(ConnectAttempt<C> attempt) {
        Slot<C> expiring = attempt.expiring;
        if (expiring != null && isStill(expiring, attempt.expiringId)) {
            expiring.replacing = false; // to be asked for again
        }
        Slot<C> slot = attempt.slot;
        if (slot != null) {
            attempt.slot = null;
            free(slot);
        }
    }

    private long nextBackoffNanos() {
        long base = core.options.connectBackoffBase().toNanos();
        long cap = core.options.connectBackoffCap().toNanos();
        int doublings = Math.min(failuresInARow++, 30);
        long most = base > cap >> doublings ? cap : base << doublings;
        return most / 2 + (long) (most / 2.0 * random.nextDouble());
    }

    /** How long a connection may live that is opened now. */
    Member.Lifetime lifetime(long nowNanos) {
        long lifetime = core.options.maxLifetime().map(Duration::toNanos).orElse(Long.MAX_VALUE / 4);
        long shortened = lifetime - (long) (lifetime * core.options.lifetimeJitter() * random.nextDouble());
        long lead = Math.min(shortened / 10, core.timeouts.connect().toNanos());
        return new Member.Lifetime(nowNanos, shortened, shortened - lead);
    }

    /** Gives up attempts that hang past their time. By the keeper, without the lock. */
    void giveUpOverdue(long now) {
        var overdue = new ArrayList<ConnectAttempt<C>>();
        core.dispatcher.locked(after -> {
            for (ConnectAttempt<C> attempt : attempts) {
                if (now - attempt.giveUpNanos > 0) {
                    overdue.add(attempt);
                }
            }
        });
        overdue.forEach(connects::giveUp);
    }

    // ---- counts

    /** One that takes long is no longer counted on: then somebody must look again. */
    void validationBegun() {
        validating++;
        if (core.queue.size() > 0) {
            core.threads.schedule(() -> core.dispatcher.locked(core.dispatcher::dispatch), LEAST_PATIENCE_NANOS);
        }
    }

    void validationEnded() {
        validating--;
    }

    void closingBegun() {
        closing++;
        updateSurplus();
    }

    void closed(Slot<C> slot) {
        closing--;
        free(slot);
    }

    private void free(Slot<C> slot) {
        slot.member = null;
        slot.setState(SlotState.EMPTY);
        allocated--;
        updateSurplus();
    }

    private static boolean isStill(Slot<?> slot, long connectionId) {
        Member<?> member = slot.member;
        return member != null && member.id == connectionId;
    }

    /** Closes a connection whose replacement is there. */
    void retire(ConnectAttempt<C> attempt) {
        Slot<C> slot = attempt.expiring;
        if (slot == null || !attempt.serves) {
            return;
        }
        core.dispatcher.locked(after -> {
            long word = slot.word();
            if (!isStill(slot, attempt.expiringId)) {
                return;
            }
            if (slot.moveIdle(SlotState.CLOSING)) {
                core.care.condemn(slot, CloseReason.EXPIRED, after);
            } else {
                slot.doom(word, CloseReason.EXPIRED);
            }
        });
    }

    /** Once the pool is closed and its last connection gone: ends the connector and the threads. */
    private void finishIfEmpty(After after) {
        if (allocated == 0 && !shutDown) {
            shutDown = true;
            after.add(() -> core.threads.execute(core.care::shutdown));
            after.add(core::finish);
        }
    }
}
