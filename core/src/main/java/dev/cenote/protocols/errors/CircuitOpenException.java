package dev.cenote.protocols.errors;

import java.time.Duration;

/** A circuit breaker refused the call. Nothing was executed. */
public class CircuitOpenException extends CenoteException {
    private static final long serialVersionUID = 1L;

    private final String circuit;
    private final String state;
    private final transient Duration retryAfter;

    public CircuitOpenException(String circuit, String state, Duration retryAfter) {
        super("circuit " + circuit + " is " + state + "; next probe in " + retryAfter.toMillis() + " ms");
        this.circuit = circuit;
        this.state = state;
        this.retryAfter = retryAfter;
    }

    /** Name of the circuit. */
    public String circuit() {
        return circuit;
    }

    /** Its state in words: open, or half-open with all probes taken. */
    public String state() {
        return state;
    }

    /** How long until the circuit lets a probe through; zero if a probe is on its way. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
