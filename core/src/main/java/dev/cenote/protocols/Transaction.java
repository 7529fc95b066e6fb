package dev.cenote.protocols;

/**
 * An open transaction on a leased connection. Not thread-safe. Closing one that was neither committed nor rolled back
 * rolls it back.
 */
public interface Transaction extends AutoCloseable {
    /**
     * Commits.
     *
     * @throws dev.cenote.protocols.errors.OperationFailedException with {@code ROLLED_BACK} when it must be run again,
     *     or as {@link
     *     dev.cenote.protocols.errors.CommitUnknownException} when nobody knows whether the commit took effect
     * @throws dev.cenote.protocols.errors.TransactionException if it has ended already
     */
    void commit();

    /**
     * Rolls back.
     *
     * @throws dev.cenote.protocols.errors.TransactionException if it has ended already
     */
    void rollback();

    /**
     * Marks a point to which it can be rolled back.
     *
     * @throws dev.cenote.protocols.errors.TransactionException if it has ended already, or the database has no savepoints
     */
    Savepoint savepoint();

    /** True if all that it has done so far is undone for certain when its connection is lost. */
    boolean isUndoneWhenLost();

    /** True until it was committed or rolled back. */
    boolean isOpen();

    /** Rolls back unless it has ended. Does not throw: a connection that cannot roll back is closed on return. */
    @Override
    void close();
}
