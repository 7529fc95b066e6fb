package dev.cenote.circuit;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.CircuitOpenException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A gate that refuses calls to a server that is down, so that they fail at once and the server is left to recover.
 *
 * <p>While <em>closed</em> it lets all calls through; a row of failures, or too high a share of them, opens it. While
 * <em>open</em> it refuses all. The first call after the reset time-out makes it <em>half-open</em>: a few calls go
 * through as probes; if all succeed it closes, and one failure opens it again. A breaker that guards pools makes no
 * caller its guinea pig: while it is not closed all are refused, and the pools probe the server by themselves.
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
 * <p>{@link #forceOpen} and {@link #forceClosed} overrule all that until {@link #reset}.
 *
 * <p>Thread-safe; never blocks, and has no thread of its own: {@link #state()} stays open until somebody asks after the
 * reset time-out. One breaker may guard several pools of one server.
 */
public final class CircuitBreaker implements Circuit {
    private static final System.Logger LOG = System.getLogger("dev.cenote.circuit");

    /** What the builder collected. */
    record Options(
            String name,
            int failureThreshold,
            Supplier<@Nullable CallWindow> window,
            long slowNanos,
            Duration resetTimeout,
            int halfOpenProbes,
            Predicate<Throwable> ignoreIf,
            TimeSource clock,
            List<Consumer<CircuitTransition>> listeners) {
        /** A window with nothing in it; null if none is kept. */
        @Nullable
        CallWindow newWindow() {
            return window.get();
        }
    }

    final Options options;
    private final AtomicReference<State> current = new AtomicReference<>();
    private final CopyOnWriteArrayList<Consumer<CircuitTransition>> attached = new CopyOnWriteArrayList<>();
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

    /** A closed breaker with the options of this one, but for its name, and a state of its own; for one more server. */
    public CircuitBreaker another(String name) {
        return new CircuitBreaker(new Options(
                Check.notBlank("name", name),
                options.failureThreshold(),
                options.window(),
                options.slowNanos(),
                options.resetTimeout(),
                options.halfOpenProbes(),
                options.ignoreIf(),
                options.clock(),
                options.listeners()));
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public CircuitState state() {
        return now().name();
    }

    @Override
    public long opened() {
        return opened.sum();
    }

    @Override
    public long refused() {
        return refused.sum();
    }

    @Override
    public Permit acquire() {
        return now().acquire();
    }

    @Override
    public Permit observe() {
        return now() instanceof Closed closed ? closed : NoPermit.INSTANCE;
    }

    @Override
    public void recordSuccess() {
        now().answered();
    }

    /** {@inheritDoc} It is not read, but for those that {@link CircuitBreakerBuilder#ignoreIf} excludes. */
    @Override
    public void recordFailure(Throwable error) {
        if (!ignores(error)) {
            now().failed(error);
        }
    }

    @Override
    public boolean attach(Consumer<CircuitTransition> listener) {
        attached.addIfAbsent(listener);
        return true;
    }

    @Override
    public void detach(Consumer<CircuitTransition> listener) {
        attached.remove(listener);
    }

    @Override
    public Permit acquireProbe() {
        return now().acquireProbe();
    }

    // ---- by hand

    /** Refuses all calls until {@link #reset} or {@link #forceClosed}, as for planned work on the server. */
    public void forceOpen() {
        force(new ForcedOpen(this));
    }

    /** Lets all calls through and counts none, until {@link #reset} or {@link #forceOpen}. */
    public void forceClosed() {
        force(new ForcedClosed(this));
    }

    /** Closes, from whatever state, and begins to count anew. */
    public void reset() {
        force(new Closed(this));
    }

    private void force(State to) {
        State from = current.getAndSet(to);
        if (from.name() != to.name()) {
            tell(from, to.name(), "by hand");
        }
    }

    // ---- for the states

    boolean isProbedByPools() {
        return !attached.isEmpty();
    }

    private boolean ignores(Throwable error) {
        try {
            return options.ignoreIf().test(error);
        } catch (RuntimeException | LinkageError thrown) {
            LOG.log(System.Logger.Level.WARNING, "a predicate of circuit " + name() + " threw", thrown);
            return false;
        }
    }

    /** Settles {@code permit} by what {@code error} means; one that is excluded means nothing. */
    void settle(Permit permit, Throwable error) {
        switch (ignores(error) ? Reading.SILENT : Reading.of(error)) {
            case ANSWERED -> permit.success();
            case FAILED -> permit.failure(error);
            case SILENT -> permit.ignored();
        }
    }

    // ---- transitions, asked for by the states

    private State now() {
        return current.get();
    }

    CircuitOpenException refused(String words, @Nullable Duration retryAfter) {
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
        if (options.listeners().isEmpty() && attached.isEmpty()) {
            return;
        }
        var transition =
                new CircuitTransition(name(), from.name(), to, options.clock().now(), reason);
        tell(attached, transition);
        tell(options.listeners(), transition);
    }

    private void tell(List<Consumer<CircuitTransition>> listeners, CircuitTransition transition) {
        for (Consumer<CircuitTransition> listener : listeners) {
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
