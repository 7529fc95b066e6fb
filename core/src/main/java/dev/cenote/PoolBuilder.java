package dev.cenote;

import dev.cenote.circuit.Circuit;
import dev.cenote.decorators.Hedge;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.metrics.PoolBeans;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.pool.PoolOptionsBuilder;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.retry.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What the builders of all backends have in common: the options of the pool, its policies, and what it takes from the
 * world. Not thread-safe.
 *
 * @param <B> the builder itself
 * @param <P> the pool it builds
 */
public abstract class PoolBuilder<B extends PoolBuilder<B, P>, P extends Pool<?>> extends PoolOptionsBuilder<B> {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Optional<Retry> retry = Optional.empty();
    private Optional<Circuit> circuit = Optional.empty();
    private Optional<Hedge> hedge = Optional.empty();
    private Duration callTimeout = Duration.ofSeconds(30);
    private PoolRuntime runtime = PoolRuntime.system();
    private final List<PoolListener> listeners = new ArrayList<>();
    private final List<UnaryOperator<Classifier>> overrides = new ArrayList<>();

    /** Only backends extend this. */
    protected PoolBuilder() {}

    /**
     * How {@code pool.execute} and {@code pool.transaction} try again: a {@link dev.cenote.retry.RetryPolicy}, or another
     * library's by an adapter. Default: they do not.
     */
    public B retry(Retry policy) {
        this.retry = Optional.of(policy);
        return self();
    }

    /**
     * What guards the pool against a server that is down: a {@link dev.cenote.circuit.CircuitBreaker}, or another library's
     * by an adapter. One may guard several pools. Default: nothing.
     */
    public B circuitBreaker(Circuit breaker) {
        this.circuit = Optional.of(breaker);
        return self();
    }

    /**
     * Has a read that takes long run a second time on another connection, if one is idle; the answer that comes first
     * counts. Default: nothing is hedged.
     */
    public B hedge(Hedge hedge) {
        this.hedge = Optional.of(hedge);
        return self();
    }

    /** How long {@code pool.execute} may take, with acquire, all attempts and the backoff between them. Default 30 s. */
    public B callTimeout(Duration callTimeout) {
        this.callTimeout = callTimeout;
        return self();
    }

    /** Is told of all events from the first one on. May be called several times. */
    public B listener(PoolListener listener) {
        listeners.add(listener);
        return self();
    }

    /** Clock, randomness and threads. Default: the machine's, and threads of the pool's own. */
    public B runtime(PoolRuntime runtime) {
        this.runtime = runtime;
        return self();
    }

    /**
     * Changes what is made of errors with that code, in every phase: while connecting, in an operation, at a commit and on
     * return. May be called several times; a later change sees what an earlier one made of the verdict. One that throws or
     * returns null is logged and leaves the verdict.
     *
     * <pre>{@code
     * .verdict("57014", verdict -> verdict.withCall(CallFate.PERMANENT)) // PostgreSQL: cancelled, not worth a retry
     * }</pre>
     *
     * <p><b>Careful:</b> to loosen the call's half towards {@link Verdict.CallFate#NOT_EXECUTED} or {@link
     * Verdict.CallFate#ROLLED_BACK} may double a write: a retry then takes your word for it that nothing was done. To keep
     * a connection that the verdict gives up may hand its next holder a reply that was somebody else's.
     *
     * @param code as the classifier's {@link Classifier#codes} gives it, in full and with its case; docs/errors.md names
     *     the known ones. A classifier of your own that gives no codes matches none
     * @throws dev.cenote.protocols.errors.ConfigurationException if {@code code} is blank
     */
    public B verdict(String code, UnaryOperator<Verdict> change) {
        Check.notBlank("code", code);
        Objects.requireNonNull(change, "change");
        overrides.add(classifier -> classifier.withVerdict(code, change));
        return self();
    }

    /**
     * As {@link #verdict}, for errors of which {@code when} is true; it is asked with the driver's exception. One that
     * throws is logged and counts as no.
     */
    public B verdictIf(Predicate<Throwable> when, UnaryOperator<Verdict> change) {
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(change, "change");
        overrides.add(classifier -> classifier.withVerdictIf(when, change));
        return self();
    }

    /**
     * Takes the parameters of {@code uri} that are the pool's.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException if one is unknown or malformed, by its name
     */
    public B poolParameters(PoolUri uri) {
        PoolParameters.apply(uri.poolParameters(), this);
        return self();
    }

    /** The pool. Connects to nothing yet; connections for minSize are opened in the background. */
    public abstract P build();

    /** Clock, randomness and threads as they stand, for a backend that needs them too. */
    protected PoolRuntime runtime() {
        return runtime;
    }

    /**
     * All that was collected, as it stood: for a backend that makes several pools of it, and makes them later. Immutable.
     *
     * @param options how each pool behaves
     * @param retry how to try again, if at all
     * @param circuit what guards a pool, if anything
     * @param hedge when a slow read is made a second time, if ever
     * @param callTimeout how long {@code execute} may take in all
     * @param runtime clock, randomness and threads
     * @param listeners told of all events from the first one on
     * @param overrides what the user changed of the classifier's verdicts
     */
    public record Design(
            PoolOptions options,
            Optional<Retry> retry,
            Optional<Circuit> circuit,
            Optional<Hedge> hedge,
            Duration callTimeout,
            PoolRuntime runtime,
            List<PoolListener> listeners,
            List<UnaryOperator<Classifier>> overrides) {
        public Design {
            Check.positive("callTimeout", callTimeout);
            listeners = List.copyOf(listeners);
            overrides = List.copyOf(overrides);
        }

        /** {@code classifier}, with what the user changed of it. */
        public Classifier overridden(Classifier classifier) {
            Classifier result = classifier;
            for (UnaryOperator<Classifier> override : overrides) {
                result = override.apply(result);
            }
            return result;
        }
    }

    /**
     * What was collected.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException if an option breaks its rule
     */
    protected Design design(String backend) {
        PoolOptions options = options(backend + "-" + COUNT.incrementAndGet());
        return new Design(options, retry, circuit, hedge, callTimeout, runtime, listeners, overrides);
    }

    /**
     * Shows a pool that was just made to who asked for that: where the option {@code jmx} is set, to JMX.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException if that cannot be; the pool is closed
     */
    protected static <T extends ResilientPool<?>> T published(T pool) {
        if (pool.options().jmx()) {
            try {
                PoolBeans.register(pool);
            } catch (RuntimeException refused) {
                pool.close();
                throw refused;
            }
        }
        return pool;
    }

    /** Makes the parts of a pool: what a backend's {@link #build()} hands to its pool. */
    protected <C extends Connection> ResilientPool.Parts<C> parts(
            String backend, Connector<C> connector, Classifier classifier) {
        Design design = design(backend);
        var engine = new PoolEngine<>(
                design.options(), connector, design.overridden(classifier), runtime, design.listeners());
        return new ResilientPool.Parts<>(engine, retry, circuit, hedge, callTimeout, runtime);
    }
}
