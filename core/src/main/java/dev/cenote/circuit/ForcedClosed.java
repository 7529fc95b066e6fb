package dev.cenote.circuit;

import dev.cenote.protocols.CircuitState;

/** Lets all calls through and counts none, until somebody lets it go. */
final class ForcedClosed extends State {
    ForcedClosed(CircuitBreaker circuit) {
        super(circuit);
    }

    @Override
    CircuitState name() {
        return CircuitState.FORCED_CLOSED;
    }

    @Override
    Permit acquire() {
        return NoPermit.INSTANCE;
    }

    @Override
    void answered() {}

    @Override
    void failed(Throwable error) {}
}
