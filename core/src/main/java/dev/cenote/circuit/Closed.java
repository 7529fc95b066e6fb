package dev.cenote.circuit;

import org.jspecify.annotations.Nullable;

/** Calls pass, and their ends are counted. The state itself is the permit, so that a call costs no allocation. */
final class Closed extends State implements Permit {
    private final java.util.concurrent.atomic.AtomicInteger failuresInARow =
            new java.util.concurrent.atomic.AtomicInteger();
    private final @Nullable FailureWindow window;

    Closed(CircuitBreaker breaker) {
        super(breaker);
        this.window = breaker.newWindow();
    }

    @Override
    Permit acquire() {
        return this;
    }

    @Override
    CircuitState kind() {
        return CircuitState.CLOSED;
    }

    @Override
    public void success() {
        // Look first: the word is shared by all callers, and almost always zero.
        if (failuresInARow.get() != 0) {
            failuresInARow.set(0);
        }
        if (window != null) {
            window.record(false);
        }
    }

    @Override
    public void failure(Throwable error) {
        fail(String.valueOf(error.getMessage()));
    }

    private void fail(String reason) {
        int inARow = failuresInARow.incrementAndGet();
        if (inARow >= breaker.failureThreshold()) {
            breaker.open(this, inARow + " failures in a row, the last: " + reason);
        } else if (window != null && window.record(true)) {
            breaker.open(this, window + ", the last: " + reason);
        }
    }

    @Override
    public void ignored() {}

    @Override
    void observe(boolean success, String reason) {
        if (success) {
            success();
        } else {
            fail(reason);
        }
    }
}
