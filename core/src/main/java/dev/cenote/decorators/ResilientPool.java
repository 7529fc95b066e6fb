package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.Permit;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.AsyncTransactionBody;
import dev.cenote.protocols.CallObserver;
import dev.cenote.protocols.CallObserver.Observation;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PolicyStats;
import dev.cenote.protocols.PolicyStats.CircuitStats;
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
import dev.cenote.retry.RetriedCall;
import dev.cenote.retry.Retry;
import dev.cenote.retry.RetryBudget;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
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
    private final @Nullable Retry retry;
    private final @Nullable Guard guard;
    private final @Nullable Hedge hedge;
    private final @Nullable Prober prober;
    private final Observers observers;
    private final Nested<C> nested;
    private final PoolTransactions<C> transactions;
    private final Duration callTimeout;
    private final TimeSource clock;
    /** The observed call whose attempt this thread is about to make. */
    private final ThreadLocal<@Nullable Call<?>> attempting = new ThreadLocal<>();

    private final LongAdder attempts = new LongAdder();
    private final LongAdder retries = new LongAdder();

    /** Makes a pool; only backends call this. Time, randomness and threads of the retry policy become the pool's. */
    protected ResilientPool(Parts<C> parts) {
        PoolRuntime runtime = parts.runtime();
        this.engine = parts.engine();
        this.callTimeout = parts.callTimeout();
        this.clock = runtime.clock();
        this.retry = parts.retry()
                .map(policy -> policy.with(runtime.clock(), runtime.random(), runtime.scheduler()))
                .orElse(null);
        this.guard = parts.circuit().map(Guard::new).orElse(null);
        this.hedge = parts.hedge().orElse(null);
        this.observers = new Observers(engine);
        this.nested = new Nested<>(engine.name());
        this.transactions = new PoolTransactions<>(parts, nested, retry, this::count, leases());
        this.prober = guard == null ? null : new Prober(guard.circuit(), engine, clock);
        if (guard != null && prober != null) {
            engine.addListener(guard);
            prober.begin();
        }
    }

    // ---- the policies

    /** What guards it against a server that is down, if anything does. */
    public Optional<Circuit> circuit() {
        return Optional.ofNullable(guard).map(Guard::circuit);
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
        return attempts.sum();
    }

    /** How many of the {@link #attempts()} were not the first of their call. */
    public long retries() {
        return retries.sum();
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
        return observed(guard == null ? take() : guard.lease(this::take));
    }

    @Override
    public Lease<C> acquire(Duration timeout) {
        return acquire(Deadline.after(timeout, clock));
    }

    @Override
    public Lease<C> acquire(Deadline deadline) {
        nested.refuse("acquire");
        return guarded(deadline);
    }

    @Override
    public Optional<Lease<C>> tryAcquire() {
        return (guard == null ? takeAtOnce() : guard.tryLease(this::takeAtOnce)).map(this::observed);
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync() {
        return acquireAsync(engine.acquireDeadline());
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync(Deadline deadline) {
        nested.refuse("acquireAsync");
        return guardedAsync(deadline);
    }

    private Lease<C> guarded(Deadline deadline) {
        return observed(guard == null ? take(deadline) : guard.lease(() -> take(deadline)));
    }

    private Lease<C> observed(Lease<C> lease) {
        return observers.areThere() ? new ObservedLease<>(lease, observers) : lease;
    }

    private CompletableFuture<Lease<C>> guardedAsync(Deadline deadline) {
        CompletableFuture<Lease<C>> lease =
                guard == null ? takeAsync(deadline) : guard.leaseAsync(() -> takeAsync(deadline));
        return observers.areThere() ? observedAsync(lease) : lease;
    }

    /** Cancelling it cancels {@code lease}, so that none is lost. */
    private CompletableFuture<Lease<C>> observedAsync(CompletableFuture<Lease<C>> lease) {
        var result = new CompletableFuture<Lease<C>>();
        lease.whenComplete((had, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (!result.complete(observed(had))) { // cancelled as the lease came
                had.close();
            }
        });
        result.whenComplete((had, failure) -> {
            if (result.isCancelled()) {
                lease.cancel(false);
            }
        });
        return result;
    }

    /** How transactions get their leases. */
    private PoolTransactions.Leases<C> leases() {
        return new PoolTransactions.Leases<>() {
            @Override
            public Lease<C> acquire(Deadline deadline) {
                return guarded(deadline);
            }

            @Override
            public CompletableFuture<Lease<C>> acquireAsync(Deadline deadline) {
                return guardedAsync(deadline);
            }
        };
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
        var call = new Call<>(operation, deadline.earlier(Deadline.current()));
        return call.observation == null ? execute(call) : observed(call);
    }

    private <R> R observed(Call<R> call) {
        R result;
        try {
            result = execute(call);
        } catch (Throwable failure) {
            call.ended(failure);
            throw failure;
        }
        call.ended(null);
        return result;
    }

    private <R> R execute(Call<R> call) {
        if (retry == null) {
            return call.call();
        }
        try {
            return retry.call(call, call);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) { // an attempt throws nothing checked
            throw new IllegalStateException(impossible);
        }
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
        var call = new Call<>(operation, deadline.earlier(Deadline.current()));
        CompletableFuture<R> running = retry == null ? call.begin() : retry.callAsync(call::begin, call);
        return call.observation == null ? running : Observers.ended(running, call::ended);
    }

    /** Makes one attempt of a call, on a lease of its own; a backend may know another way. Its policies are round it. */
    protected <R> R attempt(Operation<? super C, R> operation, Deadline deadline) {
        Call<?> observed = observers.areThere() ? attempting.get() : null;
        return observed == null
                ? engine.execute(operation, deadline)
                : engine.execute(operation, deadline, observed::leased);
    }

    /** As {@link #attempt}, without blocking. */
    protected <R> CompletableFuture<R> attemptAsync(Operation<? super C, R> operation, Deadline deadline) {
        Call<?> observed = observers.areThere() ? attempting.get() : null;
        return observed == null
                ? engine.executeAsync(operation, deadline)
                : engine.executeAsync(operation, deadline, observed::leased);
    }

    private Deadline callDeadline() {
        return Deadline.after(callTimeout, clock);
    }

    private void count(boolean isRetry) {
        attempts.increment();
        if (isRetry) {
            retries.increment();
        }
    }

    /** One call, whose attempts follow each other; the one thing that a call allocates besides its deadline and lease. */
    private final class Call<R> implements Callable<R>, RetriedCall {
        private final Operation<? super C, R> operation;
        private final Deadline deadline;
        private final @Nullable Observation observation;
        private int begun;
        private long askedNanos;

        Call(Operation<? super C, R> operation, Deadline deadline) {
            this.operation = operation;
            this.deadline = deadline;
            this.observation = observers.begin(operation);
        }

        @Override
        public String name() {
            return operation
                    .target()
                    .map(target -> operation.name() + " " + target)
                    .orElseGet(operation::name);
        }

        @Override
        public Effect effect() {
            return operation.effect();
        }

        @Override
        public Deadline deadline() {
            return deadline;
        }

        /** An attempt. */
        @Override
        public R call() {
            return observation == null ? permitted() : watched(this::permitted);
        }

        private R permitted() {
            if (guard == null) {
                return run();
            }
            Permit permit = guard.acquire();
            R result;
            try {
                result = run();
            } catch (Throwable failure) {
                Guard.settle(permit, failure);
                throw failure;
            }
            permit.success();
            return result;
        }

        CompletableFuture<R> begin() {
            if (observation == null) {
                return permittedAsync();
            }
            CompletableFuture<R> running = watched(this::permittedAsync);
            running.whenComplete((result, failure) -> {
                if (failure != null) {
                    failed(failure);
                }
            });
            return running;
        }

        private CompletableFuture<R> permittedAsync() {
            return guard == null ? runAsync() : guard.callAsync(this::runAsync);
        }

        /** Makes an attempt on this thread, where {@link ResilientPool#attempt} finds whose it is. */
        private <T> T watched(Supplier<T> attempt) {
            Call<?> outer = attempting.get();
            attempting.set(this);
            askedNanos = clock.nanoTime();
            try {
                return attempt.get();
            } catch (Throwable failure) {
                failed(failure);
                throw failure;
            } finally {
                attempting.set(outer);
            }
        }

        private void leased(long connectionId) {
            if (observation != null) {
                observation.leased(connectionId, Duration.ofNanos(clock.nanoTime() - askedNanos));
            }
        }

        private void failed(Throwable failure) {
            if (observation != null) {
                observation.attemptFailed(Math.max(1, begun), failure);
            }
        }

        private void ended(@Nullable Throwable failure) {
            if (observation != null) {
                observation.end(failure);
            }
        }

        private R run() {
            note();
            return isHedged() ? Hedged.await(runHedged()) : attempt(operation, deadline);
        }

        private CompletableFuture<R> runAsync() {
            note();
            return isHedged() ? runHedged() : attemptAsync(operation, deadline);
        }

        private boolean isHedged() {
            return hedge != null && operation.effect() == Effect.READ_ONLY;
        }

        private CompletableFuture<R> runHedged() {
            return Hedged.start(engine, Objects.requireNonNull(hedge), operation, deadline);
        }

        private void note() {
            count(begun++ > 0);
        }
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
        return engine.stats().withPolicies(policyStats());
    }

    private PolicyStats policyStats() {
        Optional<RetryBudget> budget = retry == null ? Optional.empty() : retry.retryBudget();
        return new PolicyStats(
                attempts(),
                retries(),
                budget.map(RetryBudget::available).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                budget.map(RetryBudget::refused).orElse(0L),
                circuit().map(it -> new CircuitStats(it.name(), it.state(), it.opened(), it.refused())));
    }

    @Override
    public PoolReport report() {
        PoolReport report = engine.report(policyStats());
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
        if (guard != null && !guard.circuit().state().isClosed()) {
            return new Health(
                    Health.Status.DOWN,
                    "circuit " + guard.circuit().name() + " is "
                            + guard.circuit().state() + "; " + engine.health().reason());
        }
        return engine.health();
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
