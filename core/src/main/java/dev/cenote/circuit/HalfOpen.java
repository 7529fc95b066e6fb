package dev.cenote.circuit;

import dev.cenote.protocols.errors.CircuitOpenException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few calls pass as probes. When all of them have succeeded the circuit closes; one that fails opens it again; one that
 * told nothing makes room for another.
 */
final class HalfOpen extends State {
    private final AtomicInteger free;
    private final AtomicInteger missing;

    HalfOpen(CircuitBreaker breaker) {
        super(breaker);
        this.free = new AtomicInteger(breaker.halfOpenProbes());
        this.missing = new AtomicInteger(breaker.halfOpenProbes());
    }

    @Override
    Permit acquire() {
        if (free.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            throw new CircuitOpenException(breaker.name(), "half-open with its probes under way", Duration.ZERO);
        }
        return new Probe();
    }

    @Override
    CircuitState kind() {
        return CircuitState.HALF_OPEN;
    }

    @Override
    void observe(boolean success, String reason) {
        if (!success) {
            breaker.open(this, "while half-open: " + reason);
        }
    }

    private final class Probe implements Permit {
        private final AtomicBoolean told = new AtomicBoolean();

        @Override
        public void success() {
            if (told.compareAndSet(false, true) && missing.decrementAndGet() == 0) {
                breaker.close(HalfOpen.this);
            }
        }

        @Override
        public void failure(Throwable error) {
            if (told.compareAndSet(false, true)) {
                breaker.open(HalfOpen.this, "a probe failed: " + error.getMessage());
            }
        }

        @Override
        public void ignored() {
            if (told.compareAndSet(false, true)) {
                free.incrementAndGet();
            }
        }
    }
}
