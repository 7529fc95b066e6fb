package dev.cenote.pool;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.events.PoolListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The engine. */
public class PoolEngine<C extends Connection> implements Pool<C> {
    public PoolEngine(
            PoolOptions options,
            Connector<C> connector,
            Classifier classifier,
            PoolRuntime runtime,
            List<PoolListener> listeners) {}

    @Override
    public String name() {
        throw new IllegalStateException("stub");
    }

    @Override
    public Lease<C> acquire() {
        throw new IllegalStateException("stub");
    }

    @Override
    public Lease<C> acquire(Duration timeout) {
        throw new IllegalStateException("stub");
    }

    @Override
    public Lease<C> acquire(Deadline deadline) {
        throw new IllegalStateException("stub");
    }

    @Override
    public Optional<Lease<C>> tryAcquire() {
        throw new IllegalStateException("stub");
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync() {
        throw new IllegalStateException("stub");
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync(Deadline deadline) {
        throw new IllegalStateException("stub");
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        throw new IllegalStateException("stub");
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        throw new IllegalStateException("stub");
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        throw new IllegalStateException("stub");
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        throw new IllegalStateException("stub");
    }

    @Override
    public PoolStats stats() {
        throw new IllegalStateException("stub");
    }

    @Override
    public Health health() {
        throw new IllegalStateException("stub");
    }

    @Override
    public void addListener(PoolListener listener) {
        throw new IllegalStateException("stub");
    }

    @Override
    public void removeListener(PoolListener listener) {
        throw new IllegalStateException("stub");
    }

    @Override
    public void clear() {
        throw new IllegalStateException("stub");
    }

    @Override
    public void pause() {
        throw new IllegalStateException("stub");
    }

    @Override
    public void ready() {
        throw new IllegalStateException("stub");
    }

    @Override
    public void resize(int minSize, int maxSize) {
        throw new IllegalStateException("stub");
    }

    @Override
    public boolean drain(Duration timeout) {
        throw new IllegalStateException("stub");
    }

    @Override
    public void close() {
        throw new IllegalStateException("stub");
    }
}
