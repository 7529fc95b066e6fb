package dev.cenote.protocols;

import dev.cenote.protocols.errors.TransactionException;

/**
 * A connection that can run transactions; what {@link Lease#begin} is built on. Each method may block until its deadline
 * and throws the driver's exception unchanged.
 */
public interface Transactional extends Connection {
    /** Begins a transaction. Only called when none is open. */
    void begin(TransactionOptions options, Deadline deadline) throws Exception;

    /** Commits the open transaction. */
    void commit(Deadline deadline) throws Exception;

    /** Rolls the open transaction back. */
    void rollback(Deadline deadline) throws Exception;

    /**
     * Marks a point to which the open transaction can be rolled back. Default: there are none.
     *
     * @param name of letters and digits, unique within the transaction
     */
    default void savepoint(String name, Deadline deadline) throws Exception {
        throw new TransactionException("this database has no savepoints");
    }

    /** Undoes what was done since the savepoint, which stays. */
    default void rollbackTo(String savepoint, Deadline deadline) throws Exception {
        throw new TransactionException("this database has no savepoints");
    }

    /** Forgets the savepoint, and keeps what was done since. */
    default void release(String savepoint, Deadline deadline) throws Exception {
        throw new TransactionException("this database has no savepoints");
    }

    /**
     * True if all that the open transaction has done so far is undone for certain when the connection is lost. Default
     * false: a statement may have committed by itself.
     */
    default boolean isUndoneWhenLost() {
        return false;
    }
}
