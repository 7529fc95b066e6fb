package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.AsyncTransactionBody;
import dev.cenote.protocols.CallObserver;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.SlotView;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Timeouts;
import dev.cenote.protocols.TransactionBody;
import dev.cenote.protocols.TransactionContext;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Nesting;
import dev.cenote.protocols.errors.NestedUseException;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.retry.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A pool with its policies; what has no policy is the engine's. The pools of the backends extend this.
 *
 * <p>{@code execute} runs within one deadline, the call time-out unless the caller gives another. Each attempt asks the
 * circuit breaker, acquires (within the acquire time-out), runs and releases; the retry policy decides by the operation's
 * effect and the error's verdict whether another follows. A retry gets any connection, never by preference the one that
 * failed, and is refused like any other call once the circuit is open.
 *
 * <p>With a circuit breaker, acquires ask it too, and what their holders run on the lease tells it how the server is. It
 * counts as failures: connections that could not be opened, each once, however many waited for it; and operations whose
 * verdict is that their connection is to be closed. It counts any other answer of the server as a success. An exhausted
 * pool, a time-out of acquire, a cancel or an interrupt says nothing of the server. While the circuit is open, {@link
 * #health()} is down, whoever waited has failed, nobody may begin to wait, and the pool probes the server by itself.
 *
 * @param <C> the connection
 */
public class ResilientPool<C extends Connection> implements Pool<C> {
    /**
     * What a pool is made of.
     *
     * @param engine the pool without policies
     * @param retry how to try again, if at all
     * @param circuit what guards it, if anything
     * @param hedge when a slow read is made a second time, if ever
     * @param callTimeout how long {@code execute} may take in all
     * @param runtime clock, randomness and threads
     */
    public record Parts<C extends Connection>(
            PoolEngine<C> engine,
            Optional<Retry> retry,
            Optional<Circuit> circuit,
            Optional<Hedge> hedge,
            Duration callTimeout,
            PoolRuntime runtime) {}

    private final PoolEngine<C> engine;
    private final PoolPolicies policies;
    private final @Nullable Prober prober;
    private final Observers observers;
    private final Nested<C> nested;
    private final PoolLeases<C> leases;
    private final PoolCalls<C> calls;
    private final PoolTransactions<C> transactions;
    private final Duration callTimeout;
    private final TimeSource clock;

    /** Makes a pool; only backends call this. Time, randomness and threads of the retry policy become the pool's. */
    protected ResilientPool(Parts<C> parts) {
        this.engine = parts.engine();
        this.callTimeout = parts.callTimeout();
        this.clock = parts.runtime().clock();
        this.policies = new PoolPolicies(parts);
        this.observers = new Observers(engine);
        this.nested = new Nested<>(engine.name());
        this.leases = new PoolLeases<>(this, policies.guard, observers);
        this.calls = new PoolCalls<>(this, parts, policies, observers);
        this.transactions = new PoolTransactions<>(parts, nested, policies, leases);
        Guard guard = policies.guard;
        this.prober = guard == null ? null : new Prober(guard.circuit(), engine, clock);
        if (guard != null && prober != null) {
            engine.addListener(guard);
            prober.begin();
        }
    }

    // ---- the policies

    /** What guards it against a server that is down, if anything does. */
    public Optional<Circuit> circuit() {
        return policies.circuit();
    }

    /** Has {@code observer} told of all calls that begin from now on. */
    public void addObserver(CallObserver observer) {
        observers.add(observer);
    }

    /** No longer tells {@code observer} of calls, but those that have begun. Does nothing if it was not told. */
    public void removeObserver(CallObserver observer) {
        observers.remove(observer);
    }

    /** How many attempts {@code execute} and {@code executeAsync} have made; what the circuit refused is none. */
    public long attempts() {
        return policies.attempts();
    }

    /** How many of the {@link #attempts()} were not the first of their call. */
    public long retries() {
        return policies.retries();
    }

    /** The options it was built with; {@link #resize} may have changed the sizes since. */
    public PoolOptions options() {
        return engine.options();
    }

    /** How long {@code execute} may take, with acquire, all attempts and the backoff between them. */
    public Duration callTimeout() {
        return callTimeout;
    }

    @Override
    public String name() {
        return engine.name();
    }

    // ---- acquire

    @Override
    public Lease<C> acquire() {
        nested.refuse("acquire");
        return leases.acquire();
    }

    @Override
    public Lease<C> acquire(Duration timeout) {
        return acquire(Deadline.after(timeout, clock));
    }

    @Override
    public Lease<C> acquire(Deadline deadline) {
        nested.refuse("acquire");
        return leases.acquire(deadline);
    }

    @Override
    public Optional<Lease<C>> tryAcquire() {
        return leases.tryAcquire();
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync() {
        return acquireAsync(engine.acquireDeadline());
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync(Deadline deadline) {
        nested.refuse("acquireAsync");
        return leases.acquireAsync(deadline);
    }

    /** Gets a lease within the acquire time-out; a backend may know another way. Its policies are round it. */
    protected Lease<C> take() {
        return engine.acquire();
    }

    /** As {@link #take()}, until {@code deadline} instead. For transactions too. */
    protected Lease<C> take(Deadline deadline) {
        return engine.acquire(deadline);
    }

    /** As {@link #take(Deadline)}, without blocking. */
    protected CompletableFuture<Lease<C>> takeAsync(Deadline deadline) {
        return engine.acquireAsync(deadline);
    }

    /** As {@link #take()}, without waiting. */
    protected Optional<Lease<C>> takeAtOnce() {
        return engine.tryAcquire();
    }

    // ---- execute

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return execute(operation, callDeadline());
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        TransactionContext<C> joined = nested.joined("execute", Nesting.REFUSED);
        if (joined != null) {
            return joined.execute(operation);
        }
        return calls.execute(operation, deadline.earlier(Deadline.current()));
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        return executeAsync(operation, callDeadline());
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        TransactionContext<C> joined;
        try {
            joined = nested.joined("executeAsync", Nesting.REFUSED);
        } catch (NestedUseException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        if (joined != null) {
            return joined.executeAsync(operation);
        }
        return calls.executeAsync(operation, deadline.earlier(Deadline.current()));
    }

    /** Makes one attempt of a call, on a lease of its own; a backend may know another way. Its policies are round it. */
    protected <R> R attempt(Operation<? super C, R> operation, Deadline deadline) {
        return calls.onLease(operation, deadline);
    }

    /** As {@link #attempt}, without blocking. */
    protected <R> CompletableFuture<R> attemptAsync(Operation<? super C, R> operation, Deadline deadline) {
        return calls.onLeaseAsync(operation, deadline);
    }

    private Deadline callDeadline() {
        return Deadline.after(callTimeout, clock);
    }

    // ---- transactions

    @Override
    public <R extends @Nullable Object, X extends Exception> R transaction(
            TransactionOptions options, TransactionBody<C, R, X> body) throws X {
        return transactions.run(options, body);
    }

    @Override
    public <R> CompletableFuture<R> transactionAsync(TransactionOptions options, AsyncTransactionBody<C, R> body) {
        return transactions.runAsync(options, body);
    }

    // ---- what it says of itself

    @Override
    public PoolStats stats() {
        return engine.stats(policies.stats());
    }

    @Override
    public PoolReport report() {
        PoolReport report = engine.report(policies.stats());
        return new PoolReport(
                report.stats(),
                health(),
                report.suspicions(),
                report.holders(),
                report.waiters(),
                report.lastConnectFailure());
    }

    @Override
    public List<String> codes(Throwable error) {
        return engine.codes(error);
    }

    @Override
    public Database database() {
        return engine.database();
    }

    @Override
    public Health health() {
        Health health = engine.health();
        return policies.circuit()
                .filter(circuit -> !circuit.state().isClosed())
                .map(circuit -> new Health(
                        Health.Status.DOWN,
                        "circuit " + circuit.name() + " is " + circuit.state() + "; " + health.reason()))
                .orElse(health);
    }

    @Override
    public List<Holder> holders() {
        return engine.holders();
    }

    @Override
    public List<SlotView> slots() {
        return engine.slots();
    }

    @Override
    public void addListener(PoolListener listener) {
        engine.addListener(listener);
    }

    @Override
    public void removeListener(PoolListener listener) {
        engine.removeListener(listener);
    }

    // ---- its life

    @Override
    public Timeouts timeouts() {
        return engine.timeouts();
    }

    @Override
    public void timeouts(Timeouts timeouts) {
        engine.timeouts(timeouts);
    }

    @Override
    public void clear(InUse inUse) {
        engine.clear(inUse);
    }

    @Override
    public void pause(InUse inUse) {
        engine.pause(inUse);
    }

    @Override
    public void ready() {
        engine.ready();
    }

    @Override
    public void resize(int minSize, int maxSize) {
        engine.resize(minSize, maxSize);
    }

    @Override
    public boolean drain(Duration timeout) {
        try {
            return engine.drain(timeout);
        } finally {
            endProbing();
        }
    }

    @Override
    public void close() {
        endProbing();
        engine.close();
    }

    private void endProbing() {
        if (prober != null) {
            prober.end();
        }
    }
}
