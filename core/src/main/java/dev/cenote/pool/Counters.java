package dev.cenote.pool;

import dev.cenote.protocols.events.CloseReason;
import java.util.EnumMap;
import java.util.Map;
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
