package dev.cenote.pool;

import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells the listeners. Costs one read while there is none. */
final class Events {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final CopyOnWriteArrayList<PoolListener> listeners;
    private final CopyOnWriteArrayList<Consumer<Throwable>> connectFailures = new CopyOnWriteArrayList<>();
    private final Set<PoolListener> throwing = ConcurrentHashMap.newKeySet();

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
        throwing.remove(listener);
    }

    void onConnectFailure(Consumer<Throwable> consumer) {
        connectFailures.add(consumer);
    }

    void connectFailed(PoolEvent.ConnectionFailed event) {
        for (Consumer<Throwable> consumer : connectFailures) {
            try {
                consumer.accept(event.error());
            } catch (RuntimeException | LinkageError thrown) {
                LOG.log(System.Logger.Level.WARNING, "a consumer of pool " + event.pool() + " threw", thrown);
            }
        }
        emit(() -> event);
    }

    /** True if this listener has thrown before. */
    private boolean thrown(PoolListener listener) {
        return !throwing.add(listener);
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
                // Told once: a listener that always throws would fill the log at the rate of the pool.
                var level = thrown(listener) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
                LOG.log(level, "a listener of pool " + made.pool() + " threw", thrown);
            }
        }
    }
}
