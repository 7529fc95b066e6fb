package dev.cenote.protocols;

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
}
