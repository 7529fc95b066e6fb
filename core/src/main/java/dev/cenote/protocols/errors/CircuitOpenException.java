package dev.cenote.protocols.errors;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A circuit breaker refused the call. Nothing was executed. */
public class CircuitOpenException extends CenoteException {
    private static final long serialVersionUID = 1L;

    private final String circuit;
    private final String state;
    private final @Nullable Duration retryAfter;

    /** {@code retryAfter} is how long until the next probe, null if there is none to come. */
    public CircuitOpenException(String circuit, String state, @Nullable Duration retryAfter) {
        super("circuit " + circuit + " is " + state + "; "
                + (retryAfter == null
                        ? "it stays so until it is let go by hand"
                        : "next probe in " + retryAfter.toMillis() + " ms"));
        this.circuit = circuit;
        this.state = state;
        this.retryAfter = retryAfter;
    }

    /** Name of the circuit. */
    public String circuit() {
        return circuit;
    }

    /** Its state in words: open, forced open, or half-open with all probes taken. */
    public String state() {
        return state;
    }

    /**
     * How long until the circuit lets a probe through; zero if a probe is on its way or due, empty if the circuit was
     * forced open.
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
