package dev.cenote.pool;

import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Tells the listeners. Costs one read while there is none. */
final class Events {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final CopyOnWriteArrayList<PoolListener> listeners;
    private final Set<PoolListener> throwing = ConcurrentHashMap.newKeySet();

    /** Listeners that want acquires too; the rest is in {@link #listeners} only. */
    private final CopyOnWriteArrayList<PoolListener> acquireListeners = new CopyOnWriteArrayList<>();

    Events(List<PoolListener> listeners) {
        this.listeners = new CopyOnWriteArrayList<>();
        listeners.forEach(this::add);
    }

    /** True if somebody wants to be told of acquires and releases. */
    boolean isHeard() {
        return !acquireListeners.isEmpty();
    }

    void add(PoolListener listener) {
        if (listeners.addIfAbsent(listener) && listener.wantsAcquires()) {
            acquireListeners.add(listener);
        }
    }

    void remove(PoolListener listener) {
        listeners.remove(listener);
        acquireListeners.remove(listener);
        throwing.remove(listener);
    }

    /** True if this listener has thrown before. */
    private boolean thrown(PoolListener listener) {
        return !throwing.add(listener);
    }

    void emit(Supplier<? extends PoolEvent> event) {
        tell(listeners, event);
    }

    /** Tells of an acquire or a release. */
    void emitAcquire(Supplier<? extends PoolEvent> event) {
        tell(acquireListeners, event);
    }

    private void tell(List<PoolListener> audience, Supplier<? extends PoolEvent> event) {
        if (audience.isEmpty()) {
            return;
        }
        PoolEvent made = event.get();
        for (PoolListener listener : audience) {
            try {
                listener.onEvent(made);
            } catch (RuntimeException | LinkageError thrown) {
                // Told once: a listener that always throws would fill the log at the rate of the pool.
                var level = thrown(listener) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
                LOG.log(level, "a listener of pool " + made.pool() + " threw", thrown);
            }
        }
    }
}
