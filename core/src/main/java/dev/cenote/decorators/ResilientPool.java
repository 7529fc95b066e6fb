package dev.cenote.decorators;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.circuit.Permit;
import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.retry.Retry;
import dev.cenote.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool with its policies: {@code execute} retries by the retry policy and asks the circuit breaker, within one
 * deadline; all else is the engine's. The pools of the backends extend this.
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

    private final Pool<C> engine;
    private final Duration callTimeout;
    private final PoolRuntime runtime;
    private final @Nullable Retry retry;
    private final @Nullable CircuitGuard circuit;
    private final LongAdder attempts = new LongAdder();
    private final LongAdder retries = new LongAdder();

    protected ResilientPool(Parts<C> parts) {
        this.engine = parts.engine();
        this.callTimeout = parts.callTimeout();
        this.runtime = parts.runtime();
        this.retry = parts.retry().map(policy -> new Retry(policy, runtime)).orElse(null);
        this.circuit = parts.circuit().map(CircuitGuard::new).orElse(null);
        if (circuit != null) {
            engine.addListener(circuit);
        }
    }

    // ---- acquire

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public Lease<C> acquire() {
        return circuit == null ? engine.acquire() : guarded(circuit, engine::acquire);
    }

    @Override
    public Lease<C> acquire(Duration timeout) {
        return circuit == null ? engine.acquire(timeout) : guarded(circuit, () -> engine.acquire(timeout));
    }

    @Override
    public Lease<C> acquire(Deadline deadline) {
        return circuit == null ? engine.acquire(deadline) : guarded(circuit, () -> engine.acquire(deadline));
    }

    private Lease<C> guarded(CircuitGuard guard, Supplier<Lease<C>> acquire) {
        Permit permit = guard.acquire();
        try {
            return new GuardedLease<>(acquire.get(), permit);
        } catch (Throwable error) {
            permit.ignored();
            throw error;
        }
    }

    @Override
    public Optional<Lease<C>> tryAcquire() {
        if (circuit == null) {
            return engine.tryAcquire();
        }
        Permit permit = circuit.acquire();
        try {
            Optional<Lease<C>> lease = engine.tryAcquire();
            if (lease.isEmpty()) {
                permit.ignored();
            }
            return lease.map(got -> new GuardedLease<>(got, permit));
        } catch (Throwable error) {
            permit.ignored();
            throw error;
        }
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync() {
        return circuit == null ? engine.acquireAsync() : guardedAsync(circuit, engine::acquireAsync);
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync(Deadline deadline) {
        return circuit == null
                ? engine.acquireAsync(deadline)
                : guardedAsync(circuit, () -> engine.acquireAsync(deadline));
    }

    private CompletableFuture<Lease<C>> guardedAsync(
            CircuitGuard guard, Supplier<CompletableFuture<Lease<C>>> acquire) {
        Permit permit;
        try {
            permit = guard.acquire();
        } catch (CircuitOpenException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        var result = new CompletableFuture<Lease<C>>();
        CompletableFuture<Lease<C>> acquired = acquire.get();
        var unused = acquired.whenComplete((lease, error) -> {
            if (lease == null) {
                permit.ignored();
                result.completeExceptionally(error);
            } else {
                var got = new GuardedLease<>(lease, permit);
                if (!result.complete(got)) {
                    got.close();
                }
            }
        });
        var cancelling = result.whenComplete((lease, error) -> acquired.cancel(false));
        return result;
    }

    // ---- execute

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return execute(operation, Deadline.after(callTimeout, runtime.clock()));
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        if (retry == null) {
            return attempt(operation, deadline, true);
        }
        var first = new AtomicBoolean(true);
        try {
            return retry.call(
                    describe(operation),
                    operation.effect(),
                    deadline,
                    () -> attempt(operation, deadline, first.getAndSet(false)));
        } catch (RuntimeException error) {
            throw error;
        } catch (Exception impossible) {
            throw new CenoteException(describe(operation) + " failed", impossible);
        }
    }

    private <R> R attempt(Operation<? super C, R> operation, Deadline deadline, boolean first) {
        count(first);
        if (circuit == null) {
            return engine.execute(operation, deadline);
        }
        Permit permit = circuit.acquire();
        try {
            R result = engine.execute(operation, deadline);
            permit.success();
            return result;
        } catch (Throwable error) {
            CircuitGuard.settle(permit, error);
            throw error;
        }
    }

    private void count(boolean first) {
        attempts.increment();
        if (!first) {
            retries.increment();
        }
    }

    private static String describe(Operation<?, ?> operation) {
        return operation.target().map(target -> operation.name() + " " + target).orElseGet(operation::name);
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        return executeAsync(operation, Deadline.after(callTimeout, runtime.clock()));
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        var call = new AsyncCall<>(operation, deadline);
        call.attempt(true);
        return call.result;
    }

    /** A call that is tried again by callbacks. Cancelling its result gives it up wherever it is. */
    private final class AsyncCall<R> {
        private final CompletableFuture<R> result = new CompletableFuture<>();
        private final Operation<? super C, R> operation;
        private final Deadline deadline;
        private final Retry.@Nullable Course course;

        AsyncCall(Operation<? super C, R> operation, Deadline deadline) {
            this.operation = operation;
            this.deadline = deadline;
            this.course = retry == null ? null : retry.begin(describe(operation), operation.effect(), deadline);
        }

        void attempt(boolean first) {
            if (result.isDone()) {
                return;
            }
            count(first);
            long started = runtime.clock().nanoTime();
            Permit permit;
            try {
                permit = circuit == null ? null : circuit.acquire();
            } catch (CircuitOpenException refused) {
                failed(started, refused);
                return;
            }
            CompletableFuture<R> running = engine.executeAsync(operation, deadline);
            var unused = running.whenComplete((value, error) -> {
                if (error == null) {
                    if (permit != null) {
                        permit.success();
                    }
                    result.complete(value);
                } else {
                    if (permit != null) {
                        CircuitGuard.settle(permit, error);
                    }
                    failed(started, error);
                }
            });
            var cancelling = result.whenComplete((value, error) -> running.cancel(false));
        }

        private void failed(long started, Throwable error) {
            if (course == null || result.isDone()) {
                result.completeExceptionally(error);
                return;
            }
            Optional<Duration> delay = course.failed(started, error);
            if (delay.isEmpty()) {
                result.completeExceptionally(error instanceof Error ? error : course.error());
            } else {
                later(delay.get());
            }
        }

        private void later(Duration delay) {
            Runnable again = () -> attempt(false);
            if (runtime.scheduler().isPresent()) {
                var unused = runtime.scheduler().get().schedule(again, delay.toNanos(), TimeUnit.NANOSECONDS);
            } else {
                CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS)
                        .execute(again);
            }
        }
    }

    // ---- what it says of itself

    /** The circuit breaker that guards it, if one does. */
    public Optional<CircuitBreaker> circuit() {
        return Optional.ofNullable(circuit).map(CircuitGuard::breaker);
    }

    /** Attempts of {@code execute} and {@code executeAsync} since the start, the first ones and the retries. */
    public long attempts() {
        return attempts.sum();
    }

    /** Attempts that were not the first of their call. */
    public long retries() {
        return retries.sum();
    }

    @Override
    public PoolStats stats() {
        return engine.stats();
    }

    @Override
    public Health health() {
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

    @Override
    public void clear() {
        engine.clear();
    }

    @Override
    public void pause() {
        engine.pause();
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
