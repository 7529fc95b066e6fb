package dev.cenote.protocols;

/** A point within an open transaction. Not thread-safe; of no use once the transaction has ended. */
public interface Savepoint {
    /**
     * Undoes what was done since, and leaves the transaction open. May be repeated.
     *
     * @throws dev.cenote.protocols.errors.TransactionException if the transaction has ended or it was released
     * @throws dev.cenote.protocols.errors.OperationFailedException if the server refuses
     */
    void rollback();

    /**
     * Forgets the point, and keeps what was done since as part of the transaction.
     *
     * @throws dev.cenote.protocols.errors.TransactionException if the transaction has ended or it was released
     * @throws dev.cenote.protocols.errors.OperationFailedException if the server refuses
     */
    void release();
}
