package dev.cenote.pool;

import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What waits for one listener. It is told on a worker, one event after another; so one that blocks holds up nobody else,
 * and once too much waits for it, it misses events instead of filling the memory.
 */
final class Mailbox {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");
    private static final int CAPACITY = 65_536;

    final PoolListener listener;
    final boolean isDirect;
    final boolean wantsUseTimes;
    private final PoolThreads threads;
    private final ConcurrentLinkedQueue<PoolEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean throwing = new AtomicBoolean();
    private final AtomicBoolean missing = new AtomicBoolean();

    Mailbox(PoolListener listener, PoolThreads threads) {
        this.listener = listener;
        this.isDirect = listener.isDirect();
        this.wantsUseTimes = listener.wantsUseTimes();
        this.threads = threads;
    }

    /** Never blocks and runs nothing. True if {@link #deliver} must be begun, which the caller sees to. */
    boolean post(PoolEvent event) {
        if (count.get() >= CAPACITY) {
            if (missing.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a listener of pool {0} does not keep up: it misses events",
                        event.pool());
            }
            return false;
        }
        waiting.add(event);
        return count.getAndIncrement() == 0;
    }

    /** Begins to tell what waits, on a worker. */
    void deliver() {
        threads.execute(this::tellAll);
    }

    private void tellAll() {
        do {
            PoolEvent event = waiting.poll();
            if (event != null) {
                tell(event);
            }
        } while (count.decrementAndGet() > 0);
        missing.set(false);
    }

    /** Tells it now, on this thread. */
    void tell(PoolEvent event) {
        try {
            listener.onEvent(event);
        } catch (Throwable thrown) {
            // Told once: a listener that always throws would fill the log at the rate of the pool.
            var level = throwing.getAndSet(true) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
            LOG.log(level, "a listener of pool " + event.pool() + " threw", thrown);
        }
    }
}
