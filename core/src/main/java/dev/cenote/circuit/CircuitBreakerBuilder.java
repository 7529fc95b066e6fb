package dev.cenote.circuit;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Collects the parts of a {@link CircuitBreaker}. Each method checks its argument at once. Not thread-safe. */
public final class CircuitBreakerBuilder {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Optional<String> name = Optional.empty();
    private int failureThreshold = 5;
    private Optional<CountWindow.Rate> rate = Optional.empty();
    private Duration resetTimeout = Duration.ofSeconds(5);
    private int halfOpenProbes = 1;
    private TimeSource clock = TimeSource.system();
    private final List<Consumer<CircuitTransition>> listeners = new ArrayList<>();

    CircuitBreakerBuilder() {}

    /**
     * Name for errors and transitions. Default: a number.
     *
     * @throws ConfigurationException if it is blank
     */
    public CircuitBreakerBuilder name(String name) {
        this.name = Optional.of(Check.notBlank("name", name));
        return this;
    }

    /**
     * Failures in a row that open it; one success in between starts anew. Default 5.
     *
     * @throws ConfigurationException unless it is at least 1
     */
    public CircuitBreakerBuilder failureThreshold(int failureThreshold) {
        this.failureThreshold = Check.atLeast("failureThreshold", 1, failureThreshold);
        return this;
    }

    /**
     * Opens it also when at least {@code share} of the last {@code window} calls failed, once there have been
     * {@code minimumCalls} since it closed. Default: only failures in a row count.
     *
     * @param share above 0, at most 1
     * @param window how many calls are remembered, at least 1
     * @param minimumCalls from 1 to {@code window}
     * @throws ConfigurationException if one is out of bounds
     */
    public CircuitBreakerBuilder failureRate(double share, int window, int minimumCalls) {
        if (!(share > 0 && share <= 1)) {
            throw new ConfigurationException("share must be > 0 and <= 1, was " + share);
        }
        Check.atLeast("window", 1, window);
        Check.atLeast("minimumCalls", 1, minimumCalls);
        if (minimumCalls > window) {
            throw new ConfigurationException("minimumCalls must be <= window (" + window + "), was " + minimumCalls);
        }
        this.rate = Optional.of(new CountWindow.Rate(share, window, minimumCalls));
        return this;
    }

    /**
     * How long it stays open before it lets a probe through, and how long a probe may keep it waiting. Default 5 s.
     *
     * @throws ConfigurationException unless it is longer than zero
     */
    public CircuitBreakerBuilder resetTimeout(Duration resetTimeout) {
        this.resetTimeout = Check.positive("resetTimeout", resetTimeout);
        return this;
    }

    /**
     * Probes that a half-open circuit lets through, and that must all succeed. Default 1.
     *
     * @throws ConfigurationException unless it is at least 1
     */
    public CircuitBreakerBuilder halfOpenProbes(int halfOpenProbes) {
        this.halfOpenProbes = Check.atLeast("halfOpenProbes", 1, halfOpenProbes);
        return this;
    }

    /** The clock for the reset time-out. Default the machine's. */
    public CircuitBreakerBuilder clock(TimeSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Is told of transitions, on the thread that caused them: of two that follow each other at once, caused by two
     * threads, it may be told in either order. It should return at once; what it throws is logged and harms nobody. May be
     * called several times.
     */
    public CircuitBreakerBuilder onTransition(Consumer<CircuitTransition> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** The breaker, closed. */
    public CircuitBreaker build() {
        return new CircuitBreaker(new CircuitBreaker.Options(
                name.orElseGet(() -> "circuit-" + COUNT.incrementAndGet()),
                failureThreshold,
                rate,
                resetTimeout,
                halfOpenProbes,
                clock,
                List.copyOf(listeners)));
    }
}
