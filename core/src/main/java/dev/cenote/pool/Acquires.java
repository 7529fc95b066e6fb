package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Footprint;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.AcquireShedException;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.errors.QueueFullException;
import dev.cenote.protocols.events.AcquireFailure;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The ways to acquire: waiting on the caller's thread, at once or not at all, and with a future. */
final class Acquires<C extends Connection> {
    private final PoolCore<C> core;

    Acquires(PoolCore<C> core) {
        this.core = core;
    }

    // ---- on the caller's thread

    LeaseHandle<C> now(Deadline deadline) {
        if (!core.queue.is(WaitQueue.WATCHED)) {
            LeaseHandle<C> lease = core.takeIdle();
            return lease != null ? lease : await(deadline);
        }
        long started = started();
        try {
            LeaseHandle<C> lease = obtain(deadline);
            while (!welcome(lease)) {
                lease = obtain(deadline);
            }
            succeeded(lease, started);
            return lease;
        } catch (RuntimeException | Error failure) {
            failed(failure, started);
            throw failure;
        }
    }

    private LeaseHandle<C> obtain(Deadline deadline) {
        LeaseHandle<C> idle = search();
        return idle != null ? idle : await(deadline);
    }

    /** As {@link PoolCore#takeIdle}, where somebody watches. */
    private @Nullable LeaseHandle<C> search() {
        return (core.gates.entrance & WaitQueue.REFUSING) == 0 ? core.search(0) : null;
    }

    /** What is done with a new lease where somebody has a say in it. False if its connection was not good enough. */
    private boolean welcome(LeaseHandle<C> lease) {
        core.sites.capture(lease.slot());
        if (core.hooks.keepBeforeAcquire(lease.member.connection)) {
            return true;
        }
        lease.markUntold();
        lease.invalidate();
        return false;
    }

    private LeaseHandle<C> await(Deadline deadline) {
        var waiter = new ParkedWaiter<C>(core.clock.nanoTime(), deadline.earlier(Deadline.current()));
        enqueue(waiter);
        for (; ; ) {
            waiter.await();
            if (!waiter.isWaiting()) {
                return outcome(waiter);
            }
            if (!waiter.awake) {
                break;
            }
            LeaseHandle<C> won = core.dispatcher.compete(waiter);
            if (won != null) {
                waited(waiter, won.slot());
                return won;
            }
        }
        if (!waiter.leave()) {
            return outcome(waiter);
        }
        core.dispatcher.forget(waiter);
        if (Thread.currentThread().isInterrupted()) {
            throw new AcquireInterruptedException(core.options.name(), "was interrupted while waiting to acquire");
        }
        throw core.diagnosis.timeout(waiter);
    }

    /** Queues a waiter. Where that throws, whatever it is, the waiter is not left behind, nor what it was given. */
    private void enqueue(Waiter<C> waiter) {
        try {
            core.dispatcher.enqueue(waiter);
        } catch (Throwable thrown) {
            if (!waiter.leave()) {
                Slot<C> slot = waiter.slot();
                if (slot != null) {
                    core.lease(slot, SlotState.in(SlotState.LEASED, slot.word()), waiter.thread)
                            .close();
                }
            } else if (waiter.queued) {
                core.dispatcher.forget(waiter);
            }
            throw thrown;
        }
    }

    private LeaseHandle<C> outcome(Waiter<C> waiter) {
        Slot<C> slot = waiter.slot();
        if (slot == null) {
            throw waiter.failure();
        }
        waited(waiter, slot);
        return core.lease(slot, SlotState.in(SlotState.LEASED, slot.word()), waiter.thread);
    }

    /** Takes note of a wait that was worth it; the use begins. */
    private void waited(Waiter<C> waiter, Slot<C> slot) {
        long now = core.clock.nanoTime();
        slot.measuredFromNanos = now;
        if (!waiter.isProbe) {
            core.counters.waits.record(now - waiter.startedNanos);
            if (waiter.flight != null) {
                waiter.flight.succeeded(core.options.name(), slot.open().id);
            }
        }
    }

    // ---- at once or not at all

