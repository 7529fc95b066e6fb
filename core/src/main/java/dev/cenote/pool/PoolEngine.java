package dev.cenote.pool;

import dev.cenote.pool.jfr.FlightEvents;
import dev.cenote.protocols.AsyncTransactionBody;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PolicyStats;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.SlotView;
import dev.cenote.protocols.Timeouts;
import dev.cenote.protocols.TransactionBody;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pool without policies: what {@link Pool} promises, for any backend. How it works is told in {@link PoolCore}.
 *
 * @param <C> the connection
 */
public final class PoolEngine<C extends Connection> implements Pool<C> {
    /** Visible to the verification in this package. */
    final PoolCore<C> core;

    private final Acquires<C> acquires;

    /**
     * Starts a pool; connects to nothing on this thread.
     *
     * @param options how it behaves
     * @param connector opens and closes its connections; shut down with the pool
     * @param classifier reads its errors
     * @param runtime clock, randomness and threads
     * @param listeners told of all events from the first one on
     */
    public PoolEngine(
            PoolOptions options,
            Connector<C> connector,
            Classifier classifier,
            PoolRuntime runtime,
            List<PoolListener> listeners) {
        this.core = new PoolCore<>(options, connector, classifier, runtime);
        this.acquires = new Acquires<>(core);
        core.events.add(new FlightEvents());
        listeners.forEach(core.events::add);
        core.dispatcher.locked(after -> {
            core.updateWatched();
            core.events.emit(new PoolEvent.PoolCreated(options.name(), options.minSize(), options.maxSize()), after);
            if (options.startPaused()) {
                core.queue.set(WaitQueue.PAUSED, true);
            } else {
                core.events.emit(new PoolEvent.PoolReady(options.name()), after);
            }
        });
        core.start(new Keeper<>(core));
    }

    @Override
    public String name() {
        return core.options.name();
    }

    // ---- acquire

    @Override
    public Lease<C> acquire() {
        LeaseHandle<C> lease = core.takeIdle();
        return lease != null ? lease : acquires.now(acquireDeadline());
    }

    @Override
    public Lease<C> acquire(Duration timeout) {
        return acquire(Deadline.after(timeout, core.clock));
    }

    @Override
    public Lease<C> acquire(Deadline deadline) {
        return acquires.now(deadline);
    }

    @Override
    public Optional<Lease<C>> tryAcquire() {
        return acquires.atOnce();
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync() {
        return acquireAsync(acquireDeadline());
    }

    @Override
    public CompletableFuture<Lease<C>> acquireAsync(Deadline deadline) {
        return acquires.later(deadline);
    }

    /** When an acquire that begins now ends by its own time-out. */
    public Deadline acquireDeadline() {
        return Deadline.after(core.timeouts.acquire(), core.clock);
    }

    // ---- execute

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return execute(operation, Deadline.none());
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        LeaseHandle<C> idle = core.takeIdle();
        try (LeaseHandle<C> lease =
                idle != null ? idle : acquires.now(acquireDeadline().earlier(deadline))) {
            return lease.execute(operation, deadline);
        }
    }

