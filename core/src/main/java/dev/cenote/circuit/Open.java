package dev.cenote.circuit;

import dev.cenote.protocols.CircuitState;
import java.time.Duration;

/** Refuses all calls until the reset time-out is over; the first probe after it makes the circuit half-open. */
final class Open extends State {
    private final long untilNanos;

    Open(CircuitBreaker circuit) {
        super(circuit);
        this.untilNanos = circuit.options.clock().nanoTime()
                + circuit.options.resetTimeout().toNanos();
    }

    @Override
    CircuitState name() {
        return CircuitState.OPEN;
    }

    @Override
    Permit acquire() {
        if (circuit.isProbedByPools()) {
            throw circuit.refused("open", Duration.ofNanos(Math.max(0, leftNanos())));
        }
        return acquireProbe();
    }

    @Override
    Permit acquireProbe() {
        long left = leftNanos();
        if (left > 0) {
            throw circuit.refused("open", Duration.ofNanos(left));
        }
        return circuit.halfOpen(this).acquireProbe();
    }

    private long leftNanos() {
        return untilNanos - circuit.options.clock().nanoTime();
    }

    @Override
    void answered() {}

    @Override
    void failed(Throwable error) {}
}
