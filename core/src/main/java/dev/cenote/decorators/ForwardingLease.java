package dev.cenote.decorators;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A lease round another, which does all that a subclass does not do differently. */
abstract class ForwardingLease<C extends Connection> implements Lease<C> {
    final Lease<C> lease;

    ForwardingLease(Lease<C> lease) {
        this.lease = lease;
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation) {
        return execute(operation, Deadline.none());
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation) {
        return executeAsync(operation, Deadline.none());
    }

    @Override
    public Transaction begin(TransactionOptions options) {
        return begin(options, Deadline.none());
    }

    @Override
    public Transaction begin(TransactionOptions options, Deadline deadline) {
        return lease.begin(options, deadline);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return lease.unwrap(type);
    }

    @Override
    public void invalidate() {
        lease.invalidate();
    }

    @Override
    public void close() {
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
