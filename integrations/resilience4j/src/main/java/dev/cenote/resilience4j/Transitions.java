package dev.cenote.resilience4j;

import dev.cenote.circuit.CircuitTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells those who are attached of the transitions of one circuit breaker. Resilience4j never gives a consumer of events back:
 * each breaker gets one of ours for good, however many adapters and pools it has, and who is detached is forgotten here.
 */
final class Transitions {
    private static final System.Logger LOG = System.getLogger("dev.cenote.resilience4j");
    /** Weak on both sides: a breaker holds its own by the consumer, and what is attached may hold the breaker. */
    private static final Map<CircuitBreaker, WeakReference<Transitions>> ALL = new WeakHashMap<>();

    private final CopyOnWriteArrayList<Consumer<CircuitTransition>> listeners = new CopyOnWriteArrayList<>();

    private Transitions() {}

    /** Those of {@code breaker}, the same each time. */
    static Transitions of(CircuitBreaker breaker) {
        synchronized (ALL) {
            WeakReference<Transitions> known = ALL.get(breaker);
            Transitions transitions = known == null ? null : known.get();
            return transitions == null ? begun(breaker) : transitions;
        }
    }

    private static Transitions begun(CircuitBreaker breaker) {
        var transitions = new Transitions();
        breaker.getEventPublisher().onStateTransition(event -> transitions.tell(breaker, event));
        ALL.put(breaker, new WeakReference<>(transitions));
        return transitions;
    }

    void add(Consumer<CircuitTransition> listener) {
        listeners.addIfAbsent(listener);
    }

    void remove(Consumer<CircuitTransition> listener) {
        listeners.remove(listener);
    }

    /** On the thread that caused the transition. Of two states there that are one here it tells nothing. */
    private void tell(CircuitBreaker breaker, CircuitBreakerOnStateTransitionEvent event) {
        State from = event.getStateTransition().getFromState();
        State to = event.getStateTransition().getToState();
        if (listeners.isEmpty() || AdaptedCircuit.state(from) == AdaptedCircuit.state(to)) {
            return;
        }
        var transition = new CircuitTransition(
                breaker.getName(),
                AdaptedCircuit.state(from),
                AdaptedCircuit.state(to),
                event.getCreationTime().toInstant(),
                "resilience4j went from " + from + " to " + to + rates(breaker, to));
        for (Consumer<CircuitTransition> listener : listeners) {
            try {
                listener.accept(transition);
            } catch (RuntimeException | LinkageError thrown) {
                LOG.log(System.Logger.Level.WARNING, "a listener of circuit " + breaker.getName() + " threw", thrown);
            }
        }
    }

    /** What may have opened it: an open breaker keeps the figures that it had, below 0 if there were too few calls. */
    private static String rates(CircuitBreaker breaker, State to) {
        CircuitBreaker.Metrics metrics = breaker.getMetrics();
        return to == State.OPEN && metrics.getFailureRate() >= 0
                ? ", at a failure rate of " + Math.round(metrics.getFailureRate()) + " % and a slow call rate of "
                        + Math.round(metrics.getSlowCallRate()) + " %"
                : "";
    }
}
