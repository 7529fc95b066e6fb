package dev.cenote.circuit;

import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.CircuitOpenException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * A gate that refuses calls to a server that is down, so that they fail at once and the server is left to recover.
 *
 * <p>While <em>closed</em> it lets all calls through; a row of failures, or too high a share of them, opens it. While
 * <em>open</em> it refuses all. The first call after the reset time-out makes it <em>half-open</em>: a few calls go
 * through as probes; if all succeed it closes, and one failure opens it again.
 *
 * <p>Asked and told by hand, or round a call:
 *
 * <pre>{@code
 * Permit permit = circuit.acquire();          // throws CircuitOpenException
 * try {
 *     reply = ask();
 *     permit.success();
 * } catch (IOException failure) {
 *     permit.failure(failure);
 *     throw failure;
 * }
 *
 * reply = circuit.call(() -> ask());          // the same; errors are read by Permit.settle
 * }</pre>
 *
 * <p>Thread-safe; never blocks, and has no thread of its own: {@link #state()} stays open until somebody asks after the
 * reset time-out. One breaker may guard several pools of one server.
 */
public final class CircuitBreaker {
    private static final System.Logger LOG = System.getLogger("dev.cenote.circuit");

    /** What the builder collected. */
    record Options(
            String name,
            int failureThreshold,
            Optional<CountWindow.Rate> rate,
            Duration resetTimeout,
            int halfOpenProbes,
            TimeSource clock,
            List<Consumer<CircuitTransition>> listeners) {}

    final Options options;
    private final AtomicReference<State> current = new AtomicReference<>();
    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();

    CircuitBreaker(Options options) {
        this.options = options;
        current.set(new Closed(this));
    }

    /** A builder. */
    public static CircuitBreakerBuilder builder() {
        return new CircuitBreakerBuilder();
    }

    /** Name of the circuit, as it stands in errors and transitions. */
    public String name() {
        return options.name();
    }

    /** The state of this moment. */
    public CircuitState state() {
        return now().name();
    }

    /** How often it has opened since it was made. */
    public long opened() {
        return opened.sum();
    }

    /** How many calls it has refused since it was made. */
    public long refused() {
        return refused.sum();
    }

    /**
     * Leave to make one call, which the caller settles on every path.
     *
     * @throws CircuitOpenException if the circuit is open, or half-open with all probes taken
     */
    public Permit acquire() {
        return now().acquire();
    }

    /**
     * A permit for a call that is under way already, as on a connection acquired earlier. Never refused; counts only if
     * the circuit is closed now and still when it is settled.
     */
    public Permit observe() {
        return now() instanceof Closed closed ? closed : NoPermit.INSTANCE;
    }

    /**
     * Makes a call, if the circuit lets it. How it ended is read as {@link Permit#settle} says.
     *
     * @throws CircuitOpenException if refused; nothing was executed
     * @throws Exception what {@code call} throws, unchanged
     */
    public <T> T call(Callable<T> call) throws Exception {
        Permit permit = acquire();
        T result;
        try {
            result = call.call();
        } catch (Throwable failure) {
            permit.settle(failure);
            throw failure;
        }
        permit.success();
        return result;
    }

    /** Notes an answer of the server that is bound to no permit: ends a row of failures. Counts while closed only. */
    public void recordSuccess() {
        now().answered();
    }

    /**
     * Notes a failure that is bound to no permit, such as a connect that a pool tried on its own account. Counts while
     * closed; while half-open it opens the circuit, since what a probe waits for has just failed. The error is not read:
     * it always counts.
     */
    public void recordFailure(Throwable error) {
        now().failed(error);
    }

    // ---- transitions, asked for by the states

    private State now() {
        return current.get();
    }

    CircuitOpenException refused(String words, Duration retryAfter) {
        refused.increment();
        return new CircuitOpenException(name(), words, retryAfter);
    }

    void open(State from, String reason) {
        if (move(from, new Open(this))) {
            opened.increment();
            tell(from, CircuitState.OPEN, reason);
        }
    }

    void close(State from, String reason) {
        if (move(from, new Closed(this))) {
            tell(from, CircuitState.CLOSED, reason);
        }
    }

    /** Goes half-open unless another thread was first; gives what is current then. */
    State halfOpen(State from) {
        if (move(from, new HalfOpen(this)) && from.name() != CircuitState.HALF_OPEN) {
            tell(from, CircuitState.HALF_OPEN, "its reset time-out has passed");
        }
        return now();
    }

    private boolean move(State from, State to) {
        return current.compareAndSet(from, to);
    }

    private void tell(State from, CircuitState to, String reason) {
        if (options.listeners().isEmpty()) {
            return;
        }
        var transition =
                new CircuitTransition(name(), from.name(), to, options.clock().now(), reason);
        for (Consumer<CircuitTransition> listener : options.listeners()) {
            try {
                listener.accept(transition);
            } catch (RuntimeException | LinkageError thrown) {
                LOG.log(System.Logger.Level.WARNING, "a listener of circuit " + name() + " threw", thrown);
            }
        }
    }

    @Override
    public String toString() {
        return "CircuitBreaker[" + name() + ", " + state() + ", opened " + opened() + ", refused " + refused() + "]";
    }
}
