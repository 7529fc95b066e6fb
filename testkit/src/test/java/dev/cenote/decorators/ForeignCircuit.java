package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.circuit.CircuitTransition;
import dev.cenote.circuit.Permit;
import dev.cenote.protocols.CircuitState;
import java.util.function.Consumer;

/** A circuit that makes its callers probe, as those of other libraries do. */
record ForeignCircuit(CircuitBreaker breaker) implements Circuit {
    @Override
    public String name() {
        return breaker.name();
    }

    @Override
    public CircuitState state() {
        return breaker.state();
    }

    @Override
    public Permit acquire() {
        return breaker.acquire();
    }

    @Override
    public Permit observe() {
        return breaker.observe();
    }

    @Override
    public void recordSuccess() {
        breaker.recordSuccess();
    }

    @Override
    public void recordFailure(Throwable error) {
        breaker.recordFailure(error);
    }

    @Override
    public boolean attach(Consumer<CircuitTransition> listener) {
        return false;
    }

    @Override
    public void detach(Consumer<CircuitTransition> listener) {}

    @Override
    public Permit acquireProbe() {
        throw new IllegalStateException("this circuit is not probed by pools");
    }
}
