package dev.cenote.decorators;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.circuit.CircuitState;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Timeouts;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.retry.RetriedCall;
import dev.cenote.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
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
 * #health()} is down.
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
     * @param callTimeout how long {@code execute} may take in all
     * @param runtime clock, randomness and threads
     */
    public record Parts<C extends Connection>(
            PoolEngine<C> engine,
            Optional<RetryPolicy> retry,
            Optional<CircuitBreaker> circuit,
            Duration callTimeout,
            PoolRuntime runtime) {}

    private final PoolEngine<C> engine;
    private final @Nullable RetryPolicy retry;
    private final @Nullable Guard guard;
    private final Duration callTimeout;
    private final TimeSource clock;
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
        if (guard != null) {
            engine.addListener(guard);
        }
    }

    // ---- the policies

    /** The circuit breaker, if there is one. */
    public Optional<CircuitBreaker> circuit() {
        return Optional.ofNullable(guard).map(Guard::circuit);
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
        return guard == null ? engine.acquire() : guard.lease(engine::acquire);
    }

    @Override
    public Lease<C> acquire(Duration timeout) {
        return guard == null ? engine.acquire(timeout) : guard.lease(() -> engine.acquire(timeout));
    }

    @Override
    public Lease<C> acquire(Deadline deadline) {
        return guard == null ? engine.acquire(deadline) : guard.lease(() -> engine.acquire(deadline));
    }

    @Override
    public Optional<Lease<C>> tryAcquire() {
        return guard == null ? engine.tryAcquire() : guard.tryLease(engine::tryAcquire);
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync() {
        return guard == null ? engine.acquireAsync() : guard.leaseAsync(engine::acquireAsync);
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync(Deadline deadline) {
        return guard == null ? engine.acquireAsync(deadline) : guard.leaseAsync(() -> engine.acquireAsync(deadline));
    }

    // ---- execute

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return execute(operation, Deadline.after(callTimeout, clock));
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        var call = new Call<>(operation, deadline);
        if (retry == null) {
            return call.attempt();
        }
        try {
            return retry.call(call::attempt, call.about());
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) { // an attempt throws nothing checked
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        return executeAsync(operation, Deadline.after(callTimeout, clock));
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        var call = new Call<>(operation, deadline);
        return retry == null ? call.attemptAsync() : retry.callAsync(call::attemptAsync, call.about());
    }

    /** One call, whose attempts follow each other. */
    private final class Call<R> {
        private final Operation<? super C, R> operation;
        private final Deadline deadline;
        private boolean begun;

        Call(Operation<? super C, R> operation, Deadline deadline) {
            this.operation = operation;
            this.deadline = deadline;
        }

        RetriedCall about() {
            String name = operation
                    .target()
                    .map(target -> operation.name() + " " + target)
                    .orElseGet(operation::name);
            return new RetriedCall(name, operation.effect(), deadline);
        }

        R attempt() {
            return guard == null ? run() : guard.call(this::run);
        }

        CompletableFuture<R> attemptAsync() {
            return guard == null ? runAsync() : guard.callAsync(this::runAsync);
        }

        private R run() {
            count();
            return engine.execute(operation, deadline);
        }

        private CompletableFuture<R> runAsync() {
            count();
            return engine.executeAsync(operation, deadline);
        }

        private void count() {
            attempts.increment();
            if (begun) {
                retries.increment();
            }
            begun = true;
        }
    }

    // ---- what it says of itself

    @Override
    public PoolStats stats() {
        return engine.stats();
    }

    @Override
    public Health health() {
        if (guard != null && guard.circuit().state() == CircuitState.OPEN) {
            return new Health(
                    Health.Status.DOWN,
                    "circuit " + guard.circuit().name() + " is open; "
                            + engine.health().reason());
        }
        return engine.health();
    }

    @Override
    public List<Holder> holders() {
        return engine.holders();
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
        return engine.drain(timeout);
    }

    @Override
    public void close() {
        engine.close();
    }
}
