package dev.cenote.circuit;

import dev.cenote.protocols.CircuitState;

/** Refuses all calls until somebody lets it go. */
final class ForcedOpen extends State {
    ForcedOpen(CircuitBreaker circuit) {
        super(circuit);
    }

    @Override
    CircuitState name() {
        return CircuitState.FORCED_OPEN;
    }

    @Override
    Permit acquire() {
        throw circuit.refused("forced open", null);
    }

    @Override
    void answered() {}

    @Override
    void failed(Throwable error) {}
}
