package dev.cenote.decorators;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TimeSource;
import dev.cenote.retry.Retry;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The calls of a pool: the retry policy is round the attempts of each, and observers hear how it ended. */
final class PoolCalls<C extends Connection> {
    /** Makes each attempt, in its backend's way. */
    final ResilientPool<C> pool;

    final PoolEngine<C> engine;
    final PoolPolicies policies;
    final TimeSource clock;
    /** The observed call whose attempt this thread is about to make. */
    final ThreadLocal<@Nullable Call<C, ?>> attempting = new ThreadLocal<>();

    private final @Nullable Retry retry;
    private final Observers observers;

    PoolCalls(ResilientPool<C> pool, ResilientPool.Parts<C> parts, PoolPolicies policies, Observers observers) {
        this.pool = pool;
        this.engine = parts.engine();
        this.policies = policies;
        this.clock = parts.runtime().clock();
        this.retry = policies.retry;
        this.observers = observers;
    }

    <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        var call = new Call<>(this, operation, deadline, observers.begin(operation));
        return call.isObserved() ? observed(call) : execute(call);
    }

    private <R> R observed(Call<C, R> call) {
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

    private <R> R execute(Call<C, R> call) {
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

    <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        var call = new Call<>(this, operation, deadline, observers.begin(operation));
        CompletableFuture<R> running = retry == null ? call.begin() : retry.callAsync(call::begin, call);
        return call.isObserved() ? Observers.ended(running, call::ended) : running;
    }

    /** An attempt on a lease of the engine's, of which the observers of the call hear that it was had. */
    <R> R onLease(Operation<? super C, R> operation, Deadline deadline) {
        Call<C, ?> observed = attempting();
        return observed == null
                ? engine.execute(operation, deadline)
                : engine.execute(operation, deadline, observed::leased);
    }

    /** As {@link #onLease}, without blocking. */
    <R> CompletableFuture<R> onLeaseAsync(Operation<? super C, R> operation, Deadline deadline) {
        Call<C, ?> observed = attempting();
        return observed == null
                ? engine.executeAsync(operation, deadline)
                : engine.executeAsync(operation, deadline, observed::leased);
    }

    private @Nullable Call<C, ?> attempting() {
        return observers.areThere() ? attempting.get() : null;
    }
}
