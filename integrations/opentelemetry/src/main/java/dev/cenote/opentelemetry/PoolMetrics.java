package dev.cenote.opentelemetry;

import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one pool. The pool counts by itself; this reads its figures each second and at each collection, and so costs
 * an acquire nothing, but that one of 32 reads the clock for how long it is held.
 */
final class PoolMetrics {
    private static final System.Logger LOG = System.getLogger("dev.cenote.opentelemetry");

    private final Instruments instruments;
    private final Pool<?> pool;
    private final Attributes attributes;
    private final PoolListener listener = new UseTimes();
    private final Future<?> ticking;
    private @Nullable BatchCallback collecting;
    private PoolStats carried;
    private boolean closed;

    PoolMetrics(Instruments instruments, Pool<?> pool, ScheduledExecutorService ticker) {
        this.instruments = instruments;
        this.pool = pool;
        this.attributes = Attributes.of(Conventions.POOL, pool.name());
        this.carried = pool.stats();
        pool.addListener(listener);
        this.ticking = ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** From now on, collections read the pool; {@code over} is called once it has nothing more to say. */
    synchronized void begin(Runnable over) {
        collecting = instruments.atCollection(() -> {
            if (isOver(collect())) {
                over.run();
            }
        });
    }

    private void tick() {
        try {
            PoolStats now = carry();
            if (isOver(now)) {
                ticking.cancel(false);
            }
        } catch (RuntimeException broken) { // or there would be no next tick
            LOG.log(System.Logger.Level.WARNING, "the metrics of pool " + pool.name() + " were not recorded", broken);
        }
    }

    private synchronized PoolStats collect() {
        PoolStats now = carry();
        if (!closed) {
            instruments.read(Snapshot.of(pool, now), attributes);
        }
        return now;
    }

    /** A pool that is closed and empty has nothing more to say: once that was collected, nobody needs to remember it. */
    private static boolean isOver(PoolStats stats) {
        return stats.state() == PoolState.CLOSED && stats.size() == 0;
    }

    /** Carries what was measured since the last time into the histograms. */
    private synchronized PoolStats carry() {
        PoolStats now = pool.stats();
        if (!closed) {
            instruments.record(carried, now, attributes);
            carried = now;
        }
        return now;
    }

    void close() {
        BatchCallback callback;
        synchronized (this) {
            carry();
            closed = true;
            callback = collecting;
            collecting = null;
        }
        ticking.cancel(false);
        pool.removeListener(listener);
        if (callback != null) {
            callback.close();
        }
    }

    /** Wants nothing but that the pool measures how long leases are held. */
    private static final class UseTimes implements PoolListener {
        @Override
        public void onEvent(PoolEvent event) {}

        @Override
        public boolean wantsAcquires() {
            return false;
        }

        @Override
        public boolean wantsUseTimes() {
            return true;
        }

        /** So that no event is queued for it. */
        @Override
        public boolean isDirect() {
            return true;
        }
    }
}
