package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.CircuitTransition;
import dev.cenote.circuit.Permit;
import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Timeouts;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an open circuit means for its pool: nobody may wait for a connection, and the pool itself probes the server, so that
 * no caller has to. Several pools may have the same circuit; whichever is first takes the probe.
 */
final class Prober {
    /** How soon to look again where another pool probes, or this one could not. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Circuit circuit;
    private final PoolEngine<?> engine;
    private final TimeSource clock;
    private final Consumer<CircuitTransition> listener = this::changed;

    /** True if the circuit leaves the probing to pools. */
    private volatile boolean follows;

    private boolean closed;
    private boolean suspended;
    private @Nullable Future<?> timer;
    private @Nullable CompletableFuture<Void> running;

    Prober(Circuit circuit, PoolEngine<?> engine, TimeSource clock) {
        this.circuit = circuit;
        this.engine = engine;
        this.clock = clock;
    }

    /** Begins to follow the circuit, if that leaves the probing to pools. */
    void begin() {
        follows = circuit.attach(listener);
        if (follows) {
            look();
        }
    }

    /** No longer follows the circuit. */
    void end() {
        circuit.detach(listener);
        Future<?> probe;
        synchronized (this) {
            closed = true;
            cancelTimer();
            probe = running;
        }
        cancel(probe);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private static void cancel(@Nullable Future<?> probe) {
        if (probe != null) {
            probe.cancel(false);
        }
    }

    private void changed(CircuitTransition transition) {
        engine.tell(new PoolEvent.CircuitChanged(
                engine.name(), transition.circuit(), transition.from(), transition.to(), transition.reason()));
        if (follows) {
            look();
        }
    }

    /** Does what the circuit's state asks for; of the transitions that led to it, none can be missed or come too late. */
    private void look() {
        cancel(follow());
    }

    /** Gives the probe that has become pointless: its cancel tells others, and so happens without the monitor. */
    private synchronized @Nullable Future<?> follow() {
        CircuitState state = circuit.state();
        if (closed) {
            return null;
        }
        if (state.isClosed()) {
            if (suspended) {
                suspended = false;
                cancelTimer();
                engine.resume();
            }
            return null;
        }
        if (!suspended || state == CircuitState.OPEN) {
            suspended = true;
            engine.suspend(this::refusal);
        }
        if (state != CircuitState.FORCED_OPEN) {
            probeIn(state == CircuitState.OPEN ? Duration.ZERO : LOOK_AGAIN);
        }
        return state == CircuitState.HALF_OPEN ? null : running;
    }

    private RuntimeException refusal() {
        try {
            circuit.acquire().ignored();
            return new CircuitOpenException(circuit.name(), "open", Duration.ZERO); // it has closed meanwhile
        } catch (CircuitOpenException open) {
            return open;
        }
    }

    private synchronized void probeIn(Duration delay) {
        if (closed) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timer = engine.schedule(this::probe, delay);
    }

    private void probe() {
        synchronized (this) {
            if (closed || circuit.state().isClosed()) {
                return;
            }
            if (running != null && !running.isDone()) {
                probeIn(LOOK_AGAIN);
                return;
            }
        }
        Permit permit;
        try {
            permit = circuit.acquireProbe();
        } catch (CircuitOpenException early) {
            early.retryAfter().ifPresent(wait -> probeIn(wait.isZero() ? LOOK_AGAIN : wait));
            return;
        }
        Timeouts timeouts = engine.timeouts();
        CompletableFuture<Void> probe =
                engine.probe(Deadline.after(timeouts.connect().plus(timeouts.validate()), clock));
        synchronized (this) {
            running = probe;
        }
        probe.whenComplete((served, failure) -> settle(permit, failure));
    }

    private void settle(Permit permit, @Nullable Throwable failure) {
        if (failure == null) {
            permit.success();
        } else if (saysNothing(failure)) {
            permit.ignored();
        } else {
            permit.failure(failure);
        }
        // Where it wants more than one probe, or this one told nothing, another is needed.
        if (failure == null && circuit.state() == CircuitState.HALF_OPEN) {
            probeIn(Duration.ZERO);
        } else {
            look();
        }
    }

    private static boolean saysNothing(Throwable failure) {
        return failure instanceof PoolExhaustedException
                || failure instanceof PoolPausedException
                || failure instanceof PoolClosedException
                || failure instanceof CircuitOpenException // the circuit opened, and its waiters were released
                || failure instanceof CancellationException;
    }
}
