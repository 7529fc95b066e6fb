package dev.cenote.circuit;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link CircuitBreaker}. Each method checks its argument at once. Not thread-safe. */
public final class CircuitBreakerBuilder {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Optional<String> name = Optional.empty();
    private int failureThreshold = 5;
    private Optional<Double> failureRate = Optional.empty();
    private Optional<Double> slowCallRate = Optional.empty();
    private long slowNanos = Long.MAX_VALUE;
    private OptionalInt windowCalls = OptionalInt.of(100);
    private Duration windowTime = Duration.ZERO;
    private int minimumCalls = 100;
    private Predicate<Throwable> ignoreIf = error -> false;
    private Duration resetTimeout = Duration.ofSeconds(1);
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
     * Opens it also when at least this share of the calls in the {@link #window(int, int) window} failed. Default: only
     * failures in a row count.
     *
     * @throws ConfigurationException unless it is above 0 and at most 1
     */
    public CircuitBreakerBuilder failureRate(double share) {
        this.failureRate = Optional.of(share("failureRate", share));
        return this;
    }

    /**
     * Opens it also when at least this share of the calls in the {@link #window(int, int) window} took {@code slow} or
     * longer, however they ended. The time of a pool's call is that of acquire and operation together. Default: no call is
     * too slow.
     *
     * @throws ConfigurationException unless the share is above 0 and at most 1, and the time longer than zero
     */
    public CircuitBreakerBuilder slowCallRate(double share, Duration slow) {
        this.slowCallRate = Optional.of(share("slowCallRate", share));
        this.slowNanos = Check.positive("slow", slow).toNanos();
        return this;
    }

    private static double share(String field, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new ConfigurationException(field + " must be > 0 and <= 1, was " + share);
        }
        return share;
    }

    /**
     * The calls whose rates count: the last {@code calls}, once there have been {@code minimumCalls} since it closed.
     * Default: the last 100, once there have been 100. Matters only with {@link #failureRate} or {@link #slowCallRate}.
     *
     * @param calls at least 1
     * @param minimumCalls from 1 to {@code calls}
     * @throws ConfigurationException if one is out of bounds
     */
    public CircuitBreakerBuilder window(int calls, int minimumCalls) {
        Check.atLeast("calls", 1, calls);
        Check.atLeast("minimumCalls", 1, minimumCalls);
        if (minimumCalls > calls) {
            throw new ConfigurationException("minimumCalls must be <= calls (" + calls + "), was " + minimumCalls);
        }
        this.windowCalls = OptionalInt.of(calls);
        this.minimumCalls = minimumCalls;
        return this;
    }

    /**
     * The calls whose rates count: those of the last {@code time}, to a tenth of it, if there were {@code minimumCalls}.
     *
     * @param minimumCalls at least 1
     * @throws ConfigurationException if one is out of bounds
     */
    public CircuitBreakerBuilder window(Duration time, int minimumCalls) {
        this.windowTime = Check.positive("time", time);
        this.minimumCalls = Check.atLeast("minimumCalls", 1, minimumCalls);
        this.windowCalls = OptionalInt.empty();
        return this;
    }

    /**
     * Errors that say nothing of the server, though by their kind they would: neither failure nor success. If the predicate
     * throws, that is logged and the error counts. Default: none.
     */
    public CircuitBreakerBuilder ignoreIf(Predicate<Throwable> predicate) {
        this.ignoreIf = Objects.requireNonNull(predicate, "predicate");
        return this;
    }

    /**
     * How long it stays open before it lets a probe through, and how long a probe may keep it waiting. Default 1 s.
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
                window(),
                slowNanos,
                resetTimeout,
                halfOpenProbes,
                ignoreIf,
                clock,
                List.copyOf(listeners)));
    }

    private Supplier<@Nullable CallWindow> window() {
        if (failureRate.isEmpty() && slowCallRate.isEmpty()) {
            return () -> null;
        }
        var rates = new CallWindow.Rates(failureRate, slowCallRate, minimumCalls);
        if (windowCalls.isPresent()) {
            int calls = windowCalls.getAsInt();
            return () -> new CountWindow(rates, calls);
        }
        long nanos = windowTime.toNanos();
        TimeSource time = clock;
        return () -> new TimeWindow(rates, nanos, time);
    }
}
