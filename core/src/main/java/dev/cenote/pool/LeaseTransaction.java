package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Transactional;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.TransactionException;

/** A transaction on a lease. Its errors have been classified as what they are: a failed commit is not a failed insert. */
final class LeaseTransaction<C extends Connection> implements Transaction {
    private final LeaseHandle<C> lease;
    private final Transactional connection;
    private boolean open;

    LeaseTransaction(LeaseHandle<C> lease, Transactional connection) {
        this.lease = lease;
        this.connection = connection;
    }

    void begin(TransactionOptions options) {
        run("begin", Phase.EXECUTE, deadline -> connection.begin(options, deadline));
        open = true;
    }

    @Override
    public void commit() {
        requireOpen("commit");
        open = false;
        run("commit", Phase.COMMIT, connection::commit);
    }

    @Override
    public void rollback() {
        requireOpen("roll back");
        open = false;
        run("rollback", Phase.EXECUTE, connection::rollback);
    }

    @Override
    public boolean isOpen() {
        return open && !lease.isClosed();
    }

    @Override
    public void close() {
        if (!isOpen()) {
            return;
        }
        try {
            rollback();
        } catch (CenoteException failure) {
            // What is not known to be rolled back must not be used again.
            lease.doom();
        }
    }

    private void requireOpen(String verb) {
        if (!isOpen()) {
            throw new TransactionException("cannot " + verb + ": the transaction has ended");
        }
    }

    /** Something that a driver does within a deadline. */
    private interface Step {
        void run(Deadline deadline) throws Exception;
    }

    private void run(String name, Phase phase, Step step) {
        try {
            step.run(Deadline.after(lease.core().timeouts.operation(), lease.core().clock));
        } catch (CenoteException ours) {
            throw ours;
        } catch (Exception failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            Verdict verdict = lease.core().classify(failure, phase);
            Attempts.apply(lease, verdict);
            throw new OperationFailedException(name, verdict, failure);
        }
    }
}
