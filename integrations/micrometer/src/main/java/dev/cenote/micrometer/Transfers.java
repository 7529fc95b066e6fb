package dev.cenote.micrometer;

import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.PoolStats;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a pool has distributions of, on its way into timers. Used by one thread at a time. */
final class Transfers {
    final Transfer waits = new Transfer();
    final Transfer uses = new Transfer();
    final Transfer connects = new Transfer();

    /** Carries what has come since the last time. */
    void carry(PoolStats stats) {
        waits.carry(stats.waits());
        uses.carry(stats.uses());
        connects.carry(stats.connects());
    }

    /** Carries one distribution into timers. */
    static final class Transfer {
        private final List<Timer> timers = new ArrayList<>(2);
        private final Share share = new Share();
        private Distribution carried = Distribution.empty();

        void into(@Nullable Timer timer) {
            if (timer != null) {
                timers.add(timer);
            }
        }

        void carry(Distribution now) {
            Distribution fresh = now.since(carried);
            carried = now;
            share.of(fresh, (nanos, times) -> timers.forEach(timer -> record(timer, nanos, times)));
        }

        private static void record(Timer timer, long nanos, long times) {
            for (long i = 0; i < times; i++) {
                timer.record(nanos, TimeUnit.NANOSECONDS);
            }
        }
    }
}
