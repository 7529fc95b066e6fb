package dev.cenote.micrometer;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.micrometer.PoolMetrics.Options;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One pool in one registry. The meters read its snapshot; whoever finds that too old takes another, and carries on the
 * distributions with it.
 */
final class BoundPool {
    private static final System.Logger LOG = System.getLogger("dev.cenote.micrometer");
    /** A scrape reads a hundred meters; they shall agree, and cost one snapshot. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Object BINDING = new Object();

    private final Pool<?> pool;
    private final Clock clock;
    private final Registrar registrar;
    private final Transfers transfers = new Transfers();
    private final @Nullable OperationDurations operations;
    private final PoolListener listener = new Listener();
    private final Runnable tick = this::tick;
    private final ReentrantLock taking = new ReentrantLock();
    private final AtomicBoolean isFailing = new AtomicBoolean();
    private volatile Snapshot snapshot;
    private volatile boolean isClosed;

    private BoundPool(Pool<?> pool, Options options, MeterRegistry registry) {
        this.pool = pool;
        this.clock = registry.config().clock();
        this.snapshot = Snapshot.of(pool, clock.monotonicTime());
        this.registrar = new Registrar(registry, options.tags(), this);
        this.operations = options.operations() && pool instanceof ResilientPool<?>
                ? new OperationDurations(pool, registrar, clock)
                : null;
    }

    /** One at a time, so that two of one name cannot both find their names free. */
    static BoundPool bind(Pool<?> pool, Options options, MeterRegistry registry) {
        synchronized (BINDING) {
            DatabaseMeters.refuseTwice(pool.name(), options.tags(), registry);
            var bound = new BoundPool(pool, options, registry);
            bound.begin(options);
            return bound;
        }
    }

    private void begin(Options options) {
        try {
            register(options);
            pool.addListener(listener);
            if (operations != null && pool instanceof ResilientPool<?> resilient) {
                resilient.addObserver(operations);
            }
            Ticker.add(tick);
            flush();
        } catch (RuntimeException refused) { // by a registry or a filter of the user's
            close();
            throw refused;
        }
        if (isClosed || pool.stats().state() == PoolState.CLOSED) { // meanwhile, or before anybody could say so
            close();
        }
    }

    /** A scrape that comes meanwhile reads the snapshot, and leaves the timers alone. */
    private void register(Options options) {
        String name = pool.name();
        taking.lock();
        try {
            DatabaseMeters.register(registrar, name, transfers);
            CenoteMeters.register(registrar, name, snapshot.stats());
            if (options.hikariNames()) {
                FamiliarMeters.registerHikari(registrar, name, transfers);
            }
            if (options.bootNames()) {
                FamiliarMeters.registerBoot(registrar, name);
            }
        } finally {
            taking.unlock();
        }
    }

    /** The figures, taken lately. Never blocks: while another takes them, those from before. */
    Snapshot current() {
        Snapshot seen = snapshot;
        if (clock.monotonicTime() - seen.takenNanos() >= FRESH_NANOS && taking.tryLock()) {
            try {
                return take();
            } finally {
                taking.unlock();
            }
        }
        return seen;
    }

    /** Takes the figures now. */
    void flush() {
        taking.lock();
        try {
            take();
        } finally {
            taking.unlock();
        }
    }

    private Snapshot take() {
        Snapshot taken = Snapshot.of(pool, clock.monotonicTime());
        snapshot = taken;
        transfers.carry(taken.stats());
        return taken;
    }

    private void tick() {
        try {
            flush();
        } catch (RuntimeException broken) { // a registry's or a filter's; it would end the ticks
            if (isFailing.compareAndSet(false, true)) {
                LOG.log(System.Logger.Level.WARNING, "cannot take the figures of pool " + pool.name(), broken);
            }
        }
    }

    /** Harmless when repeated, which it must be: whoever begins and finds it closed meanwhile does so again. */
    void close() {
        isClosed = true;
        Ticker.remove(tick);
        pool.removeListener(listener);
        if (operations != null && pool instanceof ResilientPool<?> resilient) {
            resilient.removeObserver(operations);
        }
        registrar.close();
    }

    /**
     * What the meters read.
     *
     * @param suspects why callers are thought to wait, while they do
     */
    record Snapshot(PoolStats stats, Health.Status health, Set<Suspicion.Cause> suspects, long takenNanos) {
        /** A report looks at all connections under the pool's lock: only while somebody waits does it say more. */
        static Snapshot of(Pool<?> pool, long nanos) {
            PoolStats stats = pool.stats();
            Set<Suspicion.Cause> suspects = stats.waiters() == 0
                    ? Set.of()
                    : pool.report().suspicions().stream().map(Suspicion::cause).collect(Collectors.toUnmodifiableSet());
            return new Snapshot(stats, pool.health().status(), suspects, nanos);
        }
    }

    /** Asks the pool to measure uses, and hears of its end. */
    private final class Listener implements PoolListener {
        @Override
        public void onEvent(PoolEvent event) {
            // and not the pool of a node, which leaves its cluster
            if (event instanceof PoolEvent.PoolClosed closed && closed.pool().equals(pool.name())) {
                close();
            }
        }

        @Override
        public boolean wantsAcquires() {
            return false;
        }

        @Override
        public boolean wantsUseTimes() {
            return true;
        }

        /** A pool of the same name may follow at once. */
        @Override
        public boolean isDirect() {
            return true;
        }
    }
}
