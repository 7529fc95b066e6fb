package dev.cenote.decorators;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolRuntime;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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

    private final PoolEngine<C> engine;

    protected ResilientPool(Parts<C> parts) {
        this.engine = parts.engine();
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public Lease<C> acquire() {
        return engine.acquire();
    }

    @Override
    public Lease<C> acquire(Duration timeout) {
        return engine.acquire(timeout);
    }

    @Override
    public Lease<C> acquire(Deadline deadline) {
        return engine.acquire(deadline);
    }

    @Override
    public Optional<Lease<C>> tryAcquire() {
        return engine.tryAcquire();
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync() {
        return engine.acquireAsync();
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync(Deadline deadline) {
        return engine.acquireAsync(deadline);
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return engine.execute(operation);
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        return engine.execute(operation, deadline);
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        return engine.executeAsync(operation);
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        return engine.executeAsync(operation, deadline);
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
