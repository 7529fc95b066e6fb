package dev.cenote.circuit;

import dev.cenote.protocols.CircuitState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a few probes through. When all have succeeded the circuit closes; when one fails it opens again.
 *
 * <p>Probes that have reported nothing for a whole reset time-out since the last one was taken are given up and replaced
 * by new ones, so that a caller who holds a permit for ever does not hold the circuit half-open for ever.
 */
final class HalfOpen extends State {
    /** When the probes are given up, unless another is taken before. */
    private volatile long untilNanos;

    private final AtomicInteger untaken;
    private final AtomicInteger missing;

    HalfOpen(CircuitBreaker circuit) {
        super(circuit);
        this.untilNanos = aResetTimeoutFromNow();
        this.untaken = new AtomicInteger(circuit.options.halfOpenProbes());
        this.missing = new AtomicInteger(circuit.options.halfOpenProbes());
    }

    private long aResetTimeoutFromNow() {
        return circuit.options.clock().nanoTime()
                + circuit.options.resetTimeout().toNanos();
    }

    @Override
    CircuitState name() {
        return CircuitState.HALF_OPEN;
    }

    @Override
    Permit acquire() {
        if (circuit.isProbedByPools()) {
            throw circuit.refused("half-open, being probed", Duration.ZERO);
        }
        return acquireProbe();
    }

    @Override
    Permit acquireProbe() {
        for (int left = untaken.get(); left > 0; left = untaken.get()) {
            // Before the probe is taken: whoever then finds none left must find its time, too.
            untilNanos = aResetTimeoutFromNow();
            if (untaken.compareAndSet(left, left - 1)) {
                return new Probe();
            }
        }
        if (untilNanos - circuit.options.clock().nanoTime() <= 0) {
            return circuit.halfOpen(this).acquireProbe();
        }
        throw circuit.refused("half-open, with all probes taken", Duration.ZERO);
    }

    @Override
    void answered() {}

    @Override
    void failed(Throwable error) {
        circuit.open(this, "a failure while half-open: " + error);
    }

    private final class Probe implements Permit {
        private final AtomicBoolean settled = new AtomicBoolean();

        private boolean settleOnce() {
            return settled.compareAndSet(false, true);
        }

        @Override
        public void success() {
            if (settleOnce() && missing.decrementAndGet() == 0) {
                circuit.close(HalfOpen.this, "its probes succeeded");
            }
        }

        @Override
        public void failure(Throwable error) {
            if (settleOnce()) {
                failed(error);
            }
        }

        @Override
        public void ignored() {
            if (settleOnce()) {
                untaken.incrementAndGet();
            }
        }

        @Override
        public void settle(Throwable error) {
            circuit.settle(this, error);
        }
    }
}
