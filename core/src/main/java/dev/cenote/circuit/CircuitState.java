package dev.cenote.circuit;

/** The states of a circuit. */
public enum CircuitState {
    /** Calls pass. */
    CLOSED,
    /** Calls are refused. */
    OPEN,
    /** A few calls pass as probes, the rest are refused. */
    HALF_OPEN
}
