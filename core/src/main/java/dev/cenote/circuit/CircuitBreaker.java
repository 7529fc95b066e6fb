package dev.cenote.circuit;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A gate that refuses calls to a server that is down, so that callers fail at once and the server is left in peace.
 * Closed, it lets calls pass; it opens after so many failures in a row, or when too large a share of the last calls has
 * failed; after the reset time-out it lets a few probes through and closes again when they succeed.
 *
 * <p>Thread-safe. Never blocks. One breaker may guard several pools.
 *
 * <pre>{@code
 * CircuitBreaker breaker = CircuitBreaker.builder().failureThreshold(5).resetTimeout(Duration.ofSeconds(2)).build();
 * }</pre>
 */
public final class CircuitBreaker {
    private static final AtomicLong COUNT = new AtomicLong();

    private final String name;
    private final int failureThreshold;
    private final Builder.@Nullable Rate rate;
    private final Duration resetTimeout;
    private final int halfOpenProbes;
    private final TimeSource clock;
    private final List<Consumer<Transition>> listeners;
    private final AtomicReference<State> state = new AtomicReference<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private CircuitBreaker(Builder builder) {
        name = Check.notBlank("name", builder.name);
        failureThreshold = Check.atLeast("failureThreshold", 1, builder.failureThreshold);
        rate = builder.rate;
        resetTimeout = Check.positive("resetTimeout", builder.resetTimeout);
        halfOpenProbes = Check.atLeast("halfOpenProbes", 1, builder.halfOpenProbes);
        clock = builder.clock;
        listeners = List.copyOf(builder.listeners);
        state.set(new Closed(this));
    }

    /** A builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Name of the circuit, in errors and transitions. */
    public String name() {
        return name;
    }

    /** The state of this moment. An open circuit becomes half-open only when a call asks after the reset time-out. */
    public CircuitState state() {
        return current().kind();
    }

    /**
     * Leave to make a call, which must be told how it ended.
     *
     * @throws CircuitOpenException if the circuit is open, or half-open with all probes under way
     */
    public Permit acquire() {
        try {
            return current().acquire();
        } catch (CircuitOpenException refusal) {
            refused.incrementAndGet();
            throw refusal;
        }
    }

    /**
     * Runs {@code body} under a permit: any exception is a failure of the server. For finer judgement use {@link
     * #acquire()}.
     *
     * @throws CircuitOpenException if the circuit refuses
     * @throws Exception the body's
     */
    public <T> T call(Callable<T> body) throws Exception {
        Permit permit = acquire();
        boolean settled = false;
        try {
            T result = body.call();
            permit.success();
            settled = true;
            return result;
        } catch (Exception error) {
            permit.failure(error);
            settled = true;
            throw error;
        } finally {
            if (!settled) {
                permit.ignored();
            }
        }
    }

    /** Records a failure of the server that was seen outside of a call, such as a connection that could not be opened. */
    public void recordFailure(Throwable error) {
        current().observe(false, String.valueOf(error.getMessage()));
    }

    /** Records a sign of life that was seen outside of a call. It never closes an open circuit. */
    public void recordSuccess() {
        current().observe(true, "");
    }

    /** How often it has opened. */
    public long timesOpened() {
        return opened.get();
    }

    /** How many calls it has refused. */
    public long callsRefused() {
        return refused.get();
    }

    // ---- for the states

    private State current() {
        return state.get();
    }

    int failureThreshold() {
        return failureThreshold;
    }

    int halfOpenProbes() {
        return halfOpenProbes;
    }

    Duration resetTimeout() {
        return resetTimeout;
    }

    TimeSource clock() {
        return clock;
    }

    @Nullable
    FailureWindow newWindow() {
        return rate == null ? null : new FailureWindow(rate.share(), rate.window(), rate.minimumCalls());
    }

    /** Opens, if {@code from} is still the state: what ends late must not undo what came after it. */
    void open(State from, String reason) {
        if (move(from, new Open(this), reason)) {
            opened.incrementAndGet();
        }
    }

    void close(State from) {
        move(from, new Closed(this), "its probes succeeded");
    }

    /** Half-opens, or gives the state that another made of it. */
    State halfOpen(State from) {
        move(from, new HalfOpen(this), "its reset time-out of " + resetTimeout + " has passed");
        return current();
    }

    private boolean move(State from, State to, String reason) {
        if (!state.compareAndSet(from, to)) {
            return false;
        }
        var transition = new Transition(name, from.kind(), to.kind(), reason);
        for (Consumer<Transition> listener : listeners) {
            try {
                listener.accept(transition);
            } catch (RuntimeException thrown) {
                System.getLogger(CircuitBreaker.class.getName())
                        .log(System.Logger.Level.WARNING, "a listener of circuit " + name + " threw", thrown);
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "CircuitBreaker[" + name + ", " + state() + "]";
    }

    /**
     * A change of state.
     *
     * @param circuit name of the circuit
     * @param from the state before
     * @param to the state after
     * @param reason why, in words
     */
    public record Transition(String circuit, CircuitState from, CircuitState to, String reason) {}

    /** Collects the parts of a breaker. Not thread-safe. */
    public static final class Builder {
        private record Rate(double share, int window, int minimumCalls) {}

        private String name = "circuit-" + COUNT.incrementAndGet();
        private int failureThreshold = 5;
        private @Nullable Rate rate;
        private Duration resetTimeout = Duration.ofSeconds(5);
        private int halfOpenProbes = 1;
        private TimeSource clock = TimeSource.system();
        private final List<Consumer<Transition>> listeners = new ArrayList<>();

        private Builder() {}

        /** Name of the circuit. Default: a number. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Failures in a row that open it. Default 5. */
        public Builder failureThreshold(int failureThreshold) {
            this.failureThreshold = failureThreshold;
            return this;
        }

        /**
         * Opens it also when a share of the last calls has failed. Default: off.
         *
         * @param share from more than 0 to 1
         * @param window how many calls are looked at
         * @param minimumCalls how many there must have been, at most {@code window}
         * @throws ConfigurationException if one breaks its rule
         */
        public Builder failureRate(double share, int window, int minimumCalls) {
            Check.between("failureRate share", 0.001, 1, share);
            Check.atLeast("failureRate window", 1, window);
            Check.atLeast("failureRate minimumCalls", 1, minimumCalls);
            if (minimumCalls > window) {
                throw new ConfigurationException(
                        "failureRate minimumCalls must be <= window (" + window + "), was " + minimumCalls);
            }
            this.rate = new Rate(share, window, minimumCalls);
            return this;
        }

        /** How long it stays open before it lets a probe through. Default 5 s. */
        public Builder resetTimeout(Duration resetTimeout) {
            this.resetTimeout = resetTimeout;
            return this;
        }

        /** How many probes pass while it is half-open; all must succeed. Default 1. */
        public Builder halfOpenProbes(int halfOpenProbes) {
            this.halfOpenProbes = halfOpenProbes;
            return this;
        }

        /** The clock. Default: the machine's. */
        public Builder clock(TimeSource clock) {
            this.clock = clock;
            return this;
        }

        /** Is told of each transition, on the thread that caused it. May be called several times. */
        public Builder onTransition(Consumer<Transition> listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * The breaker, closed.
         *
         * @throws ConfigurationException if a part breaks its rule
         */
        public CircuitBreaker build() {
            return new CircuitBreaker(this);
        }
    }
}