    Optional<Lease<C>> atOnce() {
        boolean watched = core.queue.is(WaitQueue.WATCHED);
        long started = watched ? started() : 0;
        try {
            core.dispatcher.refuseUnlessReady();
        } catch (PoolException refused) {
            if (watched) {
                failed(refused, started);
            }
            throw refused;
        }
        LeaseHandle<C> lease = takeAny();
        while (watched && lease != null && !welcome(lease)) {
            lease = takeAny();
        }
        if (watched && lease != null) {
            succeeded(lease, started);
        } else if (watched) {
            told(AcquireFailure.TIMEOUT, started);
        }
        return Optional.ofNullable(lease);
    }

    /** Also a connection that was unused for long, without asking the server first. */
    private @Nullable LeaseHandle<C> takeAny() {
        LeaseHandle<C> proven = search();
        if (proven != null || (core.gates.entrance & WaitQueue.REFUSING) != 0) {
            return proven;
        }
        for (Slot<C> slot : core.slots) {
            long word = slot.word();
            long lease = SlotState.nextLease(word);
            if (SlotState.state(word) == SlotState.UNPROVEN && slot.move(word, lease)) {
                return core.lease(slot, lease, Thread.currentThread());
            }
        }
        return null;
    }

    // ---- with a future

    /** For the pool itself, to see whether the server serves: also while nobody else may wait. No hooks, no events. */
    CompletableFuture<Lease<C>> forProbe(Deadline deadline) {
        var future = new CompletableFuture<Lease<C>>();
        LeaseHandle<C> idle = search();
        if (idle != null) {
            future.complete(idle.forFuture());
        } else {
            queue(future, deadline, true);
        }
        return future;
    }

    CompletableFuture<Lease<C>> later(Deadline limit) {
        Deadline deadline = limit.earlier(Deadline.current());
        CompletableFuture<Lease<C>> future =
                core.queue.is(WaitQueue.WATCHED) ? new ToldFuture(started()) : new CompletableFuture<>();
        if (core.hooks.areThere()) {
            core.threads.execute(() -> begin(future, deadline)); // a hook may block
        } else {
            begin(future, deadline);
        }
        return future;
    }

    /**
     * The future of an acquire of which listeners are told: of one end, and before the user's stages see it, which may
     * release at once. Whoever is to tell it decides how it ends.
     */
    private final class ToldFuture extends CompletableFuture<Lease<C>> {
        private final long started;
        private final AtomicBoolean told = new AtomicBoolean();

        ToldFuture(long started) {
            this.started = started;
        }

        @Override
        public boolean complete(Lease<C> lease) {
            if (!told.compareAndSet(false, true)) {
                return false;
            }
            succeeded(lease, started);
            return super.complete(lease);
        }

        @Override
        public boolean completeExceptionally(Throwable failure) {
            if (!told.compareAndSet(false, true)) {
                return false;
            }
            failed(failure, started);
            return super.completeExceptionally(failure);
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            if (!told.compareAndSet(false, true)) {
                return isCancelled();
            }
            told(AcquireFailure.CANCELLED, started);
            return super.cancel(mayInterrupt);
        }
    }

    private void begin(CompletableFuture<Lease<C>> future, Deadline deadline) {
        LeaseHandle<C> idle = search();
        if (idle != null) {
            complete(future, idle.forFuture(), deadline);
        } else if (!future.isDone()) {
            queue(future, deadline, false);
        }
    }

    private void complete(CompletableFuture<Lease<C>> future, LeaseHandle<C> lease, Deadline deadline) {
        if (core.queue.is(WaitQueue.WATCHED) && !welcome(lease)) {
            begin(future, deadline);
        } else if (!future.complete(lease)) {
            lease.markUntold();
            lease.close();
        }
    }

    private void queue(CompletableFuture<Lease<C>> future, Deadline deadline, boolean isProbe) {
        // Completed on a worker: what the user hangs on the future must not hold up whoever released.
        var waiter = new FutureWaiter<C>(
                core.clock.nanoTime(), deadline, woken -> core.threads.execute(() -> finish(woken, future)));
        waiter.isProbe = isProbe;
        try {
            enqueue(waiter);
        } catch (Throwable refused) {
            future.completeExceptionally(refused);
            return;
        }
        future.whenComplete((lease, failure) -> {
            if (waiter.leave()) { // cancelled, or completed by the user
                core.dispatcher.forget(waiter);
            }
        });
    }

