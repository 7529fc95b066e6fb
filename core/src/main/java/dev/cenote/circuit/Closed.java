package dev.cenote.circuit;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets all calls through; is itself the permit of each, so that a closed circuit allocates nothing. */
final class Closed extends State implements Permit {
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final @Nullable CountWindow window;

    Closed(CircuitBreaker circuit) {
        super(circuit);
        this.window = circuit.options.rate().map(CountWindow::new).orElse(null);
    }

    @Override
    CircuitState name() {
        return CircuitState.CLOSED;
    }

    @Override
    Permit acquire() {
        return this;
    }

    @Override
    void answered() {
        success();
    }

    @Override
    void failed(Throwable error) {
        int inARow = failuresInARow.incrementAndGet();
        boolean isRateTooHigh = window != null && window.isTooHighAfter(true);
        if (inARow >= circuit.options.failureThreshold()) {
            circuit.open(this, inARow + " failures in a row, the last: " + error);
        } else if (isRateTooHigh) {
            circuit.open(this, "too high a share of failures, the last: " + error);
        }
    }

    @Override
    public void success() {
        // Read before writing: while all is well, callers share the line instead of fighting for it.
        if (failuresInARow.get() != 0) {
            failuresInARow.set(0);
        }
        if (window != null && window.isTooHighAfter(false)) {
            circuit.open(this, "too high a share of failures");
        }
    }

    @Override
    public void failure(Throwable error) {
        failed(error);
    }

    @Override
    public void ignored() {}
}
