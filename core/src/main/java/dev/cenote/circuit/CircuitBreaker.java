package dev.cenote.circuit;

/** A gate that refuses calls to a server that is down. Thread-safe. */
public final class CircuitBreaker {
    private CircuitBreaker() {}

    /** A builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a breaker. */
    public static final class Builder {
        private int failureThreshold = 5;

        /** Consecutive failures that open it. Default 5. */
        public Builder failureThreshold(int failureThreshold) {
            this.failureThreshold = failureThreshold;
            return this;
        }

        /** The breaker. */
        public CircuitBreaker build() {
            dev.cenote.protocols.Check.atLeast("failureThreshold", 1, failureThreshold);
            return new CircuitBreaker();
        }
    }
}
