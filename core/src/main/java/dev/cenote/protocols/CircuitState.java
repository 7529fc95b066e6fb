package dev.cenote.protocols;

/** What a circuit breaker does with calls. */
public enum CircuitState {
    /** Lets them through and watches how they end. */
    CLOSED("closed"),
    /** Refuses them. */
    OPEN("open"),
    /** Lets a few through as probes and refuses the rest. */
    HALF_OPEN("half-open"),
    /** Refuses them, by hand, until somebody lets it go. */
    FORCED_OPEN("forced open"),
    /** Lets them through and counts none, by hand, until somebody lets it go. */
    FORCED_CLOSED("forced closed");

    private final String words;

    CircuitState(String words) {
        this.words = words;
    }

    /** True if it lets all calls through. */
    public boolean isClosed() {
        return this == CLOSED || this == FORCED_CLOSED;
    }

    @Override
    public String toString() {
        return words;
    }
}
