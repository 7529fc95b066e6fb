package dev.cenote.circuit;

/** What a circuit does with calls: one small class for each state. Thread-safe. */
abstract class State {
    final CircuitBreaker breaker;

    State(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /** Leave to make a call, or {@link dev.cenote.protocols.errors.CircuitOpenException}. */
    abstract Permit acquire();

    abstract CircuitState kind();

    /** Something was learnt of the server outside of a call with a permit. */
    abstract void observe(boolean success, String reason);
}