    /** As {@link #execute(Operation, Deadline)}, and tells {@code onLease} the lease's connection, on this thread. */
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline, LongConsumer onLease) {
        try (Lease<C> lease = acquire(acquireDeadline().earlier(deadline))) {
            onLease.accept(lease.connectionId());
            return lease.execute(operation, deadline);
        }
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        return executeAsync(operation, Deadline.none());
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        return executeAsync(operation, deadline, unheard -> {});
    }

    /**
     * As {@link #executeAsync(Operation, Deadline)}, and tells {@code onLease} the lease's connection, on the thread on which
     * the operation begins.
     */
    public <R> CompletableFuture<R> executeAsync(
            Operation<? super C, R> operation, Deadline deadline, LongConsumer onLease) {
        return acquires.execute(operation, acquireDeadline().earlier(deadline), deadline, onLease);
    }

    /** {@inheritDoc} Without policies: it runs once. Nested uses are not looked for. */
    @Override
    public <R extends @Nullable Object, X extends Exception> R transaction(
            TransactionOptions options, TransactionBody<C, R, X> body) throws X {
        Deadline deadline = limit(options);
        return TransactionRun.run(acquire(acquireDeadline().earlier(deadline)), options, deadline, body);
    }

    @Override
    public <R> CompletableFuture<R> transactionAsync(TransactionOptions options, AsyncTransactionBody<C, R> body) {
        Deadline deadline = limit(options);
        return TransactionRun.runAsync(
                acquireAsync(acquireDeadline().earlier(deadline)), options, deadline, body, this);
    }

    private Deadline limit(TransactionOptions options) {
        return options.timeout()
                .map(time -> Deadline.after(time, core.clock))
                .orElseGet(Deadline::none)
                .earlier(Deadline.current());
    }

    // ---- what it says of itself

    /** The options it was started with; {@link #resize} may have changed the sizes since. */
    public PoolOptions options() {
        return core.options;
    }

    @Override
    public PoolStats stats() {
        return stats(PolicyStats.none());
    }

    /** As {@link #stats()}, with what policies round this pool have done. */
    public PoolStats stats(PolicyStats policies) {
        return core.diagnosis.stats(policies);
    }

    @Override
    public Health health() {
        return core.diagnosis.health();
    }

    @Override
    public List<Holder> holders() {
        return core.diagnosis.holders();
    }

    @Override
    public List<SlotView> slots() {
        return core.diagnosis.slots();
    }

    @Override
    public PoolReport report() {
        return core.diagnosis.report(PolicyStats.none());
    }

    /** As {@link #report()}, with what policies round this pool have done. */
    public PoolReport report(PolicyStats policies) {
        return core.diagnosis.report(policies);
    }

    @Override
    public Database database() {
        return core.connector.database();
    }

    @Override
    public List<String> codes(Throwable error) {
        return core.codes(error);
    }

    @Override
    public void addListener(PoolListener listener) {
        core.events.add(listener);
        core.dispatcher.locked(after -> core.updateWatched());
    }

    @Override
    public void removeListener(PoolListener listener) {
        core.events.remove(listener);
        core.dispatcher.locked(after -> core.updateWatched());
    }

    // ---- its life

    @Override
    public Timeouts timeouts() {
        return core.timeouts;
    }

    @Override
    public void timeouts(Timeouts timeouts) {
        core.timeouts = timeouts;
    }

    @Override
    public void clear(InUse inUse) {
        clear(false, inUse);
    }

    @Override
    public void pause(InUse inUse) {
        clear(true, inUse);
    }

    private void clear(boolean pause, InUse inUse) {
        var raised = new AtomicLong(Long.MIN_VALUE);
        core.dispatcher.locked(after -> {
            if (core.queue.is(WaitQueue.CLOSED) || pause && core.queue.is(WaitQueue.PAUSED)) {
                return;
            }
            if (pause) {
                core.queue.set(WaitQueue.PAUSED, true);
            }
            core.care.raiseGeneration(pause, inUse, after);
            if (inUse == InUse.ABORTED) {
                core.supply.abandonAttempts(after);
            }
            raised.set(core.generation);
            core.dispatcher.failWaiters(
                    () -> new PoolClearedException(
                            name(), pause ? "was paused while this waited" : "was cleared while this waited"),
                    after);
            core.dispatcher.dispatch(after);
        });
        if (inUse == InUse.ABORTED) {
            core.care.abortHeld(raised.get());
        }
    }

    @Override
    public void ready() {
        core.dispatcher.locked(after -> {
            if (core.queue.is(WaitQueue.PAUSED) && !core.queue.is(WaitQueue.CLOSED)) {
                core.queue.set(WaitQueue.PAUSED, false);
                core.events.emit(new PoolEvent.PoolReady(name()), after);
                core.dispatcher.dispatch(after);
            }
        });
    }

    @Override
    public void resize(int minSize, int maxSize) {
        Check.sizes(minSize, maxSize);
        core.dispatcher.locked(after -> core.supply.resize(minSize, maxSize, after));
    }

    /**
     * The connection of a lease of this pool, for a backend that gives its users the driver's own interfaces. It must not
     * be used after the lease has ended.
     */
    public C connection(Lease<C> lease) {
        return ((LeaseHandle<C>) lease).member.connection;
    }

    /**
     * Does what {@code verdict} says of the connection of {@code lease}, for a holder that uses the driver's own object:
     * forbids its reuse, and for {@code CLEAR} that of all older ones.
     *
     * @throws IllegalArgumentException if the lease is another pool's
     */
    public void apply(Lease<C> lease, Verdict verdict) {
        if (!(lease instanceof LeaseHandle<C> handle) || handle.core() != core) {
            throw new IllegalArgumentException("lease must be one of pool " + name() + ", was " + lease);
        }
        Attempts.apply(handle, verdict);
    }

    // ---- for what is put round it

    /** Tells the listeners of something that was seen outside the pool, by the same mailboxes as the pool's own events. */
    public void tell(PoolEvent event) {
        core.events.emit(event);
    }

    /** False while it is paused, draining or closed. */
    public boolean isServing() {
        return !core.queue.is(WaitQueue.PAUSED | WaitQueue.DRAINING | WaitQueue.CLOSED);
    }

    /** What an error means, by the pool's classifier with its user's changes. */
    public Verdict classify(Throwable failure, Classifier.Phase phase) {
        return core.classify(failure, phase);
    }

    /** The number that {@code clear} raises. */
    public long generation() {
        return core.generation;
    }

    /**
     * Raises the generation, as a verdict of {@code CLEAR} does, unless it has been raised since it was {@code suspect}:
     * older connections are closed when idle or on return. Who waits goes on waiting, unlike with {@link #clear()}.
     */
    public void outdate(long suspect) {
        core.care.clearGeneration(suspect);
    }

    /**
     * Lets operations run on a connection that is none of this pool's leases, as they would on one.
     *
     * @param connection opened by the caller, who also closes it
     * @param generation of the pool when opening it began
     */
    public SharedConnection<C> share(C connection, long generation) {
        return new SharedConnection<>(core, connection, generation);
    }

    /** Runs what may block, on the pool's workers. */
    public Executor workers() {
        return core.threads;
    }

    /** Runs a task, which must not block, after a delay, on the pool's scheduler; never once that was shut down. */
    public Future<?> schedule(Runnable task, Duration delay) {
        return core.threads.schedule(task, delay.toNanos());
    }

    /**
     * Fails all who wait with what {@code refusal} makes, and lets nobody wait any more, until {@link #resume}: the server
     * is known to be down. What is idle must prove itself before it is given out again.
     */
    public void suspend(Supplier<? extends RuntimeException> refusal) {
        core.dispatcher.suspend(refusal);
    }

    /** Ends {@link #suspend}; harmless if there was none. */
    public void resume() {
        core.dispatcher.resume();
    }

    /**
     * Finds out whether the server serves, also while the pool is suspended: gets a connection and has it answer. Does not
     * block; the stage fails with the error that says why not. Cancelling it gives up.
     */
    public CompletableFuture<Void> probe(Deadline deadline) {
        return new Probe<>(core, acquires, deadline).begin();
    }

    @Override
    public boolean drain(Duration timeout) {
        Deadline deadline = Deadline.after(timeout, core.clock);
        core.dispatcher.locked(after -> core.queue.set(WaitQueue.DRAINING, true));
        boolean drained = false;
        try {
            drained = core.dispatcher.awaitDrained(deadline);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            beginClose();
            core.care.abortHeld(Long.MAX_VALUE);
            awaitClosed();
        }
        return drained;
    }

    @Override
    public void close() {
        beginClose();
        awaitClosed();
    }

    private void awaitClosed() {
        // A driver's goodbye is quick; where one hangs, its worker is left to it.
        core.dispatcher.awaitIdleClosed(Deadline.after(core.timeouts.reset(), core.clock));
    }

    /** Closes without waiting for the connections that are being closed. */
    void beginClose() {
        core.dispatcher.locked(after -> {
            if (core.queue.is(WaitQueue.CLOSED)) {
                return;
            }
            core.queue.set(WaitQueue.CLOSED, true);
            core.dispatcher.failWaiters(() -> new PoolClosedException(name(), "was closed while this waited"), after);
            core.dispatcher.dispatch(after);
            core.events.emit(new PoolEvent.PoolClosed(name()), after);
        });
    }

    @Override
    public String toString() {
        PoolStats stats = stats();
        return "Pool[" + name() + ", " + stats.state() + ", idle " + stats.idle() + ", leased " + stats.leased()
                + ", connecting " + stats.connecting() + ", maxSize " + stats.maxSize() + ", waiters " + stats.waiters()
                + "]";
    }
}
