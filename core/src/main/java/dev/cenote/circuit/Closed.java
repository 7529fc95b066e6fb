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
    void failed() {
        boolean tooManyInARow = failuresInARow.incrementAndGet() >= circuit.options.failureThreshold();
        boolean tooManyOfAll = window != null && window.isTooHighAfter(true);
        if (tooManyInARow || tooManyOfAll) {
            circuit.open(this);
        }
    }

    @Override
    public void success() {
        // Read before writing: while all is well, callers share the line instead of fighting for it.
        if (failuresInARow.get() != 0) {
            failuresInARow.set(0);
        }
        if (window != null && window.isTooHighAfter(false)) {
            circuit.open(this);
        }
    }

    @Override
    public void failure(Throwable error) {
        failed();
    }

    @Override
    public void ignored() {}
}
