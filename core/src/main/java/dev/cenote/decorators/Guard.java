package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.Permit;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Puts a circuit breaker before the calls of one pool, and settles the permit of each on every path.
 *
 * <p>What a call says of acquiring is ignored: the pool tells the circuit of each failed connect itself, once, however
 * many callers waited for that connection; and that the pool is exhausted says nothing of the server.
 */
final class Guard implements PoolListener {
    private final Circuit circuit;

    Guard(Circuit circuit) {
        this.circuit = circuit;
    }

    Circuit circuit() {
        return circuit;
    }

    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.ConnectionFailed failed) {
            circuit.recordFailure(failed.error());
        }
    }

    @Override
    public boolean wantsAcquires() {
        return false;
    }

    /** The circuit must know before the next caller asks it. */
    @Override
    public boolean isDirect() {
        return true;
    }

    /** Leave to begin; to be settled by {@link #settle}, by {@code success}, or by the lease that is made with it. */
    Permit acquire() {
        return circuit.acquire();
    }

    /** Settles a permit by how a call failed. Called on the thread that made the call. */
    static void settle(Permit permit, Throwable failure) {
        if (failure instanceof PoolException || Thread.currentThread().isInterrupted()) {
            permit.ignored();
        } else {
            permit.settle(failure);
        }
    }

    <R> R call(Supplier<R> call) {
        return call(acquire(), call);
    }

    /** Makes a call with a permit that is settled by how it ends. */
    static <R> R call(Permit permit, Supplier<R> call) {
        R result;
        try {
            result = call.get();
        } catch (Throwable failure) {
            settle(permit, failure);
            throw failure;
        }
        permit.success();
        return result;
    }

    /** As {@link #call}; the permit is settled before the future completes. */
    <R> CompletableFuture<R> callAsync(Supplier<? extends CompletionStage<R>> call) {
        Permit permit;
        try {
            permit = acquire();
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return callAsync(permit, call);
    }

    static <R> CompletableFuture<R> callAsync(Permit permit, Supplier<? extends CompletionStage<R>> call) {
        return settled(permit, call, failure -> settleAsync(permit, failure));
    }

    /**
     * Makes a call that is none of a pool's, if the circuit lets it; does not throw. One that is cancelled by its user says
     * nothing of the server, one that is cancelled by its deadline does.
     */
    static <R> CompletableFuture<R> callAsync(
            Circuit circuit, Supplier<? extends CompletionStage<R>> call, Deadline deadline) {
        Permit permit;
        try {
            permit = circuit.acquire();
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return settled(permit, call, failure -> {
            if (failure instanceof CancellationException && deadline.isExpired()) {
                permit.failure(failure);
            } else {
                permit.settle(failure);
            }
        });
    }

    private static <R> CompletableFuture<R> settled(
            Permit permit, Supplier<? extends CompletionStage<R>> call, Consumer<Throwable> onFailure) {
        CompletableFuture<R> running = started(call);
        var result = new CompletableFuture<R>();
        running.whenComplete((value, failure) -> {
            if (failure == null) {
                permit.success();
                result.complete(value);
            } else {
                onFailure.accept(failure);
                result.completeExceptionally(failure);
            }
        });
        cancelWith(result, running);
        return result;
    }

    /** Starts a call; what it throws comes with the future. */
    static <R> CompletableFuture<R> started(Supplier<? extends CompletionStage<R>> call) {
        try {
            return call.get().toCompletableFuture();
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private static void settleAsync(Permit permit, Throwable failure) {
        if (failure instanceof PoolException) {
            permit.ignored();
        } else {
            permit.settle(failure);
        }
    }

    /** A lease that is acquired if the circuit lets it, and tells it what is seen on the connection. */
    <C extends Connection> Lease<C> lease(Supplier<Lease<C>> acquire) {
        Permit permit = acquire();
        try {
            return new GuardedLease<>(acquire.get(), circuit, permit);
        } catch (Throwable failure) {
            permit.ignored();
            throw failure;
        }
    }

    <C extends Connection> Optional<Lease<C>> tryLease(Supplier<Optional<Lease<C>>> tryAcquire) {
        Permit permit = acquire();
        Optional<Lease<C>> lease;
        try {
            lease = tryAcquire.get();
        } catch (Throwable failure) {
            permit.ignored();
            throw failure;
        }
        if (lease.isEmpty()) {
            permit.ignored();
        }
        return lease.map(had -> new GuardedLease<>(had, circuit, permit));
    }

    <C extends Connection> CompletableFuture<Lease<C>> leaseAsync(Supplier<CompletableFuture<Lease<C>>> acquire) {
        Permit permit;
        try {
            permit = acquire();
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        var result = new CompletableFuture<Lease<C>>();
        CompletableFuture<Lease<C>> acquired = started(acquire);
        acquired.whenComplete((lease, failure) -> {
            if (failure != null) {
                permit.ignored();
                result.completeExceptionally(failure);
                return;
            }
            var guarded = new GuardedLease<>(lease, circuit, permit);
            if (!result.complete(guarded)) { // cancelled as the lease came
                guarded.close();
            }
        });
        cancelWith(result, acquired);
        return result;
    }

    private static void cancelWith(CompletableFuture<?> result, CompletableFuture<?> running) {
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                running.cancel(false);
            }
        });
    }
}