    private void finish(FutureWaiter<C> waiter, CompletableFuture<Lease<C>> future) {
        if (waiter.isWaiting() && waiter.leave()) { // woken to look at its deadline
            core.dispatcher.forget(waiter);
            future.completeExceptionally(core.diagnosis.timeout(waiter));
            return;
        }
        if (waiter.hasLeft() || !waiter.take()) {
            return;
        }
        LeaseHandle<C> lease;
        try {
            lease = outcome(waiter);
        } catch (RuntimeException failure) {
            future.completeExceptionally(failure);
            return;
        }
        if (!waiter.isProbe) {
            complete(future, lease, waiter.deadline);
        } else if (!future.complete(lease)) {
            lease.close();
        }
    }

    /** Acquires, runs, releases; what the user cancels is given up wherever it is. */
    <R> CompletableFuture<R> execute(
            Operation<? super C, R> operation, Deadline acquireBy, Deadline limit, LongConsumer onLease) {
        Deadline deadline = limit.earlier(Deadline.current()); // it may begin on another thread
        Footprint footprint = Footprint.current();
        var result = new CompletableFuture<R>();
        CompletableFuture<Lease<C>> acquired = later(acquireBy);
        result.whenComplete((value, failure) -> acquired.cancel(false));
        acquired.whenComplete((lease, failure) -> {
            if (lease == null) {
                result.completeExceptionally(failure == null ? new CancellationException() : failure);
                return;
            }
            try {
                onLease.accept(lease.connectionId());
                if (footprint == null) {
                    run(lease, operation, deadline, result);
                } else {
                    footprint.run(() -> run(lease, operation, deadline, result));
                }
            } catch (Throwable broken) { // a user's code, as an operation's own name: nobody else would end the lease
                release((LeaseHandle<C>) lease);
                result.completeExceptionally(broken);
            }
        });
        return result;
    }

    private <R> void run(
            Lease<C> lease, Operation<? super C, R> operation, Deadline deadline, CompletableFuture<R> result) {
        CompletableFuture<R> running = lease.executeAsync(operation, deadline);
        running.whenComplete((value, failure) -> {
            release((LeaseHandle<C>) lease);
            if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(value);
            }
        });
        result.whenComplete((value, failure) -> running.cancel(false));
    }

    private void release(LeaseHandle<C> lease) {
        if (lease.isCloseBlocking() || core.hooks.areThere()) {
            core.threads.execute(lease::close);
        } else {
            lease.close();
        }
    }

    // ---- events

    private long started() {
        core.events.emitAcquire(() -> new PoolEvent.AcquireStarted(core.options.name()));
        return core.clock.nanoTime();
    }

    private void succeeded(Lease<C> lease, long started) {
        Duration waited = Duration.ofNanos(core.clock.nanoTime() - started);
        core.events.emitAcquire(() ->
                new PoolEvent.AcquireSucceeded(core.options.name(), lease.connectionId(), lease.generation(), waited));
    }

    private void failed(Throwable failure, long started) {
        told(reason(failure), started);
    }

    private void told(AcquireFailure reason, long started) {
        Duration waited = Duration.ofNanos(core.clock.nanoTime() - started);
        core.events.emitAcquire(() -> new PoolEvent.AcquireFailed(core.options.name(), reason, waited));
    }

    private static AcquireFailure reason(@Nullable Throwable failure) {
        if (failure instanceof AcquireTimeoutException) {
            return AcquireFailure.TIMEOUT;
        } else if (failure instanceof PoolClosedException) {
            return AcquireFailure.POOL_CLOSED;
        } else if (failure instanceof PoolPausedException) {
            return AcquireFailure.POOL_PAUSED;
        } else if (failure instanceof PoolClearedException) {
            return AcquireFailure.POOL_CLEARED;
        } else if (failure instanceof AcquireShedException) {
            return AcquireFailure.SHED;
        } else if (failure instanceof QueueFullException) {
            return AcquireFailure.QUEUE_FULL;
        } else if (failure instanceof AcquireInterruptedException || failure instanceof CancellationException) {
            return AcquireFailure.CANCELLED;
        }
        return AcquireFailure.CONNECTION_ERROR;
    }
}
