package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Savepoint;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Transactional;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.TransactionException;

/** A transaction on a lease. Its errors have been classified as what they are: a failed commit is not a failed insert. */
final class LeaseTransaction<C extends Connection> implements Transaction {
    private final LeaseHandle<C> lease;
    private final Transactional connection;
    private final Deadline deadline;
    private boolean open;
    private int savepoints;

    LeaseTransaction(LeaseHandle<C> lease, Transactional connection, Deadline deadline) {
        this.lease = lease;
        this.connection = connection;
        this.deadline = deadline;
    }

    void begin(TransactionOptions options) {
        run("begin", Phase.EXECUTE, limit -> connection.begin(options, limit));
        open = true;
    }

    @Override
    public void commit() {
        requireOpen("commit");
        open = false;
        run("commit", Phase.COMMIT, connection::commit);
    }

    /** Within a time of its own: what is to be undone must be, however late it is. */
    @Override
    public void rollback() {
        requireOpen("roll back");
        open = false;
        run("rollback", Phase.EXECUTE, late -> connection.rollback(ownLimit()));
    }

    private Deadline ownLimit() {
        return Deadline.after(lease.core().timeouts.operation(), lease.core().clock);
    }

    @Override
    public Savepoint savepoint() {
        requireOpen("set a savepoint");
        String name = "cenote" + ++savepoints;
        run("savepoint", Phase.EXECUTE, limit -> connection.savepoint(name, limit));
        return new Point(name);
    }

    private final class Point implements Savepoint {
        private final String name;
        private boolean released;

        Point(String name) {
            this.name = name;
        }

        @Override
        public void rollback() {
            requireThere("roll back to a savepoint");
            run("rollback to savepoint", Phase.EXECUTE, limit -> connection.rollbackTo(name, limit));
        }

        @Override
        public void release() {
            requireThere("release a savepoint");
            run("release savepoint", Phase.EXECUTE, limit -> connection.release(name, limit));
            released = true;
        }

        private void requireThere(String verb) {
            requireOpen(verb);
            if (released) {
                throw new TransactionException("cannot " + verb + ": it was released");
            }
        }
    }

    @Override
    public boolean isUndoneWhenLost() {
        return connection.isUndoneWhenLost();
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
        void run(Deadline limit) throws Exception;
    }

    private void run(String name, Phase phase, Step step) {
        try {
            step.run(lease.core().operationLimit(deadline));
        } catch (CenoteException ours) {
            throw ours;
        } catch (Exception failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw error(name, lease.core().classify(failure, phase), failure);
        }
    }

    private OperationFailedException error(String name, Verdict verdict, Exception failure) {
        Attempts.apply(lease, verdict);
        return verdict.call() == CallFate.COMMIT_UNKNOWN
                ? new CommitUnknownException(verdict, failure)
                : new OperationFailedException(
                        name, verdict, failure, lease.core().pushBack(failure).orElse(null));
    }
}
