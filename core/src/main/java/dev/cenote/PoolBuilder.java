package dev.cenote;

import dev.cenote.circuit.Circuit;
import dev.cenote.decorators.Hedge;
import dev.cenote.decorators.ResilientPool;
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
import java.util.function.BiPredicate;
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
    private final List<OverriddenClassifier.Override> overrides = new ArrayList<>();

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

    /**
     * Changes what errors with this code mean, in every phase: either half of the verdict, in either direction. {@code
     * docs/errors.md} lists the codes and what they mean otherwise. May be called several times; a later change sees the
     * verdict of an earlier one.
     *
     * <pre>{@code
     * builder.verdict("57014", verdict -> verdict.withCall(CallFate.PERMANENT))       // a cancel is meant
     *        .verdictIf(error -> error instanceof MyProxyException, verdict -> verdict.withConnection(ConnectionFate.EVICT));
     * }</pre>
     *
     * <p>Whoever turns an unknown fate into {@code NOT_EXECUTED} or {@code ROLLED_BACK} has writes tried again that may have
     * run: they may then run twice.
     *
     * @param code as {@link Classifier#codes} gives it, such as {@code 40001}, {@code 1213}, {@code LOADING}
     * @throws dev.cenote.protocols.errors.ConfigurationException if it is blank
     */
    public B verdict(String code, UnaryOperator<Verdict> change) {
        Check.notBlank("code", code);
        return override((error, codes) -> codes.contains(code), change);
    }

    /**
     * Changes what errors mean that pass {@code when}, as {@link #verdict} does. It is asked with the driver's exception,
     * whose causes it may look along; if it or {@code change} throws, that is logged and changes nothing.
     */
    public B verdictIf(Predicate<? super Throwable> when, UnaryOperator<Verdict> change) {
        Objects.requireNonNull(when, "when");
        return override((error, codes) -> when.test(error), change);
    }

    private B override(BiPredicate<Throwable, List<String>> when, UnaryOperator<Verdict> change) {
        overrides.add(new OverriddenClassifier.Override(when, Objects.requireNonNull(change, "change")));
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

    /** Makes the parts of a pool: what a backend's {@link #build()} hands to its pool. */
    protected <C extends Connection> ResilientPool.Parts<C> parts(
            String backend, Connector<C> connector, Classifier classifier) {
        Check.positive("callTimeout", callTimeout);
        PoolOptions options = options(backend + "-" + COUNT.incrementAndGet());
        Classifier overridden = OverriddenClassifier.of(classifier, overrides);
        var engine = new PoolEngine<>(options, connector, overridden, runtime, listeners);
        return new ResilientPool.Parts<>(engine, retry, circuit, hedge, callTimeout, runtime);
    }
}
