package dev.cenote.resilience4j;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.CircuitTransition;
import dev.cenote.circuit.Permit;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.errors.CircuitOpenException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A circuit breaker of resilience4j. */
record AdaptedCircuit(CircuitBreaker breaker) implements Circuit {
    @Override
    public String name() {
        return breaker.getName();
    }

    @Override
    public CircuitState state() {
        return state(breaker.getState());
    }

    static CircuitState state(CircuitBreaker.State there) {
        return switch (there) {
            case CLOSED, METRICS_ONLY -> CircuitState.CLOSED;
            case OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            case FORCED_OPEN -> CircuitState.FORCED_OPEN;
            case DISABLED -> CircuitState.FORCED_CLOSED;
        };
    }

    @Override
    public Permit acquire() {
        if (!breaker.tryAcquirePermission()) {
            CircuitState state = state();
            throw new CircuitOpenException(name(), state.toString(), retryAfter(state));
        }
        return new Taken(true);
    }

    /** At most: resilience4j does not tell how much of the wait is over. */
    private @Nullable Duration retryAfter(CircuitState state) {
        return switch (state) {
            case FORCED_OPEN -> null;
            case OPEN ->
                Duration.ofMillis(breaker.getCircuitBreakerConfig()
                        .getWaitIntervalFunctionInOpenState()
                        .apply(1));
            default -> Duration.ZERO;
        };
    }

    @Override
    public Permit observe() {
        return new Taken(false);
    }

    @Override
    public void recordSuccess() {
        observe().success();
    }

    @Override
    public void recordFailure(Throwable error) {
        observe().failure(error);
    }

    /** Its callers probe, as the users of resilience4j expect. */
    @Override
    public boolean attach(Consumer<CircuitTransition> listener) {
        Transitions.of(breaker).add(listener);
        return false;
    }

    @Override
    public void detach(Consumer<CircuitTransition> listener) {
        Transitions.of(breaker).remove(listener);
    }

    @Override
    public Permit acquireProbe() {
        throw new CircuitOpenException(name(), state().toString(), null);
    }

    /** Leave that was taken, or the word of an observer, which counts while the circuit is closed. */
    private final class Taken implements Permit {
        private final boolean counts;
        private final long begun = breaker.getCurrentTimestamp();
        private final AtomicBoolean settled = new AtomicBoolean();

        Taken(boolean counts) {
            this.counts = counts;
        }

        private boolean settles() {
            return settled.compareAndSet(false, true) && (counts || state() == CircuitState.CLOSED);
        }

        private long took() {
            return breaker.getCurrentTimestamp() - begun;
        }

        @Override
        public void success() {
            if (settles()) {
                breaker.onSuccess(took(), breaker.getTimestampUnit());
            }
        }

        @Override
        public void failure(Throwable error) {
            if (settles()) {
                breaker.onError(took(), breaker.getTimestampUnit(), error);
            }
        }

        @Override
        public void ignored() {
            if (settles() && counts) {
                breaker.releasePermission();
            }
        }
    }
}
