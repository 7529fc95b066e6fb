package dev.cenote.decorators;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The leases of a pool: the circuit lets them through and hears of what runs on them, and so do observers. */
final class PoolLeases<C extends Connection> {
    private final ResilientPool<C> pool;
    private final @Nullable Guard guard;
    private final Observers observers;

    /** Each lease is taken as {@code pool} takes it, which is for its backend to say. */
    PoolLeases(ResilientPool<C> pool, @Nullable Guard guard, Observers observers) {
        this.pool = pool;
        this.guard = guard;
        this.observers = observers;
    }

    Lease<C> acquire() {
        return observed(guard == null ? pool.take() : guard.lease(pool::take));
    }

    Lease<C> acquire(Deadline deadline) {
        return observed(guard == null ? pool.take(deadline) : guard.lease(() -> pool.take(deadline)));
    }

    Optional<Lease<C>> tryAcquire() {
        return (guard == null ? pool.takeAtOnce() : guard.tryLease(pool::takeAtOnce)).map(this::observed);
    }

    CompletableFuture<Lease<C>> acquireAsync(Deadline deadline) {
        CompletableFuture<Lease<C>> lease =
                guard == null ? pool.takeAsync(deadline) : guard.leaseAsync(() -> pool.takeAsync(deadline));
        return observers.areThere() ? observedAsync(lease) : lease;
    }

    private Lease<C> observed(Lease<C> lease) {
        return observers.areThere() ? new ObservedLease<>(lease, observers) : lease;
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
}
