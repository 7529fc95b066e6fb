package dev.cenote.circuit;

import dev.cenote.protocols.errors.CircuitOpenException;
import java.time.Duration;

/** Calls are refused until the reset time-out has passed; the first one after it makes the circuit half-open. */
final class Open extends State {
    private final long untilNanos;

    Open(CircuitBreaker breaker) {
        super(breaker);
        this.untilNanos = breaker.clock().nanoTime() + breaker.resetTimeout().toNanos();
    }

    @Override
    Permit acquire() {
        long left = untilNanos - breaker.clock().nanoTime();
        if (left > 0) {
            throw new CircuitOpenException(breaker.name(), "open", Duration.ofNanos(left));
        }
        return breaker.halfOpen(this).acquire();
    }

    @Override
    CircuitState kind() {
        return CircuitState.OPEN;
    }

    @Override
    void observe(boolean success, String reason) {}
}
