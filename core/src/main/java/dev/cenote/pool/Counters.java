package dev.cenote.pool;

import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.events.CloseReason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What happens rarely enough to be counted in one place; acquires and releases are counted in the slots. */
final class Counters {
    final LongAdder timedOut = new LongAdder();
    /** Turned away because they had waited for too long in a standing queue. */
    final LongAdder shed = new LongAdder();
    /** Turned away because the queue was full. */
    final LongAdder refused = new LongAdder();

    final LongAdder created = new LongAdder();
    final LongAdder connectFailures = new LongAdder();
    final LongAdder validationFailures = new LongAdder();
    final LongAdder leaks = new LongAdder();
    final LongAdder slowUses = new LongAdder();
    /** Of acquires that had to wait and got a connection. */
    final Histogram waits = new Histogram();
    /** Of leases: of those that had to wait, and of some others while somebody wants that. */
    final Histogram uses = new Histogram();
    /** Of connects that succeeded. */
    final Histogram connects = new Histogram();

    private final Map<Verdict, LongAdder> failures = new ConcurrentHashMap<>();
    private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);

    Counters() {
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, new LongAdder());
        }
    }

    void closed(CloseReason reason) {
        LongAdder counter = closed.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    /** An operation failed. */
    void failed(Verdict verdict) {
        failures.computeIfAbsent(verdict, unseen -> new LongAdder()).increment();
    }

    /** Operations that failed, by each verdict there was. */
    Map<Verdict, Long> failures() {
        var counts = new HashMap<Verdict, Long>();
        failures.forEach((verdict, counter) -> counts.put(verdict, counter.sum()));
        return counts;
    }

    /** Connections closed, by each reason there was. */
    Map<CloseReason, Long> closed() {
        var counts = new EnumMap<CloseReason, Long>(CloseReason.class);
        closed.forEach((reason, counter) -> {
            if (counter.sum() > 0) {
                counts.put(reason, counter.sum());
            }
        });
        return counts;
    }
}
