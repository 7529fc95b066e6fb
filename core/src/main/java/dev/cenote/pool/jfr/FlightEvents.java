package dev.cenote.pool.jfr;

import dev.cenote.protocols.Holder;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Emits what a pool tells as events of Java Flight Recorder. Does next to nothing while nobody records. */
public final class FlightEvents implements PoolListener {
    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.ConnectionReady ready) {
            connect(ready.pool(), ready.connectionId(), ready.took(), null);
        } else if (event instanceof PoolEvent.ConnectionFailed failed) {
            connect(failed.pool(), failed.connectionId(), failed.took(), failed.error());
        } else if (event instanceof PoolEvent.ConnectionClosed closed) {
            close(closed);
        } else if (event instanceof PoolEvent.LeakDetected leak) {
            leak(leak.pool(), leak.holder());
        } else if (event instanceof PoolEvent.CircuitChanged changed) {
            circuit(changed);
        }
    }

    private static void connect(String pool, long connectionId, Duration took, @Nullable Throwable error) {
        var event = new ConnectEvent();
        if (event.shouldCommit()) {
            event.pool = pool;
            event.connectionId = connectionId;
            event.took = took.toNanos();
            event.succeeded = error == null;
            event.error = error == null ? null : CenoteException.describe(error);
            event.commit();
        }
    }

    private static void close(PoolEvent.ConnectionClosed closed) {
        var event = new CloseEvent();
        if (event.shouldCommit()) {
            event.pool = closed.pool();
            event.connectionId = closed.connectionId();
            event.reason = closed.reason().name();
            event.age = closed.age().toNanos();
            event.commit();
        }
    }

    private static void leak(String pool, Holder holder) {
        var event = new LeakEvent();
        if (event.shouldCommit()) {
            event.pool = pool;
            event.connectionId = holder.connectionId();
            event.holder = holder.thread();
            event.held = holder.age().toNanos();
            event.acquiredAt = holder.acquiredAt().stream()
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining("\n"));
            event.commit();
        }
    }

    private static void circuit(PoolEvent.CircuitChanged changed) {
        var event = new CircuitEvent();
        if (event.shouldCommit()) {
            event.pool = changed.pool();
            event.circuit = changed.circuit();
            event.from = changed.from().toString();
            event.to = changed.to().toString();
            event.reason = changed.reason();
            event.commit();
        }
    }

    @Override
    public boolean wantsAcquires() {
        return false;
    }

    /** So that an event stands at the time and on the thread of what it tells. */
    @Override
    public boolean isDirect() {
        return true;
    }
}
