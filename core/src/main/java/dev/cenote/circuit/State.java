package dev.cenote.circuit;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.errors.CircuitOpenException;

/**
 * One stay of a circuit in one state. All that is counted is counted here, and a transition succeeds only from the object
 * that is current: so what arrives late changes a dead object, and never the stay that followed.
 */
abstract class State {
    final CircuitBreaker circuit;

    State(CircuitBreaker circuit) {
        this.circuit = circuit;
    }

    abstract CircuitState name();

    /**
     * Leave to make a call.
     *
     * @throws CircuitOpenException if refused
     */
    abstract Permit acquire();

    /**
     * Leave to probe.
     *
     * @throws CircuitOpenException if refused
     */
    Permit acquireProbe() {
        throw circuit.refused(name().toString(), null);
    }

    /** Notes an answer that is bound to no permit. */
    abstract void answered();

    /** Notes a failure that is bound to no permit. */
    abstract void failed(Throwable error);
}
