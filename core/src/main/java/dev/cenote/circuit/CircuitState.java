package dev.cenote.circuit;

/** What a circuit breaker does with calls. */
public enum CircuitState {
    /** Lets them through and watches how they end. */
    CLOSED("closed"),
    /** Refuses them. */
    OPEN("open"),
    /** Lets a few through as probes and refuses the rest. */
    HALF_OPEN("half-open");

    private final String words;

    CircuitState(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
