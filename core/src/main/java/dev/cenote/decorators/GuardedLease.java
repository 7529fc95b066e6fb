package dev.cenote.decorators;

import dev.cenote.circuit.Permit;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A lease whose operations tell the circuit how the server is. The permit of the acquire is settled by the first
 * operation, or by the end of the lease: a probe never stays under way.
 */
final class GuardedLease<C extends Connection> implements Lease<C> {
    private final Lease<C> lease;
    private final Permit permit;

    GuardedLease(Lease<C> lease, Permit permit) {
        this.lease = lease;
        this.permit = permit;
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return execute(operation, Deadline.none());
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        try {
            R result = lease.execute(operation, deadline);
            permit.success();
            return result;
        } catch (RuntimeException error) {
            CircuitGuard.settle(permit, error);
            throw error;
        }
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        return executeAsync(operation, Deadline.none());
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        CompletableFuture<R> running = lease.executeAsync(operation, deadline);
        var unused = running.whenComplete((value, error) -> {
            if (error == null) {
                permit.success();
            } else {
                CircuitGuard.settle(permit, error);
            }
        });
        return running;
    }

    @Override
    public void invalidate() {
        permit.ignored();
        lease.invalidate();
    }

    @Override
    public void close() {
        permit.ignored();
        lease.close();
    }

    @Override
    public long connectionId() {
        return lease.connectionId();
    }

    @Override
    public long generation() {
        return lease.generation();
    }

    @Override
    public Transaction begin(TransactionOptions options) {
        return lease.begin(options);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return lease.unwrap(type);
    }

    @Override
    public Duration age() {
        return lease.age();
    }

    @Override
    public boolean isClosed() {
        return lease.isClosed();
    }

    @Override
    public String toString() {
        return lease.toString();
    }
}
