package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.events.AcquireFailure;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The ways to acquire: waiting on the caller's thread, at once or not at all, and with a future. */
final class Acquires<C extends Connection> {
    private final PoolCore<C> core;
    private final Diagnosis<C> diagnosis;

    Acquires(PoolCore<C> core, Diagnosis<C> diagnosis) {
        this.core = core;
        this.diagnosis = diagnosis;
    }

    // ---- on the caller's thread

    LeaseHandle<C> now(Deadline deadline) {
        if (!core.events.isHeard()) {
            LeaseHandle<C> lease = core.takeIdle();
            return lease != null ? lease : await(deadline);
        }
        long started = started();
        try {
            LeaseHandle<C> idle = core.takeIdle();
            LeaseHandle<C> lease = idle != null ? idle : await(deadline);
            succeeded(lease, started);
            return lease;
        } catch (RuntimeException failure) {
            failed(failure, started);
            throw failure;
        }
    }

    private LeaseHandle<C> await(Deadline deadline) {
        var waiter = new ParkedWaiter<C>(core.clock.nanoTime(), deadline);
        core.enqueue(waiter);
        waiter.await();
        if (waiter.isWaiting() && waiter.leave()) {
            core.forget(waiter);
            if (Thread.currentThread().isInterrupted()) {
                throw new AcquireInterruptedException(core.options.name(), "was interrupted while waiting to acquire");
            }
            throw diagnosis.timeout(waiter);
        }
        return outcome(waiter);
    }

    private LeaseHandle<C> outcome(Waiter<C> waiter) {
        Slot<C> slot = waiter.slot();
        if (slot == null) {
            throw waiter.failure();
        }
        return core.lease(slot, waiter.thread);
    }

    // ---- at once or not at all

    Optional<Lease<C>> atOnce() {
        core.refuseUnlessReady();
        long started = core.events.isHeard() ? started() : 0;
        LeaseHandle<C> proven = core.takeIdle();
        LeaseHandle<C> lease = proven != null ? proven : core.takeUnproven();
        if (core.events.isHeard()) {
            if (lease != null) {
                succeeded(lease, started);
            } else {
                told(AcquireFailure.TIMEOUT, started);
            }
        }
        return Optional.ofNullable(lease);
    }

    // ---- with a future

    CompletableFuture<Lease<C>> later(Deadline deadline) {
        var future = new CompletableFuture<Lease<C>>();
        if (core.events.isHeard()) {
            long started = started();
            future.whenComplete((lease, failure) -> {
                if (lease != null) {
                    succeeded(lease, started);
                } else if (failure != null) {
                    failed(failure, started);
                }
            });
        }
        LeaseHandle<C> idle = core.takeIdle();
        if (idle != null) {
            future.complete(idle);
        } else {
            queue(future, deadline);
        }
        return future;
    }

    private void queue(CompletableFuture<Lease<C>> future, Deadline deadline) {
        // Completed on a worker: what the user hangs on the future must not hold up whoever released.
        var waiter = new FutureWaiter<C>(
                core.clock.nanoTime(), deadline, woken -> core.threads.execute(() -> finish(woken, future)));
        try {
            core.enqueue(waiter);
        } catch (RuntimeException refused) {
            future.completeExceptionally(refused);
            return;
        }
        if (deadline.isLimited() && waiter.isWaiting()) {
            waiter.timer = core.threads.schedule(() -> expire(waiter, future), deadline.remainingNanos());
        }
        future.whenComplete((lease, failure) -> {
            var timer = waiter.timer;
            if (timer != null) {
                timer.cancel(false);
            }
            if (waiter.leave()) { // cancelled, or completed by the user
                core.forget(waiter);
            }
        });
    }

    private void finish(FutureWaiter<C> waiter, CompletableFuture<Lease<C>> future) {
        if (waiter.hasLeft()) { // woken by the keeper, and the timer was quicker: it ends the future
            return;
        }
        if (waiter.isWaiting()) { // woken by the keeper to look at its deadline
            expire(waiter, future);
            return;
        }
        if (!waiter.take()) {
            return;
        }
        LeaseHandle<C> lease;
        try {
            lease = outcome(waiter);
        } catch (RuntimeException failure) {
            future.completeExceptionally(failure);
            return;
        }
        if (!future.complete(lease)) {
            lease.close();
        }
    }

    private void expire(FutureWaiter<C> waiter, CompletableFuture<Lease<C>> future) {
        if (waiter.leave()) {
            core.forget(waiter);
            core.threads.execute(() -> future.completeExceptionally(diagnosis.timeout(waiter)));
        }
    }

    /** Acquires, runs, releases; what the user cancels is given up wherever it is. */
    <R> CompletableFuture<R> execute(Operation<? super C, R> operation, Deadline acquireBy, Deadline deadline) {
        var result = new CompletableFuture<R>();
        CompletableFuture<Lease<C>> acquired = later(acquireBy);
        result.whenComplete((value, failure) -> acquired.cancel(false));
        acquired.whenComplete((lease, failure) -> {
            if (lease == null) {
                result.completeExceptionally(failure == null ? new CancellationException() : failure);
            } else {
                run(lease, operation, deadline, result);
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
        if (lease.isCloseBlocking()) {
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
        long id = lease.connectionId();
        core.events.emitAcquire(() -> new PoolEvent.AcquireSucceeded(core.options.name(), id, waited));
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
        } else if (failure instanceof AcquireInterruptedException || failure instanceof CancellationException) {
            return AcquireFailure.CANCELLED;
        }
        return AcquireFailure.CONNECTION_ERROR;
    }
}
