package dev.cenote.circuit;

import dev.cenote.protocols.CircuitState;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets all calls through; is itself the permit of each, so that a closed circuit allocates nothing, unless it must know how
 * long calls take.
 */
final class Closed extends State implements Permit {
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final @Nullable CallWindow window;
    private final long slowNanos;

    Closed(CircuitBreaker circuit) {
        super(circuit);
        this.window = circuit.options.newWindow();
        this.slowNanos = circuit.options.slowNanos();
    }

    @Override
    CircuitState name() {
        return CircuitState.CLOSED;
    }

    @Override
    Permit acquire() {
        return slowNanos == Long.MAX_VALUE
                ? this
                : new Timed(circuit.options.clock().nanoTime());
    }

    @Override
    void answered() {
        success();
    }

    @Override
    void failed(Throwable error) {
        failed(error, false);
    }

    private void failed(Throwable error, boolean slow) {
        int inARow = failuresInARow.incrementAndGet();
        String tooHigh = window == null ? null : window.tooHighAfter(true, slow);
        if (inARow >= circuit.options.failureThreshold()) {
            circuit.open(this, inARow + " failures in a row, the last: " + error);
        } else if (tooHigh != null) {
            circuit.open(this, tooHigh + ", the last: " + error);
        }
    }

    private void succeeded(boolean slow) {
        // Read before writing: while all is well, callers share the line instead of fighting for it.
        if (failuresInARow.get() != 0) {
            failuresInARow.set(0);
        }
        String tooHigh = window == null ? null : window.tooHighAfter(false, slow);
        if (tooHigh != null) {
            circuit.open(this, tooHigh);
        }
    }

    @Override
    public void success() {
        succeeded(false);
    }

    @Override
    public void failure(Throwable error) {
        failed(error, false);
    }

    @Override
    public void ignored() {}

    @Override
    public void settle(Throwable error) {
        circuit.settle(this, error);
    }

    /** A permit that knows when its call began. */
    private final class Timed implements Permit {
        private final long begunNanos;

        Timed(long begunNanos) {
            this.begunNanos = begunNanos;
        }

        private boolean isSlow() {
            return circuit.options.clock().nanoTime() - begunNanos >= slowNanos;
        }

        @Override
        public void success() {
            succeeded(isSlow());
        }

        @Override
        public void failure(Throwable error) {
            failed(error, isSlow());
        }

        @Override
        public void ignored() {}

        @Override
        public void settle(Throwable error) {
            circuit.settle(this, error);
        }
    }
}
