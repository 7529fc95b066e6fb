package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Savepoint;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Transactional;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.TransactionException;
import java.util.Optional;

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
        Deadline own = Deadline.after(lease.core().timeouts.operation(), lease.core().clock);
        run("rollback", Phase.EXECUTE, own, connection::rollback);
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
        run(name, phase, lease.core().operationLimit(deadline), step);
    }

    /** As an operation of the lease: the keeper sees to it that it ends, and reports say what runs. */
    private void run(String name, Phase phase, Deadline limit, Step step) {
        lease.execute(new StepOperation<>(name, step), limit, phase);
    }

    private record StepOperation<C extends Connection>(String name, Step step) implements Operation<C, Boolean> {
        @Override
        public Optional<String> target() {
            return Optional.empty();
        }

        @Override
        public Effect effect() {
            return Effect.NON_IDEMPOTENT;
        }

        @Override
        public Class<Boolean> resultType() {
            return Boolean.class;
        }

        @Override
        public Boolean execute(C connection, Deadline limit) throws Exception {
            step.run(limit);
            return true;
        }
    }
}
