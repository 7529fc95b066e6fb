package dev.cenote.decorators;

import dev.cenote.circuit.Permit;
import dev.cenote.protocols.CallObserver.Observation;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.retry.RetriedCall;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call, whose attempts follow each other; the one thing that a call allocates besides its deadline and lease.
 *
 * <p>An attempt is, from the outside in: watched by the observation, permitted by the circuit, hedged if it may be, and
 * made by the pool.
 */
final class Call<C extends Connection, R> implements Callable<R>, RetriedCall {
    private final PoolCalls<C> calls;
    private final Operation<? super C, R> operation;
    private final Deadline deadline;
    private final @Nullable Observation observation;
    private int begun;
    private long askedNanos;

    Call(PoolCalls<C> calls, Operation<? super C, R> operation, Deadline deadline, @Nullable Observation observation) {
        this.calls = calls;
        this.operation = operation;
        this.deadline = deadline;
        this.observation = observation;
    }

    // ---- what the retry policy asks of it

    @Override
    public String name() {
        return operation.target().map(target -> operation.name() + " " + target).orElseGet(operation::name);
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

    /** An attempt that does not block. */
    CompletableFuture<R> begin() {
        if (observation == null) {
            return permittedAsync();
        }
        CompletableFuture<R> running = watched(this::permittedAsync);
        // A future of its own: whoever acts on the failure does so once it was told.
        var told = new CompletableFuture<R>();
        running.whenComplete((result, failure) -> {
            if (failure == null) {
                told.complete(result);
            } else {
                failed(failure);
                told.completeExceptionally(failure);
            }
        });
        told.whenComplete((result, failure) -> running.cancel(false));
        return told;
    }

    // ---- the observation

    boolean isObserved() {
        return observation != null;
    }

    /** Makes an attempt on this thread, where {@link PoolCalls#onLease} finds whose it is. */
    private <T> T watched(Supplier<T> attempt) {
        Call<C, ?> outer = calls.attempting.get();
        calls.attempting.set(this);
        askedNanos = calls.clock.nanoTime();
        try {
            return attempt.get();
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        } finally {
            calls.attempting.set(outer);
        }
    }

    /** The attempt has its connection. */
    void leased(long connectionId) {
        if (observation != null) {
            observation.leased(connectionId, Duration.ofNanos(calls.clock.nanoTime() - askedNanos));
        }
    }

    private void failed(Throwable failure) {
        if (observation != null) {
            observation.attemptFailed(Math.max(1, begun), failure);
        }
    }

    /** All attempts are over. */
    void ended(@Nullable Throwable failure) {
        if (observation != null) {
            observation.end(failure);
        }
    }

    // ---- the circuit

    private R permitted() {
        Guard guard = calls.policies.guard;
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

    private CompletableFuture<R> permittedAsync() {
        Guard guard = calls.policies.guard;
        return guard == null ? runAsync() : guard.callAsync(this::runAsync);
    }

    // ---- the hedge

    private R run() {
        note();
        Hedge hedge = hedge();
        return hedge == null ? calls.pool.attempt(operation, deadline) : Hedged.await(hedged(hedge));
    }

    private CompletableFuture<R> runAsync() {
        note();
        Hedge hedge = hedge();
        return hedge == null ? calls.pool.attemptAsync(operation, deadline) : hedged(hedge);
    }

    /** What hedges it; null if nothing does. */
    private @Nullable Hedge hedge() {
        return operation.effect() == Effect.READ_ONLY ? calls.policies.hedge : null;
    }

    private CompletableFuture<R> hedged(Hedge hedge) {
        return Hedged.start(calls.engine, hedge, operation, deadline);
    }

    private void note() {
        calls.policies.count(begun++ > 0);
    }
}
