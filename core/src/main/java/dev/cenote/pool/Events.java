package dev.cenote.pool;

import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Tells the listeners. Costs one read while there is none. */
final class Events {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final CopyOnWriteArrayList<PoolListener> listeners;

    Events(List<PoolListener> listeners) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    boolean isHeard() {
        return !listeners.isEmpty();
    }

    void add(PoolListener listener) {
        listeners.addIfAbsent(listener);
    }

    void remove(PoolListener listener) {
        listeners.remove(listener);
    }

    void emit(Supplier<? extends PoolEvent> event) {
        if (listeners.isEmpty()) {
            return;
        }
        PoolEvent made = event.get();
        for (PoolListener listener : listeners) {
            try {
                listener.onEvent(made);
            } catch (RuntimeException | LinkageError thrown) {
                LOG.log(System.Logger.Level.WARNING, "a listener of pool " + made.pool() + " threw", thrown);
            }
        }
    }
}
