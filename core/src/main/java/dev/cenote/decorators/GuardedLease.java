package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.Permit;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Savepoint;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lease whose holder's operations tell the circuit how the server is.
 *
 * <p>The first operation settles the permit with which the lease was acquired; later ones are observations. Where there
 * was none, the end settles it: as a failure if the holder invalidated the lease, as a success if he worked with the
 * driver's own object and found no fault, else as saying nothing.
 */
final class GuardedLease<C extends Connection> extends ForwardingLease<C> {
    private final Circuit circuit;
    /** The permit of the acquire, until somebody takes it to settle it. */
    private final AtomicReference<@Nullable Permit> unsettled;

    private volatile boolean exposed;

    GuardedLease(Lease<C> lease, Circuit circuit, Permit permit) {
        super(lease);
        this.circuit = circuit;
        this.unsettled = new AtomicReference<>(permit);
    }

    private Permit permit() {
        Permit first = unsettled.getAndSet(null);
        return first != null ? first : circuit.observe();
    }

    private <R> R guarded(Supplier<R> call) {
        return Guard.call(permit(), call);
    }

    // ---- what the circuit is told of

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        return guarded(() -> lease.execute(operation, deadline));
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        return Guard.callAsync(permit(), () -> lease.executeAsync(operation, deadline));
    }

    @Override
    public Transaction begin(TransactionOptions options, Deadline deadline) {
        return new GuardedTransaction(guarded(() -> lease.begin(options, deadline)));
    }

    private final class GuardedTransaction implements Transaction {
        private final Transaction transaction;

        GuardedTransaction(Transaction transaction) {
            this.transaction = transaction;
        }

        private void told(Runnable step) {
            guarded(() -> {
                step.run();
                return transaction;
            });
        }

        @Override
        public void commit() {
            told(transaction::commit);
        }

        @Override
        public void rollback() {
            told(transaction::rollback);
        }

        @Override
        public Savepoint savepoint() {
            return guarded(transaction::savepoint);
        }

        @Override
        public boolean isUndoneWhenLost() {
            return transaction.isUndoneWhenLost();
        }

        @Override
        public boolean mayBeCommittedInPart() {
            return transaction.mayBeCommittedInPart();
        }

        @Override
        public boolean isOpen() {
            return transaction.isOpen();
        }

        @Override
        public void close() {
            transaction.close();
        }
    }

    // ---- the end

    @Override
    public void invalidate() {
        Permit permit = unsettled.getAndSet(null);
        if (permit != null && !lease.isClosed()) {
            permit.failure(new IllegalStateException("the holder found the connection broken"));
        }
        lease.invalidate();
    }

    @Override
    public void close() {
        Permit permit = unsettled.getAndSet(null);
        lease.close();
        if (permit != null) {
            if (exposed) {
                permit.success();
            } else {
                permit.ignored();
            }
        }
    }

    // ---- the driver's objects

    @Override
    public <T> T unwrap(Class<T> type) {
        T driver = lease.unwrap(type);
        exposed = true;
        return driver;
    }
}
