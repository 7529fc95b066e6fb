package dev.cenote.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.PolicyStats.CircuitStats;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.WaitingCaller;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one pool: hears its events, takes a sample each second, and keeps the last minutes. All it keeps is bounded, so
 * that a pool that tells much costs what one that tells little does. The pool's thread only appends to a queue; all else is
 * done on the dashboard's.
 */
final class Watch implements PoolListener {
    /** Ten minutes of samples. */
    static final int HISTORY = 600;

    /** What is sent on at a time; at four times a second it lets 1,000 events a second through. */
    private static final int MOST_PENDING = 400;

    private static final int MOST_NOTABLE = 200;

    private final String name;
    private final Pool<?> pool;
    private final boolean acquireEvents;

    private final ArrayDeque<Heard> fine = new ArrayDeque<>();
    private final ArrayDeque<Heard> weighty = new ArrayDeque<>();
    private final List<Told> own = new ArrayList<>();
    private final ArrayDeque<Told> notable = new ArrayDeque<>();
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private long missed;
    private long number;
    private @Nullable CircuitState worst;

    private @Nullable PoolStats before;
    private long beforeNanos;

    Watch(String name, Pool<?> pool, boolean acquireEvents) {
        this.name = name;
        this.pool = pool;
        this.acquireEvents = acquireEvents;
        pool.addListener(this);
    }

    Pool<?> pool() {
        return pool;
    }

    // ---- events

    @Override
    public boolean wantsAcquires() {
        return acquireEvents;
    }

    @Override
    public boolean wantsUseTimes() {
        return true;
    }

    @Override
    public synchronized void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.CircuitChanged change) {
            note(change.from());
            note(change.to());
        }
        // Apart, so that a flood of acquires never washes away what matters more.
        ArrayDeque<Heard> queue = Told.level(event) == Told.Level.FINE ? fine : weighty;
        if (queue.size() == MOST_PENDING) {
            queue.removeFirst();
            missed++;
        }
        queue.addLast(new Heard(number++, System.currentTimeMillis(), event));
    }

    /** An event as it came; put into words later, on another thread than the pool's. */
    private record Heard(long number, long atMillis, PoolEvent event) {}

    private static <T> void keep(ArrayDeque<T> queue, T item, int most) {
        if (queue.size() == most) {
            queue.removeFirst();
        }
        queue.addLast(item);
    }

    private void note(CircuitState state) {
        if (worst == null || gravity(state) > gravity(worst)) {
            worst = state;
        }
    }

    private static int gravity(CircuitState state) {
        return switch (state) {
            case CLOSED -> 0;
            case FORCED_CLOSED -> 1;
            case HALF_OPEN -> 2;
            case OPEN -> 3;
            case FORCED_OPEN -> 4;
        };
    }

    /** What was told since the last call; empty if nothing was. */
    Optional<ObjectNode> takeEvents() {
        var heard = new ArrayList<Heard>();
        ObjectNode batch = Json.object().put("name", name);
        synchronized (this) {
            heard.addAll(fine);
            heard.addAll(weighty);
            fine.clear();
            weighty.clear();
            batch.put("missed", missed);
            missed = 0;
        }
        heard.sort(Comparator.comparingLong(Heard::number));
        var told = new ArrayList<Told>();
        heard.forEach(each -> told.add(Told.of(each.atMillis(), each.event())));
        synchronized (this) {
            told.addAll(own);
            own.clear();
            told.stream()
                    .filter(line -> line.level() != Told.Level.FINE)
                    .forEach(line -> keep(notable, line, MOST_NOTABLE));
        }
        batch.set("events", Json.array(told, Told::json));
        return told.isEmpty() ? Optional.empty() : Optional.of(batch);
    }

    // ---- samples

    /** Takes a sample of the second that ends now. The first call only begins one. */
    void sample() {
        PoolStats stats = pool.stats();
        long now = System.nanoTime();
        PoolStats last = before;
        if (last != null && now > beforeNanos) {
            double seconds = (now - beforeNanos) / 1e9;
            var sizes = Sample.Sizes.of(stats, longestWait(stats));
            var end = new Sample.Moment(sizes, circuit(stats), pool.health().status());
            add(Sample.between(last, stats, seconds, end));
        }
        before = stats;
        beforeNanos = now;
    }

    /** Waits are counted when they end: while nobody gets a connection, only this tells how long it has been. */
    private Optional<Duration> longestWait(PoolStats stats) {
        return stats.waiters() == 0
                ? Optional.empty()
                : pool.report().waiters().stream().findFirst().map(WaitingCaller::waited);
    }

    private synchronized void add(Sample sample) {
        keep(samples, sample, HISTORY);
        Sample.Deltas deltas = sample.deltas();
        if (!acquireEvents && deltas.timedOut() + deltas.turnedAway() > 0) {
            own.add(Told.failedAcquires(sample.atMillis(), pool.name(), deltas));
        }
    }

    private synchronized Optional<CircuitState> circuit(PoolStats stats) {
        Optional<CircuitState> now = stats.policies().circuit().map(CircuitStats::state);
        now.ifPresent(this::note);
        Optional<CircuitState> seen = Optional.ofNullable(worst);
        worst = now.orElse(null);
        return seen;
    }

    private synchronized Optional<Sample> lastSample() {
        return Optional.ofNullable(samples.peekLast());
    }

    // ---- what is told

    /** The pool as it is, with the last second's sample. */
    ObjectNode snapshot() {
        PoolReport report = pool.report();
        ObjectNode node = Json.snapshot(name, report, pool.slots(), pool.database());
        lastSample().ifPresent(sample -> node.set("sample", sample.json()));
        return node;
    }

    /** The last minutes. */
    ObjectNode history() {
        List<Sample> kept;
        List<Told> told;
        synchronized (this) {
            kept = new ArrayList<>(samples);
            told = new ArrayList<>(notable);
        }
        ObjectNode node = Json.object().put("name", name);
        node.set("samples", Json.array(kept, Sample::json));
        node.set("events", Json.array(told, Told::json));
        return node;
    }

    /** Lets go of the pool. */
    void end() {
        pool.removeListener(this);
    }
}
